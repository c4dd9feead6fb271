"""What goes with the outcomes: found in the data, and from the priors where the data are silent."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from lerend.diagnosis.association import Association, associate, robustness
from lerend.diagnosis.sensitivity import leaves_with

CORRELATION = np.array([[1.0, 0.3, 0.3], [0.3, 1.0, 0.3], [0.3, 0.3, 1.0]])
TRUE = np.array([0.4, 0.0, 0.2])
PRIOR = np.array([0.1, 0.1, 0.4])


def found(
    people: float, *, beta: NDArray[np.float64] = TRUE, reliability: float = 1.0, information: float = 1.0
) -> Association:
    return associate(
        CORRELATION,
        CORRELATION @ beta,
        people=people,
        information=np.full(3, information),
        reliability=np.full(3, reliability),
        prior=PRIOR,
    )


def test_many_answers_speak_for_themselves() -> None:
    np.testing.assert_allclose(found(50_000).mean, TRUE, atol=0.01)


def test_few_answers_follow_the_order_of_the_priors() -> None:
    silent = found(8, beta=np.zeros(3))
    assert silent.mean[2] > silent.mean[0]
    np.testing.assert_allclose(silent.mean[0], silent.mean[1], atol=1e-9)


@pytest.mark.parametrize(
    "unsure", [found(100), found(1000, reliability=0.5), found(1000, information=0.3)], ids=["people", "noise", "forms"]
)
def test_less_knowledge_makes_the_association_less_sure(unsure: Association) -> None:
    sure = found(1000)
    assert (unsure.standard_error > sure.standard_error).all()
    assert np.trace(unsure.covariance) > np.trace(sure.covariance)


def test_relabelling_factors_relabels_the_result() -> None:
    order = [2, 0, 1]
    one = found(300)
    other = associate(
        CORRELATION[np.ix_(order, order)],
        (CORRELATION @ TRUE)[order],
        people=300,
        information=np.ones(3),
        reliability=np.ones(3),
        prior=PRIOR[order],
    )
    np.testing.assert_allclose(other.mean, one.mean[order], atol=1e-9)


def test_correlations_that_cannot_be_are_mended_and_not_refused() -> None:
    impossible = np.array([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])
    result = associate(
        impossible, np.full(3, 0.3), people=40, information=np.ones(3), reliability=np.ones(3), prior=PRIOR
    )
    assert np.isfinite(result.mean).all()
    assert (np.linalg.eigvalsh(result.covariance) > -1e-9).all()


def test_the_stated_uncertainty_holds_the_truth() -> None:
    generator = np.random.default_rng(4)
    root = np.linalg.cholesky(CORRELATION)
    held = []
    for _ in range(300):
        x = generator.standard_normal((150, 3)) @ root.T
        y = x @ TRUE + np.sqrt(0.75) * generator.standard_normal(150)
        together = np.corrcoef(np.column_stack([x, y]), rowvar=False)
        result = associate(
            together[:3, :3], together[:3, 3], people=149, information=np.ones(3), reliability=np.ones(3), prior=PRIOR
        )
        held.append(np.abs(result.mean - TRUE) < 1.96 * np.sqrt(result.covariance.diagonal()))
    assert 0.91 <= np.mean(held) <= 0.98


def test_robustness_is_cinelli_and_hazletts() -> None:
    association = Association(np.array([0.2]), np.eye(1), np.array([0.05]), 96.0, np.eye(1))
    f2 = (0.2 / 0.05) ** 2 / 96
    np.testing.assert_allclose(robustness(association), [0.5 * (np.sqrt(f2**2 + 4 * f2) - f2)])


def test_a_strong_factor_takes_a_strong_unmeasured_influence_to_leave_the_list() -> None:
    association = found(400)
    gap = np.full(3, 0.5)
    eligible = np.ones(3, dtype=bool)
    strong = leaves_with(association, 0, gap, eligible, size=1)
    assert strong is not None
    assert strong > 0.2
    assert leaves_with(association, 1, gap, eligible, size=1) is None
