"""Minutes of a meeting as PDF: the decision first, then how the room came to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from lerend_web.meetings.domain.cards import when
from lerend_web.meetings.domain.paper import pdf_of
from lerend_web.meetings.domain.revealed import RevealShown, reveals_of
from lerend_web.meetings.enums import Answer, MeetingKind, MeetingRole
from lerend_web.meetings.models import Decision, Meeting, Option
from lerend_web.meetings.queries import seats_by_role
from lerend_web.meetings.words import KIND_NAMES, ROLE_NAMES
from lerend_web.scans.domain.paper import spelled


def minutes(meeting: Meeting) -> bytes:
    """In the reader's language; as far as the meeting is."""
    decision = Decision.objects.filter(meeting=meeting).select_related("option").first()
    data = {
        "title": meeting.title,
        "others": [],
        "about": _about(meeting),
        "facts": _facts(meeting, decision),
        "decision": _decision(decision) if decision else None,
        "rounds": [_round(one) for one in reversed(reveals_of(meeting))],
        "causes": [_cause(one) for one in meeting.options.all() if meeting.kind == MeetingKind.DEEPENING],
        "causes_title": gettext("Causes"),
        "note": gettext(
            "Marks were given in silence, and were thrown away when they were revealed. What stands here is about three people or more."
        ),
    }
    return pdf_of("minutes", data)


def _about(meeting: Meeting) -> str:
    organisation = [meeting.organisation.name] if meeting.organisation else []
    return " · ".join([meeting.programme.name, *organisation])


def took_part(counts: dict[str, int]) -> str:
    """How many of each role, as one line."""
    return " · ".join(f"{ROLE_NAMES[role]}: {counts.get(role.value, 0)}" for role in MeetingRole)


def _facts(meeting: Meeting, decision: Decision | None) -> list[tuple[str, str]]:
    counts = decision.took_part if decision else {role.value: n for role, n in seats_by_role(meeting).items()}
    here = [one.name for one in meeting.invited.all() if one.answer == Answer.YES]
    found = [
        (gettext("Kind of meeting"), str(KIND_NAMES[MeetingKind(meeting.kind)])),
        (gettext("When"), when(meeting)),
        (gettext("Where"), meeting.place),
        (gettext("Contact person"), meeting.contact),
        (gettext("Took part in rating"), took_part(counts)),
    ]
    if meeting.theme_name:
        found.insert(1, (gettext("Theme"), meeting.theme_name))
    if here:
        found.append((gettext("Said that they would come"), ", ".join(here)))
    return found


def _decision(decision: Decision) -> dict[str, Any]:
    rows = [(gettext("Why"), decision.why)]
    if decision.dissent:
        rows.append((gettext("Who sees it otherwise"), decision.dissent))
    rows.append((gettext("First step"), decision.step))
    rows.append((gettext("Who, and by when"), f"{decision.owner}, {spelled(decision.due_on)}"))
    return {
        "title": gettext("Decision"),
        "chosen": decision.option.name if decision.option else gettext("Not chosen yet"),
        "rows": rows,
        "not_chosen_title": gettext("Not chosen"),
        "not_chosen": [(one["name"], one["why"] or "–") for one in decision.not_chosen],
    }


def _round(one: RevealShown) -> dict[str, Any]:
    return {
        "title": gettext("Round %(round)s") % {"round": one.round},
        "firmness": f"{one.firmness}.",
        "because": one.because,
        "head": ["", gettext("To choose from"), gettext("All roles"), *one.groups],
        "rows": [
            [f"{option.place}", option.name, option.score, *(cell.score or "–" for cell in option.cells)]
            for option in one.options
        ],
        "differences_title": gettext("Largest differences"),
        "differences": list(one.differences),
    }


def _cause(option: Option) -> dict[str, Any]:
    named = (
        (gettext("For whom"), option.for_whom),
        (gettext("Since when"), option.since),
        (gettext("How we know"), option.evidence),
        (gettext("What was tried"), option.tried),
    )
    return {"name": option.name, "says": [f"{name}: {said}" for name, said in named if said] or ["–"]}
