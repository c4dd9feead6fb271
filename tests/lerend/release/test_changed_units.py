"""Two rounds laid side by side by an attacker who knows who came, who left, and that all others answered the same."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.attack.attack import attack
from lerend.attack.crowd import read_truth
from lerend.attack.shown import read_shown
from lerend.cli import main
from lerend.release import gate
from lerend.release.gate import Ledger
from lerend.release.value import Release
from lerend.release.writing import to_json
from tests.lerend.diagnosis.made_up import INSTRUMENT
from tests.lerend.release.waves import ITEMS, SCALES, released, wave_of

MEASURES = {item.id: item.measures for item in INSTRUMENT.items}
TEAM = ("Voorbeeld", "Team 01")


def teams(*sizes: int, seed: int = 1, ends: tuple[int, int] = (2, 4)) -> list[NDArray[np.uint8]]:
    generator = np.random.default_rng(seed)
    return [generator.integers(ends[0], ends[1] + 1, (size, len(ITEMS))).astype(np.uint8) for size in sizes]


def truth(rounds: list[list[NDArray[np.uint8]]]) -> list[str]:
    """The same place in the same team is the same person."""
    scales = {scale: [item for item in ITEMS if MEASURES[item] == scale] for scale in SCALES}
    return [
        json.dumps(
            {
                "scales": scales,
                "items": ITEMS,
                "people": [
                    {"id": f"{team}-{place}", "path": ["Voorbeeld", f"Team {team:02d}"], "answers": row}
                    for team, rows in enumerate(every)
                    for place, row in enumerate(rows.tolist())
                ],
            }
        )
        for every in rounds
    ]


def test_the_command_finds_the_newcomer_in_the_old_releases_and_not_in_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = teams(5, 6, 7, seed=2)
    rounds = [before, [before[0], np.vstack([before[1], np.full((1, len(ITEMS)), 5, dtype=np.uint8)]), before[2]]]
    people = [tmp_path / f"people{place}.json" for place in range(2)]
    for path, text in zip(people, truth(rounds), strict=True):
        path.write_text(text, "utf-8")
    known = [part for path in people for part in ("--truth", str(path))]

    def attacked(name: str) -> int:
        files = [tmp_path / f"{name}{place}.json" for place in range(2)]
        for path, release in zip(files, two_rounds(before, 1, 5)[:2], strict=True):
            path.write_text(to_json(release), "utf-8")
        return main(["attack", *map(str, files), *known, "--language", "en"])

    assert attacked("ours") == 0
    monkeypatch.setattr(gate, "without_changed_units", lambda gated, *_, **__: gated)
    assert attacked("old") == 1


def two_rounds(before: list[NDArray[np.uint8]], joined: int, answer: int) -> tuple[Release, Release, int]:
    """Some people who all give one answer join the second team; how many breaches the attacker finds."""
    after = [*before]
    after[1] = np.vstack([before[1], np.full((joined, len(ITEMS)), answer, dtype=np.uint8)])
    first = released(wave_of(before))
    second = released(wave_of(after), code="w2", ledger=Ledger((first,), {first.digest: {TEAM: joined}}))
    texts = [to_json(first), to_json(second)]
    found = attack(read_shown(texts), read_truth(truth([before, after]), 2))
    assert all(breach.right is not False for breach in found.breaches)
    return first, second, len(found.breaches)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("answer", [1, 5])
def test_one_newcomer_is_not_bounded_by_two_rounds(seed: int, answer: int) -> None:
    _, second, breaches = two_rounds(teams(5, 6, 7, seed=seed), 1, answer)
    assert breaches == 0
    assert TEAM in second.trends[0].masked


def test_masking_the_trend_alone_would_bound_the_newcomer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "without_changed_units", lambda gated, *_, **__: gated)
    assert sum(two_rounds(teams(5, 6, 7, seed=seed), 1, 5)[2] for seed in range(6)) > 0


def test_the_unit_that_changed_is_left_out_and_says_why() -> None:
    _, second, _ = two_rounds(teams(5, 5, 7, seed=2), 1, 5)
    left_out = {scale for scale in SCALES if second.cell(TEAM, scale) is None}
    assert left_out
    sheet = next(unit for unit in second.diagnosis.teams if unit.path == TEAM)
    hidden = {finding.scale for finding in sheet.findings if finding.hidden is not None}
    assert left_out <= hidden
    assert "beside other figures" in next(f.hidden.template for f in sheet.findings if f.hidden is not None)


def test_shares_spreads_and_items_are_left_out_where_one_person_came() -> None:
    first, second, _ = two_rounds(teams(20, 20, 20, ends=(1, 5)), 1, 5)
    assert first.covariances
    assert first.items
    assert (second.covariances, second.items, second.distributions) == ((), (), ())


def test_teams_in_which_nobody_changed_stay() -> None:
    first, second, _ = two_rounds(teams(5, 6, 7), 1, 5)
    others = {cell.name for cell in first.cells} - {TEAM, ("Voorbeeld",)}
    assert others <= {cell.name for cell in second.cells}


def test_five_newcomers_leave_everything_shown() -> None:
    first, second, breaches = two_rounds(teams(9, 9, 9), 5, 4)
    assert {(cell.name, cell.scale) for cell in second.cells} == {(cell.name, cell.scale) for cell in first.cells}
    assert breaches == 0


def test_nothing_is_left_out_where_those_who_stayed_answered_otherwise() -> None:
    """Then no people fit both rounds, and nothing follows about who came."""
    before = teams(9, 9, 9, seed=1)
    after = [np.clip(team.astype(int) + 2, 1, 5).astype(np.uint8) for team in before]
    first = released(wave_of(before))
    second = released(wave_of(after), code="w2", ledger=Ledger((first,), {first.digest: {TEAM: 1}}))
    assert {(cell.name, cell.scale) for cell in second.cells if cell.words is None} >= {
        (cell.name, cell.scale) for cell in first.cells if cell.name == TEAM
    }
