"""A first text for each part of the trace page: from the outcome, the decisions of meetings, and what was done since.

It is there to be rewritten by the contact, who alone decides what is told. It names topics, decisions, dates and steps;
never a person: neither who looks after something, nor who saw it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext

from lerend_web.meetings.models import Decision
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import day_of
from lerend_web.telling.domain.traces import Words
from lerend_web.telling.rules import LONGEST_PART
from lerend_web.themes.enums import ActionState
from lerend_web.themes.models import Action
from lerend_web.workbench.domain.outcomes.shown import outcome_of
from lerend_web.workbench.domain.outcomes.suggesting import suggested_heard

_ENOUGH: Final = LONGEST_PART // 2
"""A proposal leaves room for words of their own."""
MOST_NOTES: Final = 12


@dataclass(frozen=True, slots=True)
class Since:
    """The time that the trace of a round is about: from its closing to that of the round after it."""

    begins: datetime
    ends: datetime | None


def suggested_words(wave: Wave) -> Words:
    """In the reader's language, in Markdown; empty parts where nothing is known yet."""
    outcome, since = outcome_of(wave), _since(wave)
    decisions = list(_decisions(wave, since)) if since else []
    actions = list(_actions(wave, since)) if since else []
    return Words(
        language=get_language() or "nl",
        heard=_fitting([suggested_heard(outcome)] if outcome else []),
        chosen=_fitting([*map(_chosen, decisions), *_planned(actions)]),
        not_chosen=_fitting(_not_chosen(decisions)),
        done=_fitting(_done(actions)),
        came_of_it=_fitting(_came_of_it(actions, wave)),
    )


def _since(wave: Wave) -> Since | None:
    if wave.closed_at is None:
        return None
    later = Wave.objects.filter(organisation=wave.organisation_id, state=WaveState.CLOSED, closed_at__gt=wave.closed_at)
    return Since(wave.closed_at, later.order_by("closed_at").values_list("closed_at", flat=True).first())


def _decisions(wave: Wave, since: Since) -> QuerySet[Decision]:
    """Of meetings of this organisation and of its programme; what a meeting could not choose is nothing to tell."""
    held = Decision.objects.filter(meeting__programme=wave.programme_id, option__isnull=False, at__gte=since.begins)
    own = held.filter(meeting__organisation=wave.organisation_id)
    found = own | held.filter(meeting__organisation=None)
    found = found.filter(at__lt=since.ends) if since.ends else found
    return found.select_related("meeting__programme", "option").order_by("at")


def _actions(wave: Wave, since: Since) -> QuerySet[Action]:
    found = Action.objects.filter(organisation=wave.organisation_id, made_at__gte=since.begins)
    found = found.filter(made_at__lt=since.ends) if since.ends else found
    return found.select_related("theme").prefetch_related("steps", "notes").order_by("made_at")


def _chosen(decision: Decision) -> str:
    assert decision.option is not None  # noqa: S101 -- asked for above; tells the type checker
    day = day_of(decision.meeting.starts_at, decision.meeting.programme.time_zone)
    said = {"on": date_format(day, "j F Y"), "what": _line(decision.option.name)}
    if decision.meeting.organisation_id is None:
        first = gettext("In the meeting of %(on)s the companies of the programme chose: **%(what)s**.") % said
    else:
        first = gettext("In our meeting of %(on)s we chose: **%(what)s**.") % said
    step = gettext("First step: %(step)s, by %(by)s.") % {
        "step": _line(decision.step).rstrip("."),
        "by": date_format(decision.due_on, "j F Y"),
    }
    return " ".join([first, _sentence(decision.why), step])


def _planned(actions: Iterable[Action]) -> list[str]:
    found = [_line(one.what).rstrip(".") for one in actions if one.state != ActionState.STOPPED]
    return (
        [gettext("We are doing this ourselves: %(what)s.") % {"what": get_text_list(found, gettext("and"))}]
        if found
        else []
    )


def _not_chosen(decisions: Iterable[Decision]) -> list[str]:
    """Each once, with the reason that was given last; without a reason it is not told."""
    reasons = {one["name"]: one["why"] for each in decisions for one in each.not_chosen if one["why"].strip()}
    chosen = {each.option.name for each in decisions if each.option is not None}
    lines = [f"- **{_line(name)}**: {_sentence(why)}" for name, why in reasons.items() if name not in chosen]
    return ["\n".join(lines)] if lines else []


def _done(actions: Iterable[Action]) -> list[str]:
    lines = []
    for one in actions:
        steps = [
            f"{_line(step.what).rstrip('.')} ({date_format(step.done_on, 'j F Y')})"
            for step in one.steps.all()
            if step.done_on is not None
        ]
        if steps:
            lines.append(f"- **{_line(one.what).rstrip('.')}**: {get_text_list(steps, gettext('and'))}.")
    return ["\n".join(lines)] if lines else []


def _came_of_it(actions: Iterable[Action], wave: Wave) -> list[str]:
    """What stands in the logs, oldest first, and what was finished or stopped."""
    lines = []
    for one in actions:
        zone = wave.programme.time_zone
        notes = list(one.notes.all())[:MOST_NOTES]
        lines += [
            f"- {date_format(day_of(note.at, zone), 'j F Y')}: {_sentence(note.text)}" for note in reversed(notes)
        ]
        ended = {
            ActionState.DONE: gettext("“%(what)s” is done."),
            ActionState.STOPPED: gettext("We stopped with “%(what)s”."),
        }.get(ActionState(one.state))
        if ended:
            lines.append("- " + ended % {"what": _line(one.what)})
    return ["\n".join(lines)] if lines else []


def _fitting(paragraphs: Iterable[str]) -> str:
    """Whole paragraphs, as many as leave room."""
    kept: list[str] = []
    for one in paragraphs:
        if len("\n\n".join([*kept, one])) > _ENOUGH:
            break
        kept.append(one)
    return "\n\n".join(kept)


def _line(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    said = _line(text)
    return said if said[-1:] in {".", "!", "?", ""} else f"{said}."
