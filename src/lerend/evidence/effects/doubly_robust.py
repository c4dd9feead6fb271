"""Two times, two groups: the mean effect on those that began, with covariates, and what every unit adds to its error.

All follow Sant'Anna & Zhao (2020), Journal of Econometrics 219. The standard error is the root of the mean of the
squared influences over n.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.effects.measured import no_effect
from lerend.wording import say

Adjusted: TypeAlias = Literal["dr", "reg", "ipw", "drimp"]
"""Doubly robust; by regression; by weights (normalised); doubly robust with tilted weights and weighted regression."""
Floats: TypeAlias = NDArray[np.float64]
_STEPS: Final = 100


@dataclass(frozen=True, slots=True, eq=False)
class OnBegun:
    """The mean effect on units that began; `influence` (n) is what each unit adds."""

    value: float
    influence: Floats

    @property
    def se(self) -> float:
        return sqrt(float((self.influence**2).mean()) / len(self.influence))


def effect_on_begun(change: Floats, begun: NDArray[np.bool_], covariates: Floats, adjusted: Adjusted = "dr") -> OnBegun:
    """Difference in differences for two times.

    Args:
        change: (n) outcome after minus before.
        begun: (n).
        covariates: (n, q); with none, all ways give the plain difference of mean changes.

    Raises:
        EffectCannotBeEstimated: a group is empty, or covariates tell the groups apart completely.
    """
    if not begun.any() or begun.all():
        raise no_effect(say("One of the groups is empty."), say("Compare with units that did not begin."))
    x = np.column_stack([np.ones(len(change)), covariates])
    if np.linalg.matrix_rank(x[~begun]) < x.shape[1]:
        raise no_effect(say("A covariate does not vary among those that did not begin."), say("Leave it out."))
    d = begun.astype(np.float64)
    if adjusted == "reg":
        return _by_regression(change, d, x)
    if adjusted == "drimp":
        return _tilted(change, d, x)
    return _by_weights(change, d, x, regression=adjusted == "dr")


def _by_regression(change: Floats, d: Floats, x: Floats) -> OnBegun:
    coefficients, linear = _regression(change, d, x, np.ones(len(d)))
    fitted = x @ coefficients
    share = d.mean()
    treated = (d * change).mean() / share
    control = (d * fitted).mean() / share
    pull = linear @ (d[:, None] * x).mean(axis=0)
    influence = (d * (change - treated)) / share - (d * (fitted - control) + pull) / share
    return OnBegun(float(treated - control), influence)


def _by_weights(change: Floats, d: Floats, x: Floats, *, regression: bool) -> OnBegun:
    chance, linear = _chance_of_beginning(d, x)
    weight = chance * (1 - d) / (1 - chance)
    if regression:
        coefficients, linear_fit = _regression(change, d, x, np.ones(len(d)))
        left = change - x @ coefficients
    else:
        linear_fit, left = np.zeros_like(x), change
    share, reach = d.mean(), weight.mean()
    treated, control = (d * left).mean() / share, (weight * left).mean() / reach
    of_treated = d * (left - treated) - (linear_fit @ (d[:, None] * x).mean(axis=0) if regression else 0.0)
    of_control = weight * (left - control) + linear @ ((weight * (left - control))[:, None] * x).mean(axis=0)
    if regression:
        of_control -= linear_fit @ (weight[:, None] * x).mean(axis=0)
    return OnBegun(float(treated - control), of_treated / share - of_control / reach)


def _tilted(change: Floats, d: Floats, x: Floats) -> OnBegun:
    """Weights that make the groups equal on the covariates exactly; then no estimated part moves the error."""
    weight = np.exp(x @ _tilt(d, x)) * (1 - d)
    coefficients, _ = _regression(change, d, x, np.where(d > 0, 1.0, weight))
    left = change - x @ coefficients
    share, reach = d.mean(), weight.mean()
    treated, control = (d * left).mean() / share, (weight * left).mean() / reach
    influence = d * (left - treated) / share - weight * (left - control) / reach
    return OnBegun(float(treated - control), influence)


def _regression(change: Floats, d: Floats, x: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Coefficients among those that did not begin, and (n, p) what each unit adds to them."""
    own = weight * (1 - d)
    cross = (own[:, None] * x).T @ x / len(d)
    coefficients = np.asarray(np.linalg.solve(cross, (own[:, None] * x).T @ change / len(d)), dtype=np.float64)
    linear = (own * (change - x @ coefficients))[:, None] * x @ np.linalg.inv(cross)
    return coefficients, np.asarray(linear, dtype=np.float64)


def _chance_of_beginning(d: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Logistic regression by Newton's method: fitted chances, and (n, p) what each unit adds to the coefficients."""
    coefficients = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        chance = _logistic(x @ coefficients)
        information = (x * (chance * (1 - chance))[:, None]).T @ x
        step = _solved(information, x.T @ (d - chance))
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-12 * (1 + np.abs(coefficients).max()):
            break
    chance = _logistic(x @ coefficients)
    if chance.max() > 1 - 1e-6:
        raise _apart()
    information = (x * (chance * (1 - chance))[:, None]).T @ x / len(d)
    return chance, np.asarray((d - chance)[:, None] * x @ np.linalg.inv(information), dtype=np.float64)


def _logistic(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-values)), dtype=np.float64)


def _tilt(d: Floats, x: Floats) -> Floats:
    """Coefficients with the sum of X over those that began equal to the exp(X c)-weighted sum over the others."""
    coefficients = np.zeros(x.shape[1])
    coefficients[0] = np.log(d.sum() / (1 - d).sum())
    for _ in range(_STEPS):
        weight = np.exp(x @ coefficients) * (1 - d)
        step = _solved((x * weight[:, None]).T @ x, x.T @ (d - weight))
        coefficients = coefficients + step / max(1.0, float(np.abs(x @ step).max()) / 2)
        if np.abs(step).max() < 1e-12 * (1 + np.abs(coefficients).max()):
            return coefficients
    raise _apart()


def _solved(matrix: Floats, vector: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.solve(matrix, vector), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise _apart() from None


def _apart() -> Exception:
    return no_effect(
        say("The covariates tell the groups apart completely."),
        say("Leave some out, or compare with units more alike."),
    )
