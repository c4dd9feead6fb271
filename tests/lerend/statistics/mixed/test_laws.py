"""What mixed models obey on any data, and what is refused or flagged."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lerend.statistics.mixed.centring import within_and_between
from lerend.statistics.mixed.fitting import mixed_model, nested_mixed_model
from lerend.statistics.mixed.model import Fitted, MixedModel
from lerend.statistics.mixed.predicting import expected_ranks, group_effects
from lerend.statistics.mixed.profile import profile_intervals
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.problems import CannotBeFitted

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
SEEDS = st.integers(0, 100_000)


def made(seed: int, teams: int = 20, between: float = 1.0) -> tuple[Floats, Floats, Codes, Codes]:
    """Outcome, a column of people, team and company (four teams each); teams of unequal size."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(teams), rng.integers(3, 9, teams))
    company = team // 4
    person = rng.standard_normal(len(team)) + 0.5 * rng.standard_normal(teams)[team]
    slope = 1 + 0.6 * rng.standard_normal(teams)[team]
    noise = rng.standard_normal(len(team)) + between * rng.standard_normal(teams)[team]
    return 2 + slope * person + noise + 0.8 * rng.standard_normal(teams)[company], person, team, company


def log_likelihood(model: MixedModel, y: Floats, x: Floats, effects: list[tuple[Floats, Floats]]) -> float:
    """As it is defined, with matrices as large as rows; `effects` are columns per group and their covariance."""
    covariance = model.residual_variance * np.eye(len(y))
    for columns, among in effects:
        covariance += columns @ np.kron(np.eye(columns.shape[1] // len(among)), among) @ columns.T
    inverse = np.linalg.inv(covariance)
    design = x.T @ inverse @ x
    residual = y - x @ np.linalg.solve(design, x.T @ inverse @ y)
    apart = float(np.linalg.slogdet(covariance)[1] + residual @ inverse @ residual)
    count = len(y)
    if model.restricted:
        apart += float(np.linalg.slogdet(design)[1])
        count -= x.shape[1]
    return float(-(apart + count * np.log(2 * np.pi)) / 2)


def indicators(groups: Codes, *columns: Floats) -> Floats:
    """(rows, groups * effects) the columns of each group next to each other."""
    effects = np.column_stack([np.ones(len(groups)), *columns])
    member = groups[:, None] == np.unique(groups)
    return np.asarray((member[:, :, None] * effects[:, None, :]).reshape(len(groups), -1), dtype=np.float64)


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.booleans(), st.booleans())
def test_the_likelihood_is_the_one_that_is_defined_and_lower_all_around(
    seed: int, slopes: bool, restricted: bool
) -> None:
    y, person, team, _ = made(seed)
    x = np.column_stack([np.ones(len(y)), person])
    found = mixed_model(y, x, team, slopes={"person": person} if slopes else None, restricted=restricted).model
    columns = indicators(team, person) if slopes else indicators(team)
    among = found.levels[0].covariance
    best = log_likelihood(found, y, x, [(columns, among)])
    assert found.log_likelihood == pytest.approx(best, abs=1e-6)
    for factor in (0.9, 1.1):
        assert log_likelihood(found, y, x, [(columns, among * factor)]) <= best + 1e-9
    assert found.proof.curvature > 0
    assert found.proof.slope < 1e-3


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.booleans())
def test_the_likelihood_of_teams_in_companies_is_the_one_that_is_defined(seed: int, restricted: bool) -> None:
    y, person, team, company = made(seed)
    x = np.column_stack([np.ones(len(y)), person])
    found = nested_mixed_model(y, x, team, company, restricted=restricted).model
    parts = [(indicators(of), level.covariance) for of, level in zip((team, company), found.levels, strict=True)]
    best = log_likelihood(found, y, x, parts)
    assert found.log_likelihood == pytest.approx(best, abs=1e-6)
    for place in (0, 1):
        other = [(of, among * (1.2 if at == place else 1.0)) for at, (of, among) in enumerate(parts)]
        assert log_likelihood(found, y, x, other) <= best + 1e-9


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_order_of_rows_units_and_names_of_teams_do_not_matter(seed: int) -> None:
    y, person, team, company = made(seed)
    x = np.column_stack([np.ones(len(y)), person])
    order = np.random.default_rng(seed).permutation(len(y))
    names = np.array([f"team {9 - of % 4}" for of in team])
    found = nested_mixed_model(y, x, team, company).model
    again = nested_mixed_model(
        1000 + 50 * y[order], (x * [1.0, 0.01])[order], names[order], company[order] * 7 + 3
    ).model
    assert again.t[1] == pytest.approx(found.t[1], rel=1e-5)
    assert again.degrees_of_freedom[1] == pytest.approx(found.degrees_of_freedom[1], rel=1e-4)
    assert again.residual_variance == pytest.approx(2500 * found.residual_variance, rel=1e-5)
    assert again.singular == found.singular


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_the_within_part_is_what_fixed_effects_find_and_both_parts_make_the_column(seed: int) -> None:
    y, person, team, _ = made(seed)
    within, between = within_and_between(person, team)
    np.testing.assert_allclose(within + between, person, atol=1e-12)
    assert np.abs(np.bincount(team, within)).max() < 1e-12
    apart = mixed_model(y, np.column_stack([np.ones(len(y)), within, between]), team).model
    fixed_effects = least_squares(y, person, absorb=[team])
    assert apart.estimate[1] == pytest.approx(fixed_effects.estimate[0], rel=1e-7)


