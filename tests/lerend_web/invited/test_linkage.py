"""Somebody with both databases, and the order in which people came, joins nobody to a box better than by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from lerend_web.scans.domain.closing import close_wave
from tests.lerend_web.linking import (
    GROUPS,
    PEOPLE,
    WAVES,
    Pair,
    Played,
    Side,
    as_bytes,
    attack,
    by_card,
    by_mail,
    convicted,
    sides,
)
from tests.lerend_web.scans.dairy import CLOSES, everything_in, void

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@dataclass(frozen=True)
class Waves:
    """Waves of one mode, and the folder with what the platform keeps beside its databases."""

    played: list[Played]
    var: Path


@pytest.fixture(scope="module", params=[by_mail, by_card])
def waves(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Waves]:
    """Played once: each test takes back what it does, the last one all of it."""
    var = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("urn"):
        with override_settings(VAR=var):
            played = [request.param(seed) for seed in range(2 * WAVES)]
        yield Waves(played, var)
        for alias in ("default", "urn"):
            transaction.set_rollback(True, using=alias)


def found_in(played: Played) -> dict[Pair, int]:
    people, found = sides(played)
    return attack(played, people, found)


def test_no_pair_of_columns_finds_people_better_than_chance_and_three_times_its_spread(waves: Waves) -> None:
    found = [found_in(played) for played in waves.played]
    assert len(found[0]) >= 4 * 3 * 4, "every column with every column, by value, day, and rank both ways"
    assert convicted(found) == set()


def numbered(played: Played, *, naive: str) -> tuple[Side, Side]:
    """What stands in the two databases, and besides what a careless builder would have added to both."""
    people, found = sides(played)
    place = {person: number for number, person in enumerate(played.order)}
    for side in (people, found):
        for row, person in zip(side.rows, side.people(played), strict=True):
            row[naive] = f"secret {place[person]}".encode() if naive == "same" else place[person]
    return people, found


@pytest.mark.parametrize(("naive", "way"), [("number", "rank 1"), ("same", "value")])
def test_same_attack_finds_everybody_in_a_naive_split(waves: Waves, naive: str, way: str) -> None:
    played = waves.played[0]
    found = attack(played, *numbered(played, naive=naive))
    assert found[naive, naive, way] == PEOPLE
    assert (naive, naive, way) in convicted([found, found])


def test_after_closing_nothing_is_left_to_join(waves: Waves) -> None:
    played = waves.played[-1]
    people, found = sides(played)
    public = {group.code.encode() for group in played.wave.key_groups.all()}
    of_people = {
        as_bytes(row[column])
        for side in (people, found)
        for row in side.rows
        for column in side.columns
        if len(as_bytes(row[column])) >= 16
    } - public
    assert len(of_people) >= 3 * PEOPLE
    if played.wave.mode == "card":
        void(played.wave, played.dairy)
    with override_settings(VAR=waves.var):
        close_wave(wave=played.wave, holder_file=played.dairy.files[0], by=played.dairy.contact, at=CLOSES)
    left = everything_in("default") + everything_in("urn")
    assert played.wave.code in left, "the search itself must work"
    assert [value for value in of_people if value.hex() in left or value.decode("latin-1") in left] == []
    assert played.wave.key_groups.count() == GROUPS
