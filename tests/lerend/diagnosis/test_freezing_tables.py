"""Tables by a background question: kept only where nobody can be computed from them, beside all else that is shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch, Path
from lerend.diagnosis.freezing import freeze
from lerend.diagnosis.freezing_tables import FrozenTables, freeze_tables
from lerend.diagnosis.gated import GatedStatistics, gated
from lerend.model.structure import Question
from lerend.release.gate import Ledger, release_of
from lerend.release.value import Collected, Release, Wave
from lerend.wording import Text
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL
from tests.lerend.release.waves import ITEMS, ORIGIN, wave_of

COMPANY = ("Voorbeeld",)
WORKLOAD = np.array(
    [place for place, item in enumerate(ITEMS) if item in {i.id for i in INSTRUMENT.items if i.measures == "workload"}]
)


def question(name: str, *options: str) -> Question:
    return Question(name, Text(name, name), "choice", tuple((option, Text(option, option)) for option in options))


AGE = question("age", "young", "middle", "old")
ROLE = question("role", "office", "workshop")


def teams(*sizes: int) -> AnswerBatch:
    generator = np.random.default_rng(sum(sizes))
    return wave_of([generator.integers(1, 6, (size, len(ITEMS))).astype(np.uint8) for size in sizes])


def gate_of(batch: AnswerBatch, k: int = 5) -> GatedStatistics:
    return gated(freeze(batch, model=MODEL, instrument=INSTRUMENT, k=k))


def tables(batch: AnswerBatch, **chosen: Sequence[str]) -> FrozenTables:
    questions = {"age": AGE, "role": ROLE}
    return freeze_tables(batch, gate_of(batch), {questions[name]: chosen[name] for name in chosen}, k=5)


def options(found: FrozenTables, name: str) -> list[tuple[str, ...]]:
    return [row.options for row in found.rows if (row.question, row.scale) == (name, "workload")]


def alternating(*names: str, people: int) -> list[str]:
    return [names[place % len(names)] for place in range(people)]


def test_rows_hold_the_mean_and_the_number_of_people_of_each_category() -> None:
    batch = teams(20, 20)
    ages = alternating("young", "old", people=40)
    found = tables(batch, age=ages)
    assert options(found, "age") == [("young",), ("old",)]
    for row in found.rows:
        if row.scale == "workload":
            own = batch.codes[np.array(ages) == row.options[0]][:, WORKLOAD]
            assert row.people == len(own) == 20
            assert row.mean == pytest.approx(own.mean())


def test_a_category_of_fewer_than_ten_is_taken_with_its_smaller_neighbour() -> None:
    ages = ["young"] * 18 + ["middle"] * 6 + ["old"] * 16
    ages = [ages[place] for place in np.random.default_rng(1).permutation(40)]
    assert options(tables(teams(20, 20), age=ages), "age") == [("young",), ("middle", "old")]


def test_a_question_with_one_category_of_ten_or_more_has_no_table() -> None:
    assert options(tables(teams(12), age=["young"] * 8 + ["old"] * 4), "age") == []


def test_a_table_that_one_person_is_not_in_is_refused() -> None:
    ages = alternating("young", "old", people=40)
    ages[7] = ""
    assert options(tables(teams(20, 20), age=ages), "age") == []


def test_a_second_table_that_differs_by_one_person_from_the_first_is_refused() -> None:
    ages = ["young"] * 10 + ["old"] * 10 + ["young"] * 10 + ["old"] * 10
    roles = ["office" if age == "young" else "workshop" for age in ages]
    roles[0] = "workshop"
    found = tables(teams(20, 20), age=ages, role=roles)
    assert options(found, "age") == [("young",), ("old",)]
    assert options(found, "role") == []
    assert options(tables(teams(20, 20), role=roles), "role") == [("office",), ("workshop",)]


def test_a_category_in_which_everybody_gave_the_highest_answer_is_refused() -> None:
    batch = teams(20, 20)
    ages = alternating("young", "old", people=40)
    batch.codes[np.ix_(np.flatnonzero(np.array(ages) == "old"), WORKLOAD)] = 5
    found = tables(batch, age=ages)
    assert options(found, "age") == []
    assert [row.options for row in found.rows if row.scale == "coworker_support"] == [("young",), ("old",)]


def test_a_scale_of_which_a_team_is_told_in_words_has_no_table() -> None:
    batch = teams(20, 20, 6)
    batch.codes[np.ix_(np.flatnonzero(batch.group == 2), WORKLOAD)] = 1
    assert options(tables(batch, age=alternating("young", "old", people=46)), "age") == []


def test_tables_fit_the_teams_they_were_judged_beside_or_larger_ones_and_no_smaller_ones() -> None:
    batch = teams(20, 20)
    found = tables(batch, age=alternating("young", "old", people=40))
    assert found.fits(gate_of(batch), COMPANY, "workload")
    assert found.fits(gate_of(batch, k=25), COMPANY, "workload")
    finer = AnswerBatch(batch.items, batch.codes, tuple(("Voorbeeld", f"{n}") for n in range(4)), _quarters(40))
    assert not found.fits(gate_of(finer), COMPANY, "workload")
    assert not found.fits(gate_of(batch), ("Another",), "workload")


def _quarters(people: int) -> NDArray[np.int32]:
    return (np.arange(people) * 4 // people).astype(np.int32)


def _released(batch: AnswerBatch, found: FrozenTables, code: str = "w1", ledger: Ledger | None = None) -> Release:
    return release_of(
        freeze(batch, model=MODEL, instrument=INSTRUMENT, k=5),
        model=MODEL,
        instrument=INSTRUMENT,
        wave=Wave(code, "Najaar", "Voorbeeld"),
        made_on="2026-09-18",
        origin=ORIGIN,
        collected=Collected.ELSEWHERE,
        tables=found,
        ledger=ledger or Ledger(),
        draws=100,
    )


def test_a_release_shows_the_categories_rounded_and_in_bands() -> None:
    batch = teams(20, 20)
    release = _released(batch, tables(batch, age=alternating("young", "old", people=40)))
    cell = release.cell((*COMPANY, "young"), "workload", table="age")
    assert cell is not None
    assert cell.people.text == "20–49"
    assert cell.mean == round(float(batch.codes[::2][:, WORKLOAD].mean()), 1)
    assert release.tables == ("age",)


def _moved(release: Release, people: int) -> dict[str, dict[Path, int]]:
    return {release.digest: {(*COMPANY, "Team 00"): people}}


def test_no_table_is_released_when_two_people_changed_since_the_last_round() -> None:
    batch = teams(20, 20)
    found = tables(batch, age=alternating("young", "old", people=40))
    first = _released(batch, found)
    few, many = _moved(first, 2), _moved(first, 12)
    assert _released(batch, found, "w2", Ledger((first,), few)).tables == ()
    assert _released(batch, found, "w2", Ledger((first,), many)).tables == ("age",)
