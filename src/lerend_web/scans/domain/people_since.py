"""How many people came and left since the round before: numbers a team, never names.

With them a round can be compared with the one before where nobody shows through: if only a few came or left, a difference
between the two rounds would be about them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.planning import note
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave, WaveUnit
from lerend_web.scans.queries import earlier_of, lock


@dataclass(frozen=True, slots=True)
class CameAndLeft:
    """People of one unit since the round before."""

    came: int
    left: int


def is_asked(wave: Wave) -> bool:
    """Only while the round is open, and only where there is an earlier one to compare with."""
    return wave.state == WaveState.OPEN and earlier_of(wave).exists()


def is_known(wave: Wave) -> bool:
    return not wave.units.filter(came__isnull=True).exists() and not wave.units.filter(left__isnull=True).exists()


def units_asked(wave: Wave) -> Sequence[WaveUnit]:
    return list(wave.units.order_by("pk"))


def note_people_since(*, wave: Wave, numbers: Mapping[int, CameAndLeft], by: Person | None, at: datetime) -> None:
    """Write down the numbers of every unit of a wave; they can be put right until the round is closed.

    Args:
        numbers: by the id of the unit.

    Raises:
        PlanIsWrong: a unit is missing, or more people came than work there.
        RulesAreFrozen: the round is not open.
    """
    with transaction.atomic():
        lock(wave)
        if wave.state != WaveState.OPEN:
            raise rules.RulesAreFrozen(_("These numbers can be given only while the round is open."))
        units = units_asked(wave)
        if {unit.pk for unit in units} != set(numbers):
            raise rules.PlanIsWrong(_("Fill in both numbers for every team. Nobody is a number too: 0."))
        for unit in units:
            unit.came, unit.left = numbers[unit.pk].came, numbers[unit.pk].left
            if unit.came > unit.headcount:
                raise rules.PlanIsWrong(_("In a team no more people can have come than work there now."))
        WaveUnit.objects.bulk_update(units, ["came", "left"])
        note(wave, "wave.people_since", by=by, at=at)
