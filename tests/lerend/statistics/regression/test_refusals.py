"""Data that leave a regression without an answer: which sentence is said."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.statistics.regression.cluster_robust import cluster_robust, wald_test
from lerend.statistics.regression.least_squares import least_squares
from lerend.statistics.regression.problems import CannotBeFitted
from lerend.statistics.regression.wild_bootstrap import wild_bootstrap

RNG = np.random.default_rng(7)
TEAMS = np.repeat(np.arange(6), 5)
PERSON = RNG.standard_normal(30)
OUTCOME = PERSON + RNG.standard_normal(30)
DESIGN = np.column_stack([np.ones(30), PERSON])


def test_a_column_that_follows_from_others_names_them() -> None:
    design = np.column_stack([DESIGN, PERSON**2, 2 * PERSON - 3])
    with pytest.raises(CannotBeFitted, match="follows exactly from intercept and hours") as caught:
        least_squares(OUTCOME, design, names=("intercept", "hours", "square", "twice"))
    assert [problem.where for problem in caught.value.problems] == ["twice"]


def test_a_column_that_does_not_vary_inside_the_fixed_effects_is_named() -> None:
    with pytest.raises(CannotBeFitted, match="size: This column does not vary"):
        least_squares(OUTCOME, TEAMS**2.0, names=("size",), absorb=[TEAMS])


@pytest.mark.parametrize(
    ("outcome", "design", "what"),
    [
        (np.where(np.arange(30) == 3, np.nan, OUTCOME), DESIGN, "outcome: 1 values are missing"),
        (OUTCOME[:20], DESIGN, "20 rows, the design 30"),
        (OUTCOME[:2], DESIGN[:2], "2 rows cannot carry 2 coefficients"),
        (OUTCOME, np.where(PERSON[:, None] > 0, np.inf, DESIGN), "missing or no numbers"),
    ],
)
def test_what_cannot_be_fitted_says_why(outcome: NDArray[np.float64], design: NDArray[np.float64], what: str) -> None:
    with pytest.raises(CannotBeFitted, match=what):
        least_squares(outcome, design)


@pytest.mark.parametrize("weights", [np.zeros(30), -np.ones(30), np.ones(29)])
def test_weights_that_weigh_nothing_are_refused(weights: NDArray[np.float64]) -> None:
    with pytest.raises(CannotBeFitted, match="Weights must be"):
        least_squares(OUTCOME, DESIGN, weights=weights)


def test_one_cluster_is_none() -> None:
    fit = least_squares(OUTCOME, DESIGN)
    for ask in (cluster_robust, lambda fit, teams: wild_bootstrap(fit, teams, "x2")):
        with pytest.raises(CannotBeFitted, match="All rows belong to one cluster"):
            ask(fit, np.ones(30))
    with pytest.raises(CannotBeFitted, match="29 labels for 30 rows"):
        cluster_robust(fit, TEAMS[:29])


def test_a_coefficient_that_rests_on_one_cluster_has_no_error() -> None:
    design = np.column_stack([DESIGN, TEAMS == 2])
    found = cluster_robust(least_squares(OUTCOME, design, names=("intercept", "person", "team 2")), TEAMS)
    assert np.isnan(found.standard_error[2])
    assert np.isfinite(found.standard_error[1])
    assert "One cluster alone decides about team 2" in found.cautions[0].in_language("en")
    assert np.isnan(wald_test(least_squares(OUTCOME, design), TEAMS, ["x2", "x3"]).p)


def test_too_few_clusters_for_a_t_are_flagged() -> None:
    found = cluster_robust(least_squares(OUTCOME, DESIGN, names=("intercept", "person")), TEAMS // 2)
    assert "Too few clusters" in found.cautions[-1].in_language("en")


def test_an_outcome_that_is_explained_completely_cannot_be_tested() -> None:
    with pytest.raises(CannotBeFitted, match="Nothing is left over"):
        wild_bootstrap(least_squares(DESIGN @ [1.0, 2.0], DESIGN), TEAMS, "x2")


def test_fixed_effects_across_clusters_are_asked_for_as_columns_by_the_bootstrap() -> None:
    fit = least_squares(OUTCOME, PERSON, absorb=[np.arange(30) % 3])
    with pytest.raises(CannotBeFitted, match="lie across clusters"):
        wild_bootstrap(fit, TEAMS, "x1")


def test_unknown_kinds_and_weights_are_refused() -> None:
    fit = least_squares(OUTCOME, DESIGN)
    with pytest.raises(ValueError, match="CR2"):
        cluster_robust(fit, TEAMS, "CR9")  # type: ignore[arg-type]  # what a person could type
    with pytest.raises(ValueError, match="webb"):
        wild_bootstrap(fit, TEAMS, "x2", weights="normal")  # type: ignore[arg-type]  # as above
