"""Where the likelihood is highest: Newton's method with exact derivatives, and the proof that it ended there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.statistics.mixed.pieces import Ends, Floats, Model, Pieces
from lerend.statistics.mixed.relative import Relative
from lerend.statistics.regression.problems import cannot_be_fitted
from lerend.wording import say

_STEPS: Final = 100
_FLAT: Final = 1e-7
_NEARLY: Final = 1e-3
_ROUNDING: Final = 1e-11
_NOTHING: Final = 1e-10
"""Groups that leave this share of the outcome's differences to people explain them all."""
_EDGE: Final = 1e-4
"""A standard deviation below this share of what rows say about it counts as zero."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a fit may be shown.

    Attributes:
        slope: how far the lowest point of minus twice the log-likelihood still lies away, by the slope left: the
            root of twice what is still to be gained, so 1 is about one standard error.
        curvature: the smallest eigenvalue of its curvature, in the same unit, where it is 2 in every direction of a
            parabola; above zero for a minimum.
        steps: how many Newton steps it took.
    """

    slope: float
    curvature: float
    steps: int


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """Where the search ended.

    Attributes:
        theta, gamma: (K,) as in `Relative`.
        deviance: minus twice the log-likelihood at its best coefficients and residual variance, up to a constant.
        pieces: there.
        slope, curvature: (K,), (K, K) derivatives of the deviance by gamma.
        singular: a variance is zero, or effects go together perfectly.
        proof: that this is a minimum.
    """

    theta: Floats
    gamma: Floats
    deviance: float
    pieces: Pieces
    singular: bool
    proof: Proof


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is to be made small.

    Attributes:
        restricted: REML; else ML.
        rows: how many.
        p: how many coefficients.
    """

    restricted: bool
    rows: int
    p: int

    @property
    def freedom(self) -> int:
        return self.rows - self.p if self.restricted else self.rows

    def deviance(self, ends: Ends) -> float:
        """Up to a constant; infinite where there is none."""
        log_determinant, products = ends
        design = products[:-1, :-1]
        sign, size = np.linalg.slogdet(design)
        scatter = left_over(products)[1] if sign > 0 else 0.0
        if scatter <= 0:
            return math.inf
        return log_determinant + (float(size) if self.restricted else 0.0) + self.freedom * math.log(scatter)

    def derivatives(self, pieces: Pieces) -> tuple[Floats, Floats]:
        """(K,) slope and (K, K) curvature of the deviance by gamma."""
        inverse = np.linalg.inv(pieces.products[:-1, :-1])
        turn, scatter = left_over(pieces.products)
        pulled = pieces.chain @ turn
        misfit = pulled @ turn
        slope = pieces.trace - self.freedom * misfit / scatter
        bent = np.einsum("ijmn,m,n->ij", pieces.chains, turn, turn)
        bent -= pulled[:, :-1] @ inverse @ pulled[:, :-1].T
        curvature = -pieces.traces + self.freedom * ((bent + bent.T) / scatter - np.outer(misfit, misfit) / scatter**2)
        if self.restricted:
            design = pieces.chain[:, :-1, :-1]
            slope = slope - np.einsum("imn,mn->i", design, inverse)
            both = inverse @ design
            curvature = curvature + 2 * np.einsum("ijmn,mn->ij", pieces.chains[:, :, :-1, :-1], inverse)
            curvature -= np.einsum("imn,jnm->ij", both, both)
        return slope, curvature


def left_over(products: Floats) -> tuple[Floats, float]:
    """(-coefficients, 1), and the weighted sum of squared residuals at those coefficients."""
    coefficients = np.linalg.solve(products[:-1, :-1], products[:-1, -1])
    turn = np.append(-coefficients, 1.0)
    return turn, float(turn @ products @ turn)


def search(model: Model, relative: Relative, criterion: Criterion, unit: Floats) -> Optimum:
    """The parameters where the deviance is lowest.

    Args:
        unit: (effects,) relative standard deviations at which each effect begins to be seen, one per effect.

    Raises:
        CannotBeFitted: nothing is left to explain, or the search did not end in a proven minimum.
    """
    theta = _start(model, relative, criterion, unit)
    value = criterion.deviance(model.ends(relative.gamma(theta)))
    before = math.inf
    whole = left_over(model.ends(np.zeros(len(theta)))[1])[1]
    for step in range(_STEPS):
        pieces = model.pieces(relative.gamma(theta))
        _refuse_nothing_within(pieces, whole)
        slope, curvature, push = _by_theta(pieces, relative, criterion, theta)
        proof = _proof(slope, curvature, step)
        # As flat as rounding allows: flat, or nearly so and a full step made it no flatter.
        flat = proof.slope < _FLAT or (proof.slope < _NEARLY and proof.slope > before / 4)
        if flat and proof.curvature > 0 and not _inward(push, theta, relative, unit):
            return _optimum(theta, value, pieces, relative, unit, proof)
        if flat:
            theta = theta + relative.start(unit) * 0.1
            value, before = criterion.deviance(model.ends(relative.gamma(theta))), math.inf
            continue
        theta, value = _step(model, relative, criterion, theta, value, slope, curvature)
        before = proof.slope
    what = say("The search for the variances did not end in a proven best fit, so there is none to show.")
    raise cannot_be_fitted("model", what, say("Leave out a random effect, or put columns on a common scale."))


def _start(model: Model, relative: Relative, criterion: Criterion, unit: Floats) -> Floats:
    tried = [relative.start(unit * factor) for factor in (0.1, 0.5, 2.0, 8.0, 30.0)]
    values = [criterion.deviance(model.ends(relative.gamma(theta))) for theta in tried]
    if not math.isfinite(min(values)):
        what = say("The design explains every difference of the outcome, so there is no variance to divide.")
        raise cannot_be_fitted("outcome", what, say("Take fewer columns."))
    return tried[int(np.argmin(values))]


def _refuse_nothing_within(pieces: Pieces, whole: float) -> None:
    if left_over(pieces.products)[1] <= _NOTHING * whole:
        what = say(
            "The outcome does not vary within groups, so there is nothing to see differences between them against."
        )
        raise cannot_be_fitted("outcome", what, say("Use one row for each group, and a model without groups."))


def _by_theta(pieces: Pieces, relative: Relative, criterion: Criterion, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """Slope and curvature by theta, and slope by gamma."""
    push, bent = criterion.derivatives(pieces)
    jacobian = relative.jacobian(theta)
    return jacobian.T @ push, jacobian.T @ bent @ jacobian + relative.bend(push), push


def _proof(slope: Floats, curvature: Floats, steps: int) -> Proof:
    """In units in which each parameter's own curvature is 2."""
    unit = np.sqrt(2 / np.maximum(np.abs(np.diag(curvature)), 1e-12))
    size, vectors = np.linalg.eigh(curvature * unit * unit[:, np.newaxis])
    along = vectors.T @ (slope * unit)
    away = float(np.sqrt((along**2 / size).sum())) if size[0] > 0 else float(np.abs(along).max())
    return Proof(away, float(size[0]), steps)


