from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lerend.evidence.design import permuting
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.permuting import least_p, lots_suffice, other_lots, starts_of, ways_of
from tests.lerend.evidence.pilots import a_design


@pytest.mark.parametrize(("kind", "number"), [(Kind.LOTTERY, 8), (Kind.STEPPED, 6), (Kind.TIE_BREAKER, 12)])
def test_all_lots_are_different_and_the_real_one_comes_first(kind: Kind, number: int) -> None:
    design = a_design(kind, number)
    lots = other_lots(design)
    assert len(lots) == ways_of(design) == len(np.unique(lots, axis=0))
    assert (lots[0] == starts_of(design)).all()
    fixed = [row for row, one in enumerate(design.placements) if one.block == ""]
    assert (lots[:, fixed] == lots[0, fixed]).all()


def test_lots_of_another_block_are_never_mixed() -> None:
    design = a_design(number=24)
    lots = other_lots(design)
    for name in {one.block for one in design.placements}:
        rows = [row for row, one in enumerate(design.placements) if one.block == name]
        assert (np.sort(lots[:, rows], axis=1) == np.sort(lots[0, rows])).all()


def test_too_many_lots_are_drawn_by_a_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permuting, "MOST", 50)
    design = a_design(number=10)
    lots = other_lots(design, seed=3)
    assert len(lots) == 50
    assert (lots == other_lots(design, seed=3)).all()
    assert (lots != other_lots(design, seed=4)).any()
    assert (lots[0] == starts_of(design)).all()


@pytest.mark.parametrize(("number", "p"), [(4, 1 / 3), (6, 0.1), (8, 2 / 70), (12, 2 / 924)])
def test_smallest_p_of_equal_groups_counts_the_mirror_image(number: int, p: float) -> None:
    design = a_design(number=number, seed="1")
    plain = replace(design, placements=tuple(replace(one, block="all") for one in design.placements))
    assert least_p(plain) == pytest.approx(p)
    assert lots_suffice(plain) == (p <= 0.05)


def test_unequal_groups_have_no_mirror_image() -> None:
    assert least_p(a_design(number=7)) == pytest.approx(1 / 35)


def test_without_a_lot_there_is_one_way_and_no_demand_on_it() -> None:
    assert ways_of(a_design(Kind.COMPARISON)) == 1
    assert lots_suffice(a_design(Kind.COMPARISON))
