"""Where teams answered the items of a scale in other proportions, the whole must not tell more of a team than its own mean."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.diagnosis import balance
from tests.lerend.diagnosis.made_up import INSTRUMENT
from tests.lerend.release.waves import ITEMS, released, wave_of, widths

MEASURES = {item.id: item.measures for item in INSTRUMENT.items}
WORKLOAD = [place for place, item in enumerate(ITEMS) if MEASURES[item] == "workload"]


def team(*answers: tuple[int, int, int]) -> NDArray[np.uint8]:
    """People who answered these of the three items on workload, and everything else."""
    codes = np.random.default_rng(len(answers)).integers(1, 6, (len(answers), len(ITEMS)))
    codes[:, WORKLOAD] = answers
    return codes.astype(np.uint8)


ALONE = team((3, 4, 5), (1, 0, 0), (3, 0, 0), (0, 4, 0), (2, 0, 0), (0, 5, 5))
"""The only team that answered the first item."""
OTHER = team((0, 3, 0), (0, 3, 2), (0, 0, 3), (0, 2, 0), (0, 0, 3), (0, 0, 5), (0, 0, 3), (0, 2, 0), (0, 3, 3))


def names(*teams: NDArray[np.uint8]) -> set[str]:
    return {cell.name[-1] for cell in released(wave_of(teams)).cells if cell.scale == "workload"}


def test_an_item_that_one_team_alone_answered_bounds_nobody() -> None:
    batch = wave_of([ALONE, OTHER])
    release = released(batch)
    assert names(ALONE, OTHER) == {"Voorbeeld"}
    assert min(widths(batch, release, "workload")) >= 2 - 1e-6


def test_without_joining_the_teams_it_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balance, "MOST_MOVED", np.inf)
    batch = wave_of([ALONE, OTHER])
    release = released(batch)
    assert names(ALONE, OTHER) == {"Voorbeeld", "Team 00", "Team 01"}
    assert min(widths(batch, release, "workload")) < 2 - 1e-6


def test_teams_that_answered_everything_stay_apart() -> None:
    full = [np.random.default_rng(seed).integers(1, 6, (6, len(ITEMS))).astype(np.uint8) for seed in range(2)]
    assert names(*full) == {"Voorbeeld", "Team 00", "Team 01"}


def test_other_scales_of_the_same_teams_stay_apart() -> None:
    cells = [cell for cell in released(wave_of([ALONE, OTHER])).cells if cell.scale == "coworker_support"]
    assert {cell.name[-1] for cell in cells} == {"Voorbeeld", "Team 00", "Team 01"}


def test_everybody_together_is_withheld_where_companies_answered_in_other_proportions() -> None:
    batch = wave_of([ALONE, OTHER])
    paths = tuple((f"Bedrijf {place}", "Team") for place in range(2))
    apart = type(batch)(batch.items, batch.codes, paths, batch.group)
    cells = released(apart).cells
    assert () not in {cell.name for cell in cells if cell.scale == "workload"}
    assert () in {cell.name for cell in cells if cell.scale == "coworker_support"}
    assert ("Bedrijf 0",) in {cell.name for cell in cells if cell.scale == "workload"}