@settings(max_examples=20, deadline=None)
@example(4740, 0.0)
@given(SEEDS, st.floats(0.0, 1.0))
def test_equal_teams_have_the_variances_of_the_analysis_of_variance_or_none_between(seed: int, between: float) -> None:
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(12), 6)
    y = rng.standard_normal(72) + between * rng.standard_normal(12)[team]
    means = np.bincount(team, y) / 6
    within = float(((y - means[team]) ** 2).sum() / 60)
    apart = 6 * float(means.var(ddof=1))
    found = mixed_model(y, np.ones((72, 1)), team).model
    expected = max(0.0, (apart - within) / 6)
    # Just where the variance becomes zero the likelihood is flat to the fourth order, and tells little about where.
    flat = abs(apart / within - 1) < 0.01
    assert found.levels[0].covariance[0, 0] == pytest.approx(expected, abs=2e-3 if flat else 2e-6)
    if apart > 1.01 * within:
        assert not found.singular
        assert found.residual_variance == pytest.approx(within, rel=1e-6)
        assert found.degrees_of_freedom[0] == pytest.approx(11, rel=1e-4)
    if apart < 0.99 * within:
        assert found.singular
        assert "show no difference" in found.cautions[0].in_language("en")
        assert found.standard_error[0] == pytest.approx(float(y.std(ddof=1)) / 72**0.5, rel=1e-5)


def test_effects_of_teams_are_drawn_towards_all_and_more_so_where_people_are_few() -> None:
    y, _, team, _ = made(5)
    fitted = mixed_model(y, np.ones((len(y), 1)), team)
    (effects,) = group_effects(fitted)
    size = np.bincount(team)
    raw = np.bincount(team, y) / size - fitted.model.estimate[0]
    kept = effects.effect[:, 0] / raw
    ratio = float(fitted.model.levels[0].covariance[0, 0]) / fitted.model.residual_variance
    np.testing.assert_allclose(kept, size * ratio / (1 + size * ratio), rtol=1e-6)
    ranks = expected_ranks(effects.effect[:, 0], effects.standard_error[:, 0])
    assert ranks.sum() == pytest.approx(20 * 21 / 2)
    assert np.argmin(ranks) == np.argmax(effects.effect[:, 0])


def test_profile_intervals_hold_the_estimates_and_are_for_one_intercept_only() -> None:
    y, person, team, _ = made(5, teams=12)
    x = np.column_stack([np.ones(len(y)), person])
    found = profile_intervals(mixed_model(y, x, team, restricted=False))
    model = mixed_model(y, x, team, restricted=False).model
    assert found.between.low < float(model.levels[0].covariance[0, 0]) ** 0.5 < found.between.high
    assert found.within.low < model.residual_variance**0.5 < found.within.high
    with pytest.raises(CannotBeFitted, match="one intercept per group only"):
        profile_intervals(mixed_model(y, x, team, slopes={"person": person}))


