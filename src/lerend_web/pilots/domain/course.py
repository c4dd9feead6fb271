"""How a judged pilot went: what its plan and its log say, never what it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lerend_web.pilots.domain.dose import entries_of, teams_that_begin, was_held
from lerend_web.pilots.domain.verdicts import fidelity_at_end
from lerend_web.pilots.enums import Faithful
from lerend_web.pilots.models import LogEntry, Pilot


@dataclass(frozen=True, slots=True)
class Course:
    """How a pilot went; None where nothing was written down.

    Attributes:
        led: share of the sessions at which the leader was.
        dose, reach: shares of the planned sessions that took place, and of the people meant who came.
        as_planned: share of the sessions without an important part left out.
        motivation: mean of the teams before the start, 1 to 5.
        companies: that took part.
        school: somebody of a school was the partner.
        weeks: planned.
    """

    led: float | None
    dose: float | None
    reach: float | None
    as_planned: float | None
    motivation: float | None
    companies: int
    school: bool
    weeks: int


def courses_of(pilots: Sequence[Pilot]) -> list[Course]:
    """In the order of the pilots. A verdict ends a pilot, so what was worked out is kept as long as its log is the same."""
    found = LogEntry.objects.filter(team__pilot__in=pilots).values_list("team__pilot", "pk").order_by("pk")
    lines: dict[int, tuple[int, int]] = {}
    for pilot, line in found:
        count, _newest = lines.get(pilot, (0, 0))
        lines[pilot] = (count + 1, line)
    return [_course(one.key, lines.get(one.pk, (0, 0))) for one in pilots]


@lru_cache(maxsize=512)
def _course(key: str, _log: tuple[int, int]) -> Course:
    pilot = Pilot.objects.select_related("programme").get(key=key)
    fidelity = fidelity_at_end(pilot)
    entries = entries_of(teams_that_begin(pilot))
    held = [line for lines in entries.values() for line in lines if was_held(line)]
    felt = [one.motivation for one in pilot.teams.all() if one.motivation is not None]
    return Course(
        led=_share([line.leader_came for line in held]),
        dose=fidelity.dose,
        reach=fidelity.reach,
        as_planned=_share([line.faithful == Faithful.AS_PLANNED for line in held]),
        motivation=sum(felt) / len(felt) if felt else None,
        companies=pilot.partners.exclude(agreed_at=None).count(),
        school=pilot.partner_id is not None,
        weeks=pilot.weeks,
    )


def _share(said: Sequence[bool]) -> float | None:
    return sum(said) / len(said) if said else None
