"""Leading a meeting: its steps, the large screen, cards, who comes, what there is to choose from, paper, the decision."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.meetings.domain.cards import cards
from lerend_web.meetings.domain.deciding import decide
from lerend_web.meetings.domain.inviting import invite, strike, write_answer
from lerend_web.meetings.domain.leading import go_to
from lerend_web.meetings.domain.planning import add_option, remove_option
from lerend_web.meetings.domain.rating import take_back_paper, type_in
from lerend_web.meetings.domain.revealed import first_of
from lerend_web.meetings.enums import Answer, MeetingRole, MeetingState
from lerend_web.meetings.models import Decision, Meeting
from lerend_web.meetings.rules import LEADERS, MeetingRefused
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.forms.meetings import (
    DecisionForm,
    InviteForm,
    OptionForm,
    PaperForm,
    as_decided,
    marks_in,
    role_in,
)
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.meetings.carrying_out import themes_context
from lerend_web.workbench.views.meetings.faces import is_known, lead_context, room_context, room_tag, unchanged
from lerend_web.workbench.views.meetings.reach import meeting_to_lead
from lerend_web.workbench.views.meetings.reading import DONE, draw_meeting
from lerend_web.workbench.views.papers import pdf


@open_to(*LEADERS)
@require_POST
def meeting_step(request: PlatformRequest, meeting: int) -> HttpResponse:
    found = meeting_to_lead(request, meeting)
    try:
        state = MeetingState(request.POST.get("to", ""))
    except ValueError:
        return draw_meeting(request, found)
    return _done(request, found, lambda: go_to(meeting=found, state=state, by=person_of(request), at=request.at))


@open_to(*LEADERS)
@require_safe
def meeting_now(request: PlatformRequest, meeting: int) -> HttpResponse:
    """A part of the page for its script: where the meeting is. With ``?for=screen`` that of the large screen."""
    found = meeting_to_lead(request, meeting)
    is_screen = request.GET.get("for") == "screen"
    tag = room_tag(found, "screen" if is_screen else "lead")
    if is_known(request, tag):
        return unchanged(tag)
    template = "screen_now" if is_screen else "lead_now"
    context = room_context(found) if is_screen else lead_context(found)
    answer = render(request, f"workbench/meetings/{template}.html", context)
    answer["ETag"], answer["Cache-Control"] = tag, "no-cache, private"
    return answer


@open_to(*LEADERS)
@require_safe
def meeting_screen(request: PlatformRequest, meeting: int) -> HttpResponse:
    """The large screen in the room: few words, and never anything about one company."""
    found = meeting_to_lead(request, meeting)
    return draw(request, "meetings/screen", room_context(found))


@open_to(*LEADERS)
@require_safe
@never_cache
def meeting_cards(request: PlatformRequest, meeting: int) -> HttpResponse:
    return pdf(cards(meeting_to_lead(request, meeting)), "meeting-cards")


@open_to(*LEADERS)
@require_POST
def meeting_options(request: PlatformRequest, meeting: int) -> HttpResponse:
    """Add something to choose from, or with `remove` take it off the list."""
    found, by = meeting_to_lead(request, meeting), person_of(request)
    if "remove" in request.POST:
        option = get_object_or_404(found.options, pk=_number(request.POST["remove"]))
        return _done(
            request, found, lambda: remove_option(meeting=found, option=option, by=by, at=request.at), "options"
        )
    form = OptionForm(request.POST, meeting=found)
    if not form.is_valid():
        return draw_meeting(request, found, option_form=form)
    return _done(
        request, found, lambda: add_option(meeting=found, option=form.option(), by=by, at=request.at), "options"
    )


@open_to(*LEADERS)
@require_POST
def meeting_people(request: PlatformRequest, meeting: int) -> HttpResponse:
    """Ask somebody to come; with `invited` write down their answer, or with `remove` take them off the list."""
    found, by, at = meeting_to_lead(request, meeting), person_of(request), request.at
    if "remove" in request.POST:
        one = get_object_or_404(found.invited, pk=_number(request.POST["remove"]))
        return _done(request, found, lambda: strike(invited=one, by=by, at=at), "people")
    if "invited" in request.POST:
        one = get_object_or_404(found.invited, pk=_number(request.POST["invited"]))
        said = request.POST.get("answer", "")
        answer = Answer(said) if said in set(Answer) else Answer.NONE
        return _done(request, found, lambda: write_answer(invited=one, answer=answer, by=by, at=at), "people")
    form = InviteForm(request.POST)
    if not form.is_valid():
        return draw_meeting(request, found, invite_form=form)
    data = form.cleaned_data
    name, role, email = data["name"], MeetingRole(data["role"]), data["email"]
    return _done(
        request, found, lambda: invite(meeting=found, name=name, role=role, email=email, by=by, at=at), "people"
    )


@open_to(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_paper(request: PlatformRequest, meeting: int) -> HttpResponse:
    """Type in a sheet of paper, as long as a round runs."""
    found = meeting_to_lead(request, meeting)
    options = list(found.options.all())
    if request.POST.get("back") == "yes":
        by = person_of(request)
        return _done(request, found, lambda: take_back_paper(meeting=found, by=by, at=request.at), "taken-back")
    form = PaperForm(request.POST or None, options=options)
    if request.method == "POST" and form.is_valid():
        role, marks = role_in(form.cleaned_data["role"]), marks_in(form.cleaned_data, options)
        try:
            type_in(meeting=found, role=role, marks=marks, by=person_of(request), at=request.at)
        except MeetingRefused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect(f"{reverse('meeting-paper', args=[found.pk])}?done=typed")
    paper = found.seats.filter(is_paper=True).count()
    context = {"meeting": found, "programme": found.programme, "form": form, "done": _said(request), "paper": paper}
    status = 400 if form.errors else 200
    return draw(request, "meetings/paper", context, organisation=found.organisation, status=status)


@open_to(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_decision(request: PlatformRequest, meeting: int) -> HttpResponse:
    """What was chosen and why, who sees it otherwise, and who does what by when."""
    found = meeting_to_lead(request, meeting)
    options = list(found.options.all())
    known = Decision.objects.filter(meeting=found).first()
    first = first_of(found)
    initial = as_decided(known) if known else {"option": str(first.pk) if first else ""}
    form = DecisionForm(request.POST or None, options=options, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            decide(meeting=found, decided=form.decided(), by=person_of(request), at=request.at)
        except MeetingRefused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return redirect(f"{reverse('meeting', args=[found.pk])}?done=decided")
    themes = themes_context(request, found) if request.method != "POST" else {}
    context = room_context(found) | {"programme": found.programme, "form": form, **themes}
    status = 400 if form.errors else 200
    return draw(request, "meetings/decision", context, organisation=found.organisation, status=status)


def _done(request: PlatformRequest, found: Meeting, verb: Callable[[], object], done: str = "") -> HttpResponse:
    """Do it and go back to the page of the meeting, or say there why it cannot be done."""
    try:
        verb()
    except MeetingRefused as refusal:
        found.refresh_from_db()
        return draw_meeting(request, found, refused=refusal)
    word = f"?done={done}" if done else ""
    return redirect(f"{reverse('meeting', args=[found.pk])}{word}")


def _said(request: PlatformRequest) -> object:
    return DONE.get(request.GET.get("done", ""))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)
