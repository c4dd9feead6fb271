"""Scripts that nobody wrote yet: claiming one, writing it, and approving what a colleague wrote."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.interventions.domain.catalogue import named_entry
from lerend_web.interventions.domain.scripts import (
    OPEN,
    claim_script,
    give_back_script,
    review_script,
    script_tasks,
    send_script,
    write_script,
)
from lerend_web.interventions.domain.written import told
from lerend_web.interventions.enums import ScriptState, Verdict, Wording
from lerend_web.interventions.models import OwnScript
from lerend_web.interventions.queries import is_teacher, may_approve_script, script_of
from lerend_web.interventions.rules import SCRIPT_READERS, InterventionRefused
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.workbench.forms.proposals import BeginForm
from lerend_web.workbench.forms.scripts import ScriptForm, ScriptReviewForm
from lerend_web.workbench.making_words import SAID, SCRIPT_STATES
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of, the_programme


@open_to(*SCRIPT_READERS)
@require_safe
def scripts(request: PlatformRequest, programme: int) -> HttpResponse:
    """What still has no script, and who is writing what."""
    found = the_programme(request, programme, *SCRIPT_READERS)
    return _draw_list(request, found)


@open_to(*SCRIPT_READERS)
@require_safe
def script(request: PlatformRequest, programme: int, entry: str) -> HttpResponse:
    found, name = _the_entry(request, programme, entry)
    return _draw_script(request, found, entry, name)


@open_to(*SCRIPT_READERS)
@require_POST
def script_claim(request: PlatformRequest, programme: int, entry: str) -> HttpResponse:
    found, name = _the_entry(request, programme, entry)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _draw_script(request, found, entry, name, claim_form=form, status=400)
    try:
        wording = Wording(form.cleaned_data["wording"])
        claim_script(programme=found, entry=entry, wording=wording, by=person_of(request), at=request.at)
    except InterventionRefused as refusal:
        return _draw_script(request, found, entry, name, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('script-write', args=[found.pk, entry])}?said=script-claimed")


@open_to(*SCRIPT_READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def script_write(request: PlatformRequest, programme: int, entry: str) -> HttpResponse:
    """Save and go on later, or save and send: the button says which."""
    found, name = _the_entry(request, programme, entry)
    one = script_of(found, entry)
    if one is None or not _writes(request, one):
        return _draw_script(request, found, entry, name, status=403)
    form = ScriptForm(request.POST or None, wording=Wording(one.wording), content=one.content)
    if request.method == "POST" and form.is_valid():
        try:
            write_script(script=one, content=form.content(), by=person_of(request), at=request.at)
            if request.POST.get("does") == "send":
                send_script(script=one, by=person_of(request), at=request.at)
        except InterventionRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            said = "script-sent" if request.POST.get("does") == "send" else "script-kept"
            return redirect(f"{reverse('script', args=[found.pk, entry])}?said={said}")
    context = {"programme": found, "entry": entry, "name": name, "script": one, "form": form, "words": told(one.words)}
    return _draw(request, "write", context, status=400 if form.errors else 200)


@open_to(*SCRIPT_READERS)
@require_POST
def script_give_back(request: PlatformRequest, programme: int, entry: str) -> HttpResponse:
    found, name = _the_entry(request, programme, entry)
    one = script_of(found, entry)
    if one is None or not _writes(request, one):
        return _draw_script(request, found, entry, name, status=403)
    give_back_script(script=one, by=person_of(request), at=request.at)
    return redirect(f"{reverse('scripts', args=[found.pk])}?said=script-back")


@open_to(*SCRIPT_READERS)
@require_POST
def script_review(request: PlatformRequest, programme: int, entry: str) -> HttpResponse:
    found, name = _the_entry(request, programme, entry)
    one = script_of(found, entry)
    if one is None or not may_approve_script(person_of(request), one):
        return _draw_script(request, found, entry, name, status=403)
    form = ScriptReviewForm(request.POST)
    if form.is_valid():
        verdict = Verdict(form.cleaned_data["verdict"])
        words = form.cleaned_data["words"]
        try:
            review_script(script=one, verdict=verdict, words=words, by=person_of(request), at=request.at)
        except InterventionRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            said = "script-approved" if verdict is Verdict.APPROVE else "script-change"
            return redirect(f"{reverse('script', args=[found.pk, entry])}?said={said}")
    return _draw_script(request, found, entry, name, review_form=form, status=400)


def _the_entry(request: PlatformRequest, programme: int, entry: str) -> tuple[Programme, str]:
    found = the_programme(request, programme, *SCRIPT_READERS)
    try:
        return found, named_entry(found, entry)
    except LookupError as error:
        raise Http404 from error


def _writes(request: PlatformRequest, one: OwnScript) -> bool:
    person = person_of(request)
    is_open = one.state in {state.value for state in OPEN}
    return is_open and one.writer_id == person.pk and is_teacher(person, one.programme)


def _draw_list(request: PlatformRequest, found: Programme) -> HttpResponse:
    person = person_of(request)
    rows = [
        (
            task,
            SCRIPT_STATES[ScriptState(task.script.state)] if task.script else None,
            task.script is not None and may_approve_script(person, task.script),
            task.script is not None and _writes(request, task.script),
        )
        for task in script_tasks(found)
    ]
    context = {"programme": found, "rows": rows, "teaches": is_teacher(person, found)}
    return _draw(request, "list", context)


def _draw_script(
    request: PlatformRequest,
    found: Programme,
    entry: str,
    name: str,
    *,
    claim_form: BeginForm | None = None,
    review_form: ScriptReviewForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    person, one = person_of(request), script_of(found, entry)
    is_open_task = one is None and entry in {task.entry for task in script_tasks(found)}
    language = "en" if request.LANGUAGE_CODE == "en" else "nl"
    context = {
        "programme": found,
        "entry": entry,
        "name": name,
        "script": one,
        "state": SCRIPT_STATES[ScriptState(one.state)] if one else None,
        "writes": one is not None and _writes(request, one),
        "claim_form": (claim_form or BeginForm(initial={"wording": language}))
        if is_open_task and is_teacher(person, found)
        else None,
        "review_form": (review_form or ScriptReviewForm()) if one and may_approve_script(person, one) else None,
        "told": _told(one) if one else [],
        "words": told(one.words) if one else "",
        "is_missing": is_open_task,
        "refused": refused,
    }
    return _draw(request, "script", context, status=status)


def _told(one: OwnScript) -> list[tuple[str, dict[str, Any]]]:
    """By language what was written so far."""
    content = one.content
    return [
        (
            language,
            {
                "people": content.get(f"people_{language}", ""),
                "material": str(content.get(f"material_{language}", "")).splitlines(),
                "steps": [
                    (step.get("minutes"), step.get(f"do_{language}", ""), step.get(f"say_{language}", ""))
                    for step in content.get("steps") or ()
                ],
            },
        )
        for language in Wording(one.wording).languages
    ]


def _draw(request: PlatformRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    said = SAID.get(request.GET.get("said", ""))
    return draw(request, f"scripts/{template}", {**context, **({"done": said} if said else {})}, status=status)
