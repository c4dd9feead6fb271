"""What the gate lets through is about k people or more, and leaves everybody's score open over two points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch, Path
from lerend.disclosure.cells import Detail, Extreme
from lerend.errors import NotReleased, TooFewAnswers
from lerend.release.gate import Ledger
from lerend.release.value import Collected, Release
from lerend.release.writing import to_json
from lerend.simulate.world import WorldSettings
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL, programme
from tests.lerend.release.waves import ITEMS, SCALES, answers, members, released, wave_of, widths

STYLES = ("mixed", "lowest", "highest", "one apart", "middle")


def team(size: int, style: str, seed: int, *, skips: float = 0.0) -> NDArray[np.uint8]:
    generator = np.random.default_rng(seed)
    codes = generator.integers(1, 6, (size, len(ITEMS)))
    if style != "mixed":
        codes[:] = {"lowest": 1, "highest": 5, "one apart": 5, "middle": 3}[style]
    if style == "one apart":
        codes[0] = 3
    codes[generator.random(codes.shape) < skips] = 0
    codes[~codes.any(axis=1), 0] = 3
    return codes.astype(np.uint8)


waves = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from(STYLES), st.integers(0, 10**6), st.sampled_from([0.0, 0.3])),
    min_size=1,
    max_size=4,
).filter(lambda teams: sum(size for size, *_ in teams) >= 5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(waves)
def test_every_cell_is_about_five_and_nobody_is_bounded_within_two_points(
    teams: list[tuple[int, str, int, float]],
) -> None:
    batch = wave_of([team(size, style, seed, skips=skips) for size, style, seed, skips in teams])
    try:
        release = released(batch)
    except TooFewAnswers:
        return
    for cell in release.cells:
        n = int(members(batch, cell).sum())
        assert n >= 5
        assert cell.people.low <= n <= (cell.people.high or n)
    for scale in SCALES:
        assert min(widths(batch, release, scale), default=4.0) >= 2 - 1e-6


@settings(max_examples=10, deadline=None)
@given(waves, st.integers(0, 10**6))
def test_the_order_of_people_makes_no_difference(teams: list[tuple[int, str, int, float]], seed: int) -> None:
    batch = wave_of([team(size, style, number, skips=skips) for size, style, number, skips in teams])
    order = np.random.default_rng(seed).permutation(len(batch.codes))
    other = AnswerBatch(batch.items, batch.codes[order], batch.paths, batch.group[order])
    try:
        release = released(batch)
    except TooFewAnswers:
        return
    assert to_json(release) == to_json(released(other))


def test_five_people_who_all_answer_one_are_told_in_words_alone() -> None:
    release = released(wave_of([team(5, "lowest", 1), team(12, "mixed", 2)]))
    cells = [cell for cell in release.cells if cell.name == ("Voorbeeld", "Team 00")]
    assert {cell.words for cell in cells} == {Extreme.VERY_LOW}
    assert {cell.mean for cell in cells} == {None}
    sheet = next(unit for unit in release.diagnosis.teams if unit.label == "Team 00")
    assert {finding.score for finding in sheet.findings} == {None}


def test_nine_of_ten_who_answer_five_are_told_in_words_alone() -> None:
    ten = team(10, "highest", 1)
    ten[0] = 4
    release = released(wave_of([ten, team(12, "mixed", 2)]))
    cells = [cell for cell in release.cells if cell.name == ("Voorbeeld", "Team 00")]
    assert {cell.words for cell in cells} == {Extreme.VERY_HIGH}


def test_what_is_told_in_words_depends_on_nothing_but_the_words() -> None:
    nearly = team(6, "lowest", 1)
    nearly[2] = 2
    others = [team(9, "mixed", 2), team(12, "mixed", 3)]
    one, other = (released(wave_of([low, *others])) for low in (team(6, "lowest", 1), nearly))
    assert to_json(one) == to_json(other)


def test_without_the_gate_the_attacker_would_know_everybody() -> None:
    batch = wave_of([team(5, "lowest", 1), team(12, "mixed", 2)])
    release = released(batch)
    teams = [cell for cell in release.cells if len(cell.name) == 2]
    naive = replace(release, cells=tuple(replace(cell, mean=cell.mean or 1.0, words=None) for cell in teams))
    assert min(widths(batch, naive, SCALES[0])) < 1


def test_two_of_six_who_tell_each_other_learn_the_mean_of_the_other_four() -> None:
    """Not protected: people who add their own answers. What remains is open over less, and docs say so."""
    six = team(6, "mixed", 4)
    release = released(wave_of([six, team(12, "mixed", 2)]))
    cell = release.cell(("Voorbeeld", "Team 00"), SCALES[0])
    assert cell is not None
    assert cell.mean is not None
    own = answers(wave_of([six]), SCALES[0])[0].mean(axis=1)
    assert abs((6 * cell.mean - own[:2].sum()) / 4 - own[2:].mean()) < 0.1


def test_no_class_of_answers_is_about_a_few_people() -> None:
    shown = 0
    for seed in range(12):
        batch = wave_of([team(30, "mixed", seed), team(9, "middle", seed)])
        for found in released(batch).distributions:
            shown += 1
            codes = batch.codes[:, batch.items.index(found.item)]
            counts = np.bincount(codes[codes > 0], minlength=6)[1:]
            classes = counts if found.detail is Detail.FULL else [counts[:2].sum(), counts[2], counts[3:].sum()]
            assert all(n == 0 or n >= 5 for n in classes)
    assert shown


def test_no_exact_number_of_people_and_nobody_who_skipped_stands_in_a_release() -> None:
    batch = wave_of([team(23, "mixed", 1, skips=0.2), team(14, "mixed", 2)])
    release = released(batch)
    assert release.diagnosis.reading.people == 0
    headline = " ".join(m.in_language("en") for m in release.diagnosis.companies[0].headline)
    assert "37" not in headline
    assert "20–49" in headline or release.diagnosis.companies[0].why_not_ranked is not None


def test_a_round_is_not_released_again_with_other_figures() -> None:
    batch = wave_of([team(10, "mixed", 1), team(12, "mixed", 2)])
    first = released(batch)
    again = released(batch, ledger=Ledger((first,)))
    assert again.cells == first.cells
    changed = AnswerBatch(batch.items, batch.codes[1:], batch.paths, batch.group[1:])
    with pytest.raises(NotReleased):
        released(changed, ledger=Ledger((first,)))


def test_teams_that_lost_one_person_are_taken_together_in_the_next_round() -> None:
    teams = [team(9, "mixed", seed) for seed in range(4)]
    first = released(wave_of(teams))
    moved: dict[Path, int] = {("Voorbeeld", f"Team {place:02d}"): n for place, n in enumerate([0, 2, 3, 0])}
    second = released(wave_of(teams), code="w2", ledger=Ledger((first,), {first.digest: moved}))
    names = {cell.name[-1] for cell in second.cells}
    assert names == {"Voorbeeld", "Team 00", "Team 03"}
    assert second.trends[0].masked == ()


def test_a_round_with_one_newcomer_in_all_keeps_the_other_teams_and_masks_the_trend() -> None:
    teams = [team(9, "mixed", seed) for seed in range(3)]
    first = released(wave_of(teams))
    moved: dict[Path, int] = {("Voorbeeld", "Team 01"): 1}
    ledger = Ledger((first,), {first.digest: moved})
    second = released(wave_of(teams), code="w2", ledger=ledger)
    others = {("Voorbeeld", "Team 00"), ("Voorbeeld", "Team 02")}
    assert others <= {cell.name for cell in second.cells}
    assert set(second.trends[0].masked) == {("Voorbeeld",), ("Voorbeeld", "Team 01")}


def _share(release: Release, batch: AnswerBatch) -> tuple[float, float]:
    """Of the cells with five people (ten about a manager): shown as a number, and shown in words."""
    managers = {factor.id for factor in MODEL.factors if factor.about_manager}
    naive = 0
    for scale in MODEL.scales:
        columns = [place for place, item in enumerate(INSTRUMENT.items) if item.measures == scale]
        codes = batch.codes[:, columns]
        scored = ((codes > 0) & (codes < 254)).any(axis=1)
        per_team = np.bincount(batch.group, weights=scored, minlength=len(batch.paths))
        naive += int((per_team >= (10 if scale in managers else 5)).sum()) + 1
    words = sum(cell.words is not None for cell in release.cells)
    return (len(release.cells) - words) / naive, words / naive


def test_four_fifths_of_what_a_plain_threshold_would_show_is_shown() -> None:
    shares = []
    for seed in range(6):
        batch = programme(WorldSettings(companies=1, people=(40, 250)), seed).filled.batch
        shares.append(_share(released(batch, collected=Collected.HERE), batch))
    assert np.mean([number for number, _ in shares]) >= 0.8
