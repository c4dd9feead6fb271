"""Taking a file of units into the tree: first a plan that a person can look at, then the same plan carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.core import signing
from django.db import transaction

from lerend_web.core.audit import record
from lerend_web.organisations.domain.mending import NamePath, key_of, mend
from lerend_web.organisations.domain.unit_files import RowProblem, read_units
from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.rules import tree_rows
from lerend_web.people.models import Person

_SALT: Final = "organisations.import"
_AN_HOUR: Final = 3600

PlannedUnit = tuple[NamePath, int | None]
"""Where a unit will stand, and its own people; None leaves the number as it is."""


class PreviewIsOld(Exception):
    """A preview that was not made here, or more than an hour ago."""


@dataclass(frozen=True, slots=True)
class Addition:
    path: NamePath
    headcount: int

    @property
    def where(self) -> str:
        return " > ".join(self.path)


@dataclass(frozen=True, slots=True)
class Change:
    path: NamePath
    before: int
    after: int

    @property
    def where(self) -> str:
        return " > ".join(self.path)


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do.

    Attributes:
        units: the plan itself; travels to `apply_import`.
        unchanged: how many units of the file are there already, just so.
        elsewhere: how many units are there but not in the file; they stay.
        people: in the whole tree afterwards.
        problems: what a person must mend first; with any, nothing can be applied.
    """

    units: tuple[PlannedUnit, ...]
    add: tuple[Addition, ...]
    change: tuple[Change, ...]
    unchanged: int
    elsewhere: int
    people: int
    repairs: tuple[str, ...]
    notes: tuple[str, ...]
    problems: tuple[RowProblem, ...]

    @property
    def can_be_applied(self) -> bool:
        return not self.problems and bool(self.add or self.change)


def preview_import(content: bytes, *, file_name: str, organisation: Organisation) -> ImportPreview:
    """What a CSV or XLSX file would change in the tree, without changing anything."""
    file = read_units(content, file_name=file_name)
    rows = tree_rows(Unit.objects.filter(organisation=organisation))
    mended = mend(file.lines, organisation=organisation.name, existing=[row.path for row in rows])
    units = tuple(mended.headcounts.items())
    there = {key_of(row.path): row.unit for row in rows}
    add, change = _differences(units, there)
    known = sum(key_of(path) in there for path, _ in units)
    before = sum(row.unit.headcount for row in rows)
    more = sum(one.headcount for one in add) + sum(one.after - one.before for one in change)
    return ImportPreview(
        units=units,
        add=add,
        change=change,
        unchanged=known - len(change),
        elsewhere=len(there) - known,
        people=before + more,
        repairs=tuple(mended.repairs),
        notes=file.notes,
        problems=(*file.problems, *mended.problems),
    )


def packed_plan(preview: ImportPreview, *, organisation: Organisation) -> str:
    """The plan as text that can travel through a page and comes back untouched, for this organisation only."""
    return signing.dumps([organisation.pk, preview.units], salt=_SALT, compress=True)


def unpacked_plan(text: str, *, organisation: Organisation) -> tuple[PlannedUnit, ...]:
    """The plan of a preview.

    Raises:
        PreviewIsOld: changed on the way, of another organisation, or older than an hour.
    """
    try:
        owner, units = signing.loads(text, salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature as error:
        raise PreviewIsOld from error
    if owner != organisation.pk:
        raise PreviewIsOld
    return tuple((tuple(path), headcount) for path, headcount in units)


@transaction.atomic
def apply_import(
    *, organisation: Organisation, units: Sequence[PlannedUnit], by: Person | None, at: datetime
) -> tuple[int, int]:
    """Carry a plan out against the tree as it is now; doing it twice changes nothing more.

    Returns:
        How many units were added and how many got another number of people.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    there = {key_of(row.path): row.unit for row in tree_rows(Unit.objects.filter(organisation=organisation))}
    add, change = _differences(units, there)
    for _depth, level in groupby(add, key=lambda one: len(one.path)):
        made = {key_of(one.path): _new(organisation, one, there) for one in level}
        Unit.objects.bulk_create(made.values(), batch_size=500)
        there |= made
    counted = [_counted(there[key_of(one.path)], one.after) for one in change]
    Unit.objects.bulk_update(counted, ["headcount"], batch_size=500)
    record(
        by=by, at=at, code="units.imported", organisation=organisation, subject="", added=len(add), changed=len(change)
    )
    return len(add), len(change)


def _new(organisation: Organisation, one: Addition, there: dict[NamePath, Unit]) -> Unit:
    parent = there.get(key_of(one.path[:-1]))
    return Unit(organisation=organisation, parent=parent, name=one.path[-1], headcount=one.headcount)


def _counted(unit: Unit, headcount: int) -> Unit:
    unit.headcount = headcount
    return unit


def _differences(
    units: Sequence[PlannedUnit], there: dict[NamePath, Unit]
) -> tuple[tuple[Addition, ...], tuple[Change, ...]]:
    add: list[Addition] = []
    change: list[Change] = []
    for path, headcount in units:
        unit = there.get(key_of(path))
        if unit is None:
            add.append(Addition(path, headcount or 0))
        elif headcount is not None and headcount != unit.headcount:
            change.append(Change(path, unit.headcount, headcount))
    return tuple(sorted(add, key=lambda one: len(one.path))), tuple(change)
