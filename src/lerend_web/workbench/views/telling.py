"""What the contact tells the people who answered: written, looked at, published, taken back."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.core.addresses import absolute
from lerend_web.core.markdown import shown
from lerend_web.people.requests import PlatformRequest
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.telling.domain.traces import (
    Words,
    draft_of,
    take_back_trace,
    tell_trace,
    told_of,
    write_trace,
)
from lerend_web.telling.enums import Part
from lerend_web.telling.rules import TellingRefused
from lerend_web.telling.words import PART_NAMES
from lerend_web.workbench.domain.outcomes.telling_draft import suggested_words
from lerend_web.workbench.forms.telling import TraceForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import CONTACT, person_of, the_wave

TOLD_DONE: Final[dict[str, Promise]] = {
    "kept": _("Kept. Only you see it, until you publish it."),
    "told": _("It is told. Everybody who knows the address can read it."),
    "taken-back": _("It is taken back. The page says that, and since when."),
}


@open_to(*CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def wave_tell(request: PlatformRequest, wave: int) -> HttpResponse:
    """Write; for each part a first text is there to be rewritten. With `propose` it is put into that part, and kept by nobody."""
    found = _closed(request, wave)
    proposed = suggested_words(found)
    wants = request.POST.get("propose", "")
    if wants in set(Part):
        return _write(request, found, TraceForm(initial=_with_proposal(request, proposed, Part(wants))), proposed)
    form = TraceForm(request.POST or None, initial=_beginning(found, proposed))
    if request.method == "POST" and form.is_valid():
        try:
            write_trace(wave=found, words=form.words(), by=person_of(request), at=request.at)
        except TellingRefused as refusal:
            form.refuse_telling(refusal)
        else:
            return redirect(f"{reverse('wave-tell-preview', args=[found.pk])}?done=kept")
    return _write(request, found, form, proposed)


@open_to(*CONTACT)
@require_safe
def wave_tell_preview(request: PlatformRequest, wave: int) -> HttpResponse:
    """As everybody will read it, and the button that publishes it."""
    return _preview(request, _closed(request, wave))


@open_to(*CONTACT)
@require_POST
def wave_tell_publish(request: PlatformRequest, wave: int) -> HttpResponse:
    found = _closed(request, wave)
    try:
        tell_trace(wave=found, seen=request.POST.get("seen", ""), by=person_of(request), at=request.at)
    except TellingRefused as refusal:
        return _preview(request, found, refused=str(refusal.sentence))
    return redirect(f"{reverse('wave-tell-preview', args=[found.pk])}?done=told")


@open_to(*CONTACT)
@require_POST
def wave_tell_take_back(request: PlatformRequest, wave: int) -> HttpResponse:
    found = _closed(request, wave)
    take_back_trace(wave=found, by=person_of(request), at=request.at)
    return redirect(f"{reverse('wave-tell-preview', args=[found.pk])}?done=taken-back")


def _closed(request: PlatformRequest, wave: int) -> Wave:
    found = the_wave(request, wave, *CONTACT)
    if found.state != WaveState.CLOSED:
        raise Http404
    return found


def _beginning(wave: Wave, proposed: Words) -> dict[str, Any]:
    """What was written before; where nothing was, what is proposed."""
    words = draft_of(wave) or proposed
    return {"language": words.language, **{part.value: words.of(part) for part in Part}}


def _with_proposal(request: PlatformRequest, proposed: Words, part: Part) -> dict[str, Any]:
    """What was typed so far, with a proposal below what stands in one part."""
    typed = {one.value: request.POST.get(one.value, "") for one in Part}
    typed[part.value] = "\n\n".join(filter(None, (typed[part.value].strip(), proposed.of(part))))
    return {"language": request.POST.get("language", proposed.language), **typed}


def _write(request: PlatformRequest, wave: Wave, form: TraceForm, proposed: Words) -> HttpResponse:
    stands = {part: str(form[part.value].value() or "") for part in Part}
    offered = {part.value: proposed.of(part) for part in Part if proposed.of(part) not in stands[part]}
    context = {
        "form": form,
        "fields": [(field, offered.get(field.name, "")) for field in form],
        "is_suggested": draft_of(wave) is None and any(proposed.of(part) for part in Part),
    }
    return _draw(request, wave, "write", context, status=400 if form.errors else 200)


def _preview(request: PlatformRequest, wave: Wave, *, refused: str = "") -> HttpResponse:
    words = draft_of(wave) or Words("nl")
    told = told_of(wave, at=request.at)
    context = {
        "words": words,
        "parts": [(PART_NAMES[part], shown(words.of(part))) for part in Part if words.of(part)],
        "told": told,
        "is_told_as_written": bool(told.parts)
        and {one.part: one.text for one in told.parts} == {part: words.of(part) for part in Part if words.of(part)}
        and told.language == words.language,
        "refused": refused,
    }
    return _draw(request, wave, "preview", context, status=400 if refused else 200)


def _draw(
    request: PlatformRequest, wave: Wave, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    frame = {
        "wave": wave,
        "address": absolute(reverse("trace", args=[wave.code])),
        "done": TOLD_DONE.get(request.GET.get("done", "")),
    }
    return draw(
        request,
        f"telling/{template}",
        {**frame, **context},
        organisation=wave.organisation,
        tab="organisation",
        status=status,
    )