def _inward(push: Floats, theta: Floats, relative: Relative, unit: Floats) -> bool:
    """Whether a variance stands at zero although the likelihood asks for more of it."""
    smallest = relative.start(unit) * _EDGE
    return any(
        row == column and abs(value) < edge and slope < 0
        for (_, row, column), value, edge, slope in zip(relative.entries, theta, smallest, push, strict=True)
        if relative.blocks == (1,) * len(relative.blocks)
    )


def _step(
    model: Model,
    relative: Relative,
    criterion: Criterion,
    theta: Floats,
    value: float,
    slope: Floats,
    curvature: Floats,
) -> tuple[Floats, float]:
    """One step down: Newton's where the deviance is bowl-shaped, else along its eigenvectors; halved until lower.

    Near the end a whole step is taken even if rounding hides that it leads down.
    """
    unit = np.sqrt(1 / np.maximum(np.abs(np.diag(curvature)), 1e-12))
    size, vectors = np.linalg.eigh(curvature * unit * unit[:, np.newaxis])
    steady = np.maximum(np.abs(size), 1e-6 * np.abs(size).max())
    move = -unit * (vectors @ ((vectors.T @ (slope * unit)) / steady))
    near = float(np.abs(slope * unit).max()) < _NEARLY
    for _ in range(40):
        tried = theta + move
        found = criterion.deviance(model.ends(relative.gamma(tried)))
        if found < value or (near and found < value + _ROUNDING * max(1.0, abs(value))):
            return tried, found
        move = move / 2
    return theta, value


def _optimum(theta: Floats, value: float, pieces: Pieces, relative: Relative, unit: Floats, proof: Proof) -> Optimum:
    smallest = relative.start(unit) * _EDGE
    singular = any(
        row == column and abs(part) < edge
        for (_, row, column), part, edge in zip(relative.entries, theta, smallest, strict=True)
    )
    return Optimum(theta, relative.gamma(theta), value, pieces, singular, proof)
