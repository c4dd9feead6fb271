"""Slope, information and moments of the likelihood, against differences and against going through all patterns."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.statistics.latent_trait.curves import ItemCurve
from lerend.statistics.latent_trait.fit import trait_fit
from lerend.statistics.latent_trait.likelihood import Grid, expected, grid_of, observed_information, slope_of
from lerend.statistics.latent_trait.patterns import Patterns, patterns_of
from lerend.statistics.latent_trait.scores import likeliest_places
from lerend.statistics.latent_trait.search import search
from tests.lerend.statistics.latent_trait.trait_answers import answers, names

GRID = grid_of(61)
CURVES = (
    ItemCurve(1.2, np.array([1.5, 0.2, -1.0])),
    ItemCurve(-0.7, np.array([0.4])),
    ItemCurve(2.0, np.array([2.0, -1.5])),
)
SIZES = (4, 2, 3)


def with_holes() -> Patterns:
    rows = np.column_stack(
        [answers(80, 1, 1, cuts=(-1, 0, 1)), answers(80, 1, 2, cuts=(0,)), answers(80, 1, 3, cuts=(-1, 1))]
    )
    rows[:20, 0] = 0
    return patterns_of(rows.astype(np.uint8), list("abc"))


def curves_at(at: NDArray[np.float64]) -> tuple[ItemCurve, ...]:
    parts = np.split(at, np.cumsum(SIZES)[:-1])
    return tuple(ItemCurve(float(part[0]), part[1:]) for part in parts)


AT = np.concatenate([np.append(curve.slope, curve.intercepts) for curve in CURVES])


def slope_at(at: NDArray[np.float64]) -> NDArray[np.float64]:
    patterns = with_holes()
    return slope_of(patterns, curves_at(at), GRID, expected(patterns, curves_at(at), GRID)[1])


def test_slope_is_the_change_of_the_log_likelihood() -> None:
    patterns, found = with_holes(), slope_at(AT)
    for place in range(len(AT)):
        step = 1e-5 * np.eye(len(AT))[place]
        up, down = (expected(patterns, curves_at(AT + sign * step), GRID)[0] for sign in (1, -1))
        assert found[place] == pytest.approx((up - down) / 2e-5, abs=1e-5)


def test_observed_information_is_the_change_of_the_slope() -> None:
    patterns = with_holes()
    found = observed_information(patterns, CURVES, GRID, expected(patterns, CURVES, GRID)[1])
    step = 1e-5
    changes = [(slope_at(AT + step * unit) - slope_at(AT - step * unit)) / (2 * step) for unit in np.eye(len(AT))]
    np.testing.assert_allclose(found, -np.array(changes), atol=1e-5)


def test_probabilities_of_all_patterns_are_one_together() -> None:
    every = np.array(list(itertools.product(range(1, 5), range(1, 3), range(1, 4))), dtype=np.uint8)
    one_each = patterns_of(every, list("abc"))
    each = [expected(patterns_of(every[[row]], "abc", chosen=one_each.chosen), CURVES, GRID)[0] for row in range(24)]
    assert np.exp(each).sum() == pytest.approx(1, abs=1e-12)


def test_probabilities_stay_positive_where_an_answer_is_next_to_impossible() -> None:
    likely = ItemCurve(14.0, np.array([30.0, 29.0, -30.0])).log_likely(GRID.places)
    assert np.isfinite(likely).all()
    np.testing.assert_allclose(np.exp(likely).sum(axis=1), 1, atol=1e-12)


def test_information_is_the_expected_curvature() -> None:
    for curve in CURVES:
        likely = np.exp(curve.log_likely(GRID.places))
        np.testing.assert_allclose(curve.information(GRID.places), (likely * curve.bend(GRID.places)).sum(axis=1))


def test_no_place_is_likelier_than_the_likeliest() -> None:
    patterns = with_holes()
    found = likeliest_places(patterns, CURVES)
    fine = Grid(np.linspace(-6, 6, 4001), np.full(4001, 1 / 4001))
    for row, answer in enumerate(patterns.answers):
        height = -(fine.places**2) / 2
        for curve, given in zip(CURVES, answer, strict=True):
            height = height + (curve.log_likely(fine.places)[:, given] if given >= 0 else 0.0)
        assert found.value[row] == pytest.approx(fine.places[height.argmax()], abs=0.002)


def test_fit_is_that_of_going_through_all_patterns() -> None:
    rows = answers(400, 4, cuts=(-0.5, 0.7))
    patterns = patterns_of(rows, names(rows))
    curves = search(patterns, GRID).curves
    every = np.array(list(itertools.product((0, 1, 2), repeat=4)))

    def chances(of: tuple[ItemCurve, ...]) -> NDArray[np.float64]:
        likely = np.exp(sum(curve.log_likely(GRID.places)[:, every[:, item]] for item, curve in enumerate(of)))
        return np.asarray(GRID.shares @ likely)

    pairs = list(itertools.combinations(range(4), 2))
    moments = np.column_stack(
        [every[:, item] >= step for item in range(4) for step in (1, 2)]
        + [every[:, one] * every[:, other] for one, other in pairs]
    ).astype(float)
    chance, at = chances(curves), np.concatenate([np.append(curve.slope, curve.intercepts) for curve in curves])

    def moved(unit: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(chances(tuple(ItemCurve(part[0], part[1:]) for part in np.split(at + unit, 4))) @ moments)

    slopes = np.column_stack([(moved(1e-5 * unit) - moved(-1e-5 * unit)) / 2e-5 for unit in np.eye(len(at))])
    centred = moments - chance @ moments
    weight = np.linalg.inv((centred * chance[:, None]).T @ centred)
    apart = ((rows[:, None, :] - 1 == every).all(axis=2).mean(axis=0) - chance) @ moments
    inner = slopes.T @ weight
    expected_statistic = 400 * (apart @ weight @ apart - inner @ apart @ np.linalg.solve(inner @ slopes, inner @ apart))
    found = trait_fit(patterns, curves, GRID)
    assert found is not None
    assert found.degrees == 2
    assert found.statistic == pytest.approx(expected_statistic, rel=1e-5)
