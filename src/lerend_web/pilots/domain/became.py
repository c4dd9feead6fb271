"""What became of earlier advice: the pilots and plans that came after it, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from lerend_web.pilots.domain.advice import SOMETHING_ELSE, Advised, as_told, choices_in, name_chosen
from lerend_web.pilots.domain.finished import entry_id
from lerend_web.pilots.models import Advice, Pilot
from lerend_web.themes.models import Action


class Result(StrEnum):
    """What kind of thing came of it."""

    PILOT = "pilot"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Came:
    """A pilot of the company, or a plan of it, about the same factor, made since the advice.

    `key` names the pilot, `action` the plan; `state` is how far it is; `verdict` stands once a pilot was judged.
    """

    what: Result
    name: str
    state: str
    verdict: str = ""
    key: str = ""
    action: int = 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """Advice that was kept, with what was chosen and what came of it.

    Attributes:
        chosen: in words; empty for something else.
        is_open: nobody chose yet.
        overrode: another step than the first was chosen.
    """

    advice: Advice
    told: Advised
    chosen: str
    is_open: bool
    overrode: bool
    came: tuple[Came, ...]


def earlier(advice: Advice) -> Earlier:
    """One kept advice with what became of it."""
    told = as_told(advice.content)
    return Earlier(
        advice=advice,
        told=told,
        chosen=name_chosen(advice),
        is_open=not advice.chosen,
        overrode=bool(advice.chosen) and advice.chosen != told.first.ref,
        came=came_of(advice) if advice.chosen else (),
    )


def came_of(advice: Advice) -> tuple[Came, ...]:
    """Where an entry was chosen, what was done with that entry; else everything about the factor since."""
    entry = entry_id(advice.chosen) if _is_entry(advice) else ""
    pilots = [one for one in _pilots(advice) if not entry or entry_id(one.intervention) == entry]
    plans = [one for one in _plans(advice) if not entry or entry_id(one.intervention) == entry]
    return (
        *(
            Came(
                Result.PILOT, one.title, one.state, one.verdict.verdict if hasattr(one, "verdict") else "", key=one.key
            )
            for one in pilots
        ),
        *(Came(Result.PLAN, one.what, one.state, action=one.pk) for one in plans),
    )


def _is_entry(advice: Advice) -> bool:
    """Whether it is an entry of the catalogue, which has a version in its reference."""
    return advice.chosen != SOMETHING_ELSE and "@" in advice.chosen and advice.chosen in choices_in(advice.content)


def _pilots(advice: Advice) -> QuerySet[Pilot]:
    found = Pilot.objects.filter(
        programme=advice.programme,
        factor=advice.factor,
        partners__organisation=advice.organisation,
        partners__agreed_at__isnull=False,
        made_at__gte=advice.at,
    )
    return found.select_related("verdict").order_by("pk")


def _plans(advice: Advice) -> QuerySet[Action]:
    found = Action.objects.filter(organisation=advice.organisation, made_at__gte=advice.at)
    return found.filter(factor=advice.factor)
