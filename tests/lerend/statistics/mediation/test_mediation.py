"""Indirect effects: those of the reference, laws, what they are not, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.mediation.model import Mediation, Path
from lerend.statistics.mediation.multilevel import multilevel_mediation
from lerend.statistics.mediation.single import mediation
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.problems import CannotBeFitted
from tests.reference.references import column, numbers, reference

Values = NDArray[np.float64]
SEEDS = st.integers(0, 100_000)


def of(case: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = reference("mediation")[case]
    return found


def fitted(case: str) -> Mediation:
    if case == "med_jobs_seek_depress":
        first = numbers("jobs.csv", ["depress2", "treat", "depress1"])
        more = numbers("jobs_mediation.csv", ["job_seek", "econ_hard", "sex", "age"])
        rest = np.column_stack([first[:, 2], more[:, 1:]])
        return mediation(first[:, 0], more[:, 0], first[:, 1], covariates=rest, by_lot=True)
    if case == "med211_awards":
        awards = numbers("awards_2001.csv", ["passed", "treated", "lagscore", "siblings"])
        attempted = numbers("awards_2001_attempted.csv", ["attempted"])
        schools = np.array(column("awards_2001.csv", "school"))
        return multilevel_mediation(
            awards[:, 0], attempted, awards[:, 1], schools, covariates=awards[:, 2:], by_lot=True
        )
    jobs = numbers("klein2000_jobs.csv", ["JOBSAT", "POSAFF", "TASKSIG", "PAY", "WLOAD"])
    if case == "med111_klein":
        groups = np.array(column("klein2000_jobs.csv", "GRPID"))
        return multilevel_mediation(jobs[:, 0], jobs[:, 1], jobs[:, 2], groups)
    return mediation(*jobs[:, :3].T, covariates=jobs[:, 3:])


def agrees(found: Path, expected: Mapping[str, float], close: float) -> None:
    assert found.estimate == pytest.approx(expected["est"], rel=close)
    assert found.standard_error == pytest.approx(expected["se"], rel=close)
    if "df" in expected:
        assert found.degrees_of_freedom == pytest.approx(expected["df"], rel=1e-5)


@pytest.mark.parametrize("case", ["med_jobs_seek_depress", "med_klein_tasksig_posaff_jobsat"])
def test_a_single_level_is_that_of_the_reference(case: str) -> None:
    expected, found = of(case), fitted(case)
    (part,) = found.parts
    assert (found.kind, found.rows, part.of) == ("single level", expected["n"], "people")
    paths = {"a": part.a, "b": part.b, "direct": part.direct, "total": part.total}
    for name, path in paths.items():
        agrees(path, expected[name], 1e-10)
    assert part.indirect.estimate == pytest.approx(expected["indirect"]["est"], rel=1e-10)
    assert part.indirect.standard_error == pytest.approx(expected["indirect"]["se_sobel"], rel=1e-10)
    drawn = (part.indirect.interval.low, part.indirect.interval.high)
    np.testing.assert_allclose(drawn, expected["mc_ci95_rtol1e2"], rtol=1e-2)
    rho = expected["rho_sensitivity_zero"]["resid_corr_at_which_ACME_zero"]
    assert part.vanishing_correlation == pytest.approx(rho, rel=1e-10)
    for name, path in zip(("a", "b", "cp", "tot"), paths.values(), strict=True):
        # Maximum likelihood divides by rows instead of degrees of freedom.
        by_rows = path.standard_error * (path.degrees_of_freedom / found.rows) ** 0.5
        assert by_rows == pytest.approx(expected["lavaan_ml"][name]["se"], rel=1e-8)


def test_parts_within_and_between_groups_are_those_of_the_reference() -> None:
    expected, found = of("med111_klein"), fitted("med111_klein")
    assert (found.kind, found.rows, found.groups) == ("1-1-1", expected["n"], expected["clusters"])
    for part in found.parts:
        agrees(part.a, expected[f"a_{part.of}"], 1e-6)
        agrees(part.b, expected[f"b_{part.of}"], 1e-6)
        agrees(part.direct, expected[f"cp_{part.of}"], 1e-6)
        product = expected[f"ind_{part.of}"]
        assert part.indirect.estimate == pytest.approx(product["est"], rel=1e-6)
        assert part.indirect.standard_error == pytest.approx(product["se_sobel"], rel=1e-6)
    names = {"outcome": "JOBSAT", "mediator": "POSAFF", "cause": "TASKSIG"}
    for ours, theirs in names.items():
        assert found.shares_between[ours] == pytest.approx(expected["icc"][theirs]["icc1"], rel=1e-5)


def test_a_cause_of_whole_groups_has_the_path_between_groups_of_the_reference() -> None:
    expected, found = of("med211_awards"), fitted("med211_awards")
    (part,) = found.parts
    assert (found.kind, part.of, found.rows) == ("2-1-1", "between", expected["n"])
    assert found.within_mediator is not None
    agrees(part.a, expected["a"], 1e-6)
    agrees(part.b, expected["b_between"], 1e-6)
    agrees(part.direct, expected["direct"], 1e-6)
    agrees(found.within_mediator, expected["b_within"], 1e-6)
    assert part.indirect.estimate == pytest.approx(expected["ind_between"], rel=1e-6)
    assert set(found.shares_between) == {"outcome", "mediator"}


def people(seed: int, rows: int = 120, teams: int = 15) -> tuple[Values, Values, Values, NDArray[np.int64]]:
    """Outcome, mediator, cause, team; a path of .4 times .5 for people, and team effects on all three."""
    rng = np.random.default_rng(seed)
    team = np.arange(rows) % teams
    x = rng.standard_normal(rows) + 0.5 * rng.standard_normal(teams)[team]
    m = 0.4 * x + rng.standard_normal(rows) + 0.5 * rng.standard_normal(teams)[team]
    y = 0.5 * m + 0.2 * x + rng.standard_normal(rows) + 0.5 * rng.standard_normal(teams)[team]
    return y, m, x, team


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_direct_and_indirect_add_up_and_the_vanishing_correlation_is_that_of_what_is_left(seed: int) -> None:
    y, m, x, _ = people(seed)
    (part,) = mediation(y, m, x).parts
    assert part.direct.estimate + part.indirect.estimate == pytest.approx(part.total.estimate, abs=1e-10)
    design = np.column_stack([np.ones(len(x)), x])
    left = [of - design @ np.linalg.lstsq(design, of, rcond=None)[0] for of in (y, m)]
    assert part.vanishing_correlation == pytest.approx(np.corrcoef(left)[0, 1], rel=1e-8)
    assert part.indirect.interval.low < part.indirect.estimate < part.indirect.interval.high


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_the_part_within_groups_is_that_of_fixed_effects(seed: int) -> None:
    y, m, x, team = people(seed)
    within = multilevel_mediation(y, m, x, team).parts[0]
    a = least_squares(m, x, absorb=[team])
    b = least_squares(y, np.column_stack([x, m]), absorb=[team])
    assert within.indirect.estimate == pytest.approx(float(a.estimate[0] * b.estimate[1]), rel=1e-8)


@settings(max_examples=8, deadline=None)
@given(SEEDS, st.floats(0.01, 100), st.floats(-50, 50))
def test_units_and_order_of_rows_do_not_matter(seed: int, unit: float, zero: float) -> None:
    y, m, x, team = people(seed)
    order = np.random.default_rng(seed).permutation(len(y))
    one = multilevel_mediation(y, m, x, team)
    other = multilevel_mediation(y[order], unit * m[order] + zero, x[order], team[order] * 3)
    for first, second in zip(one.parts, other.parts, strict=True):
        assert second.indirect.estimate == pytest.approx(first.indirect.estimate, rel=1e-4, abs=1e-7)
        assert second.indirect.interval.low == pytest.approx(first.indirect.interval.low, rel=1e-3, abs=1e-5)


def test_intervals_hold_the_true_indirect_effect_as_often_as_promised() -> None:
    inside = []
    for seed in range(120):
        rng = np.random.default_rng(seed)
        x, own, error = rng.standard_normal((3, 60))
        m = 0.4 * x + own
        interval = mediation(0.5 * m + error, m, x).parts[0].indirect.interval
        inside.append(interval.low < 0.2 < interval.high)
    assert 0.9 < np.mean(inside) < 0.99


def test_something_that_moves_mediator_and_outcome_both_makes_an_indirect_effect_where_there_is_none() -> None:
    """What the caution says: even with a cause by lot, since the mediator is not."""
    rng = np.random.default_rng(3)
    drawn = np.arange(2000) % 2
    unmeasured = rng.standard_normal(2000)
    mediator = 0.5 * drawn + unmeasured + rng.standard_normal(2000)
    outcome = unmeasured + rng.standard_normal(2000)
    found = mediation(outcome, mediator, drawn, by_lot=True)
    (part,) = found.parts
    assert part.indirect.interval.low > 0.1
    assert part.total.interval.low < 0 < part.total.interval.high
    assert part.vanishing_correlation == pytest.approx(0.5, abs=0.05)
    assert len(found.cautions) == 1
    assert "not drawn by lot" in found.cautions[0].in_language("en")
    known = mediation(outcome, mediator, drawn, covariates=unmeasured, by_lot=True).parts[0]
    assert known.indirect.interval.low < 0 < known.indirect.interval.high


def test_a_cause_that_was_not_drawn_either_is_said_too() -> None:
    y, m, x, team = people(1)
    found = multilevel_mediation(y, m, x, team)
    assert "Nor is the cause" in found.cautions[1].in_language("en")
    few = multilevel_mediation(y, m, x, team % 5)
    assert any("So few groups" in caution.in_language("en") for caution in few.cautions)


def test_what_has_no_answer_is_refused_by_name() -> None:
    y, m, x, team = people(2)
    still = np.random.default_rng(1).standard_normal(15)[team]
    with pytest.raises(CannotBeFitted, match="mediator: The mediator never varies within groups"):
        multilevel_mediation(y, still, x, team)
    even = m - (np.bincount(team, m) / np.bincount(team))[team]
    with pytest.raises(CannotBeFitted, match="mean is the same in every group"):
        multilevel_mediation(y, even, x, team)
    with pytest.raises(CannotBeFitted, match="mediator: The other columns explain every difference"):
        mediation(y, 2 * x + 1, x)
    with pytest.raises(CannotBeFitted, match="outcome: The other columns explain every difference"):
        mediation(m + x, m, x)
    with pytest.raises(CannotBeFitted, match="cause: This column follows exactly from intercept"):
        mediation(y, m, np.ones(len(y)))
    with pytest.raises(CannotBeFitted, match="mediator: 1 values are missing"):
        mediation(y, np.where(np.arange(len(y)) == 3, np.nan, m), x)
    with pytest.raises(CannotBeFitted, match="one group only"):
        multilevel_mediation(y, m, x, np.zeros(len(y)))
    with pytest.raises(CannotBeFitted, match="119 labels for 120 rows"):
        multilevel_mediation(y, m, x, team[:-1])