def fitted_to(outcome: Floats, columns: Floats, groups: Codes) -> Fitted:
    return mixed_model(outcome, columns, groups)


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.floats(-1000, 1000), st.floats(1e-4, 1e4))
def test_slopes_ask_for_no_unit_and_no_zero(seed: int, zero: float, unit: float) -> None:
    y, person, team, _ = made(seed)
    ones = np.ones(len(y))
    one = mixed_model(y, np.column_stack([ones, person]), team, slopes={"person": person})
    scaled = unit * (person + zero)
    other = mixed_model(y, np.column_stack([ones, scaled]), team, slopes={"person": scaled})
    assert other.model.singular == one.model.singular
    assert other.model.t[1] == pytest.approx(one.model.t[1], rel=1e-5)
    slopes = [float(found.model.levels[0].covariance[1, 1]) for found in (one, other)]
    assert slopes[1] * unit**2 == pytest.approx(slopes[0], rel=1e-4, abs=1e-7)
    effects = [group_effects(found)[0] for found in (one, other)]
    np.testing.assert_allclose(effects[1].effect[:, 1] * unit, effects[0].effect[:, 1], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("groups", "what"),
    [
        (np.zeros(60, dtype=np.int64), "one group only"),
        (np.arange(60), "Every group has one member"),
        (np.arange(59) // 5, "59 labels for 60 rows"),
    ],
)
def test_groups_that_tell_nothing_are_refused(groups: Codes, what: str) -> None:
    y = np.random.default_rng(1).standard_normal(60)
    with pytest.raises(CannotBeFitted, match=what):
        fitted_to(y, np.ones((60, 1)), groups)


def test_columns_that_follow_from_others_and_outcomes_without_variance_are_refused() -> None:
    y, person, team, company = made(1)
    ones = np.ones(len(y))
    with pytest.raises(CannotBeFitted, match="follows exactly from x1 and x2"):
        fitted_to(y, np.column_stack([ones, person, 1 - person]), team)
    with pytest.raises(CannotBeFitted, match="explains every difference"):
        fitted_to(3 + 2 * person, np.column_stack([ones, person]), team)
    with pytest.raises(CannotBeFitted, match="rows cannot carry"):
        fitted_to(y[:3], np.column_stack([ones, person, person**2])[:3], team[:3])
    with pytest.raises(CannotBeFitted, match="outer groups: There is one group only"):
        nested_mixed_model(y, ones[:, None], team, np.zeros_like(company))


def test_an_outcome_that_does_not_vary_within_teams_has_no_fit_to_show() -> None:
    _, person, team, _ = made(1)
    mine = np.random.default_rng(1).standard_normal((2, 20))[:, team]
    with pytest.raises(CannotBeFitted, match="does not vary within groups"):
        fitted_to(mine[0], np.ones((len(team), 1)), team)
    with pytest.raises(CannotBeFitted, match="does not vary within groups"):
        nested_mixed_model(mine[0], np.ones((len(team), 1)), team, team // 4)
    with pytest.raises(CannotBeFitted, match="does not vary within groups"):
        mixed_model(
            mine[0] + mine[1] * person, np.column_stack([np.ones(len(team)), person]), team, slopes={"p": person}
        )


def test_a_slope_that_cannot_differ_between_teams_is_refused_by_name() -> None:
    y, person, team, _ = made(1)
    design = np.column_stack([np.ones(len(y)), person])
    with pytest.raises(CannotBeFitted, match="size: This column does not vary within any group"):
        mixed_model(y, design, team, slopes={"person": person, "size": np.bincount(team)[team]})
    with pytest.raises(CannotBeFitted, match="person: There are 5 values"):
        mixed_model(y, design, team, slopes={"person": person[:5]})


def test_a_group_of_one_among_larger_ones_counts_and_breaks_nothing() -> None:
    y, person, team, _ = made(6)
    lonely = np.append(team, 99)
    found = fitted_to(np.append(y, 2.0), np.column_stack([np.ones(len(lonely)), np.append(person, 0.3)]), lonely)
    assert found.model.levels[0].groups == 21
    assert np.isfinite(found.model.standard_error).all()
