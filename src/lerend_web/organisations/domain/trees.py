"""Changes to the tree of units, one verb each. A wave that is open keeps the tree that it took on opening."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from lerend_web.core.audit import record
from lerend_web.organisations.models import Organisation, Unit
from lerend_web.organisations.rules import LONGEST_NAME, MOST_LEVELS, MOST_PEOPLE, below, tree_rows
from lerend_web.people.models import Person

PeopleGo = Literal["up", "gone"]
"""What happens to the people of a unit that is removed: to the unit above it, or out of the count."""


class _About(TypedDict):
    organisation: Organisation
    subject: str


class TreeIsWrong(Exception):
    """A change that the tree cannot take: which field of the form, and what to do about it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}")
        self.field = field
        self.sentence = sentence


@transaction.atomic
def add_unit(
    *, organisation: Organisation, parent: Unit | None, name: str, headcount: int, by: Person | None, at: datetime
) -> Unit:
    """A new unit below another one, or at the top.

    Raises:
        TreeIsWrong: the name is empty, too long or taken; too many people; too many levels.
    """
    units = _locked_units(organisation)
    name = _fitting_name(name)
    _check_headcount(headcount)
    _check_place(units, parent, name, levels=1)
    unit = Unit.objects.create(organisation=organisation, parent=parent, name=name, headcount=headcount)
    record(
        by=by, at=at, code="unit.added", organisation=organisation, subject=str(unit.pk), name=name, headcount=headcount
    )
    return unit


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, by: Person | None, at: datetime) -> None:
    """Another name in the same place.

    Raises:
        TreeIsWrong: the name is empty, too long or taken by a neighbour.
    """
    units = _locked_units(unit.organisation)
    unit.refresh_from_db()
    name = _fitting_name(name)
    if name == unit.name:
        return
    _check_name_is_free(units, unit.parent_id, name, apart_from=unit.pk)
    before, unit.name = unit.name, name
    unit.save(update_fields=["name"])
    record(by=by, at=at, code="unit.renamed", **_about(unit), before=before, after=name)


@transaction.atomic
def count_people(*, unit: Unit, headcount: int, by: Person | None, at: datetime) -> None:
    """How many people the unit has itself, agency workers too.

    Raises:
        TreeIsWrong: a number that cannot be.
    """
    _locked_units(unit.organisation)
    unit.refresh_from_db()
    _check_headcount(headcount)
    if headcount == unit.headcount:
        return
    before, unit.headcount = unit.headcount, headcount
    unit.save(update_fields=["headcount"])
    record(by=by, at=at, code="unit.counted", **_about(unit), before=before, after=headcount)


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit | None, by: Person | None, at: datetime) -> None:
    """To another place, with everything below it.

    Raises:
        TreeIsWrong: the place lies below the unit itself, the name is taken there, or there would be too many levels.
    """
    units = _locked_units(unit.organisation)
    unit.refresh_from_db()
    if (parent.pk if parent else None) == unit.parent_id:
        return
    own = below(unit, units)
    if parent is not None and parent.pk in own:
        raise TreeIsWrong("parent", _("That place lies below the team itself. Choose another place."))
    depths = {row.unit.pk: row.depth for row in tree_rows(units)}
    levels = max(depths[pk] for pk in own) - depths[unit.pk] + 1
    _check_place(units, parent, unit.name, levels=levels)
    before, unit.parent = unit.parent_id, parent
    unit.save(update_fields=["parent"])
    record(by=by, at=at, code="unit.moved", **_about(unit), before=before, after=unit.parent_id)


@transaction.atomic
def remove_unit(*, unit: Unit, people: PeopleGo, by: Person | None, at: datetime) -> None:
    """Take a unit out. What stood below it moves up one level; its own people go up too, or out of the count.

    Raises:
        TreeIsWrong: there is no unit above it to take the people, or one with the same name as what moves up.
    """
    units = _locked_units(unit.organisation)
    unit.refresh_from_db()
    parent = unit.parent
    if people == "up" and parent is None and unit.headcount:
        raise TreeIsWrong("people", _("Nothing stands above this team that can take its people."))
    for child in [one for one in units if one.parent_id == unit.pk]:
        _check_name_is_free(units, unit.parent_id, child.name, apart_from=unit.pk, field="people")
    Unit.objects.filter(parent=unit).update(parent=parent)
    if people == "up" and parent is not None:
        parent.headcount += unit.headcount
        parent.save(update_fields=["headcount"])
    record(by=by, at=at, code="unit.removed", **_about(unit), name=unit.name, headcount=unit.headcount, people=people)
    unit.delete()


def _locked_units(organisation: Organisation) -> list[Unit]:
    """The tree, and nobody else changes it before this is done."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    return list(Unit.objects.filter(organisation=organisation))


def _fitting_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise TreeIsWrong("name", _("Give the team a name."))
    if len(name) > LONGEST_NAME:
        raise TreeIsWrong("name", _("Make the name shorter: at most %(most)d signs.") % {"most": LONGEST_NAME})
    return name


def _check_headcount(headcount: int) -> None:
    if not 0 <= headcount <= MOST_PEOPLE:
        raise TreeIsWrong("headcount", _("Give a number of people from 0 to %(most)d.") % {"most": MOST_PEOPLE})


def _check_place(units: list[Unit], parent: Unit | None, name: str, *, levels: int) -> None:
    parent_id = parent.pk if parent else None
    depths = {row.unit.pk: row.depth for row in tree_rows(units)}
    if parent_id is not None and parent_id not in depths:
        raise TreeIsWrong("parent", _("That place is no longer there. Choose another one."))
    depth = 0 if parent_id is None else depths[parent_id] + 1
    if depth + levels > MOST_LEVELS:
        raise TreeIsWrong("parent", _("A tree has at most %(most)d levels.") % {"most": MOST_LEVELS})
    _check_name_is_free(units, parent_id, name)


def _check_name_is_free(
    units: list[Unit], parent_id: int | None, name: str, *, apart_from: int | None = None, field: str = "name"
) -> None:
    taken = {unit.name.casefold() for unit in units if unit.parent_id == parent_id and unit.pk != apart_from}
    if name.casefold() in taken:
        raise TreeIsWrong(field, _("“%(name)s” is already there in that place. Choose another name.") % {"name": name})


def _about(unit: Unit) -> _About:
    return {"organisation": unit.organisation, "subject": str(unit.pk)}
