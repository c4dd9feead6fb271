"""Two versions of a catalogue beside each other."""

from __future__ import annotations

from dataclasses import fields, replace

from lerend.interventions.catalogue import Intervention, Origin
from lerend.interventions.difference import NAMES, difference_of, version_problems
from lerend.wording import Text
from tests.lerend.interventions.units import catalogue_of, entry_of

TALK, WALK = entry_of("talk"), entry_of("walk")


def test_a_catalogue_does_not_differ_from_itself() -> None:
    catalogue = catalogue_of(TALK, WALK)
    assert difference_of(catalogue, catalogue).is_empty
    assert version_problems(catalogue, catalogue) == ()


def test_new_gone_and_changed_entries_are_told_apart() -> None:
    changed = replace(TALK, name=Text("Anders", "Different"), origin=Origin.PROGRAMME)
    found = difference_of(catalogue_of(TALK, WALK), catalogue_of(changed, entry_of("swim")))
    assert ([one.id for one in found.added], [one.id for one in found.removed]) == (["swim"], ["walk"])
    (change,) = found.changed
    assert change.parts == ("name", "origin")
    assert [word.in_language("en") for word in change.words] == ["Name", "Where it comes from"]


def test_difference_the_other_way_round_exchanges_new_and_gone() -> None:
    one, other = catalogue_of(TALK, WALK), catalogue_of(TALK)
    assert difference_of(one, other).removed == difference_of(other, one).added


def test_a_change_without_a_new_version_is_a_problem() -> None:
    before = catalogue_of(TALK)
    silent = replace(catalogue_of(replace(TALK, origin=Origin.PROGRAMME)), version=2)
    honest = replace(catalogue_of(replace(TALK, origin=Origin.PROGRAMME, version=2)), version=2)
    assert [problem.where for problem in version_problems(before, silent)] == ["talk"]
    assert version_problems(before, honest) == ()
    assert [problem.where for problem in version_problems(before, replace(honest, version=1))] == ["small"]


def test_every_part_of_an_intervention_has_a_name_in_the_difference() -> None:
    assert {field.name for field in fields(Intervention)} - set(NAMES) == {"id", "version"}
