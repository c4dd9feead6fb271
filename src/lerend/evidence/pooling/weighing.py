"""Weighted least squares of effects with known variances: the algebra that every estimator of spread needs.

P = W − WX(X'WX)⁻¹X'W, for diagonal W. Traces are computed without forming P (k × k).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.evidence.pooling.problems import Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A weighted fit of k effects on p columns.

    Attributes:
        weights: (k,).
        coefficients: (p,).
        covariance: (p, p) (X'WX)⁻¹.
        residuals: (k,).
        log_determinant: of X'WX.
    """

    design: Numbers
    weights: Numbers
    coefficients: Numbers
    covariance: Numbers
    residuals: Numbers
    log_determinant: float

    @property
    def spread(self) -> float:
        """Q: the weighted sum of squared residuals."""
        return float(self.weights @ self.residuals**2)

    @property
    def leverage(self) -> Numbers:
        """(k,) x_i'(X'WX)⁻¹x_i."""
        return np.asarray(np.einsum("ip,pq,iq->i", self.design, self.covariance, self.design))

    def trace(self, of: Numbers | None = None) -> float:
        """Trace of P·diag(of); of P where `of` is left out."""
        diagonal = self.weights - self.weights**2 * self.leverage
        return float(diagonal.sum() if of is None else diagonal @ of)

    def trace_of_square(self, left: Numbers | None = None, right: Numbers | None = None) -> float:
        """Trace of P·diag(left)·P·diag(right)."""
        w, X = self.weights, self.design
        a = np.ones_like(w) if left is None else left
        b = np.ones_like(w) if right is None else right
        first = float((w**2 * a * b).sum())
        middle = float((w**3 * a * b * self.leverage).sum())
        half_a, half_b = X.T @ ((w**2 * a)[:, None] * X), X.T @ ((w**2 * b)[:, None] * X)
        last = float(np.trace(self.covariance @ half_a @ self.covariance @ half_b))
        return first - 2 * middle + last


def weighed(y: Numbers, X: Numbers, w: Numbers) -> Weighed:
    """The fit of y on X with weights w; X must have full column rank."""
    if X.shape[1] == 1:
        total = float(w @ X[:, 0] ** 2)
        coefficients = np.array([float(w @ (X[:, 0] * y)) / total])
        covariance = np.array([[1.0 / total]])
        return Weighed(X, w, coefficients, covariance, y - X[:, 0] * coefficients[0], float(np.log(total)))
    root = np.sqrt(w)
    Q, R = np.linalg.qr(root[:, None] * X)
    inverse = np.linalg.inv(R)
    coefficients = inverse @ (Q.T @ (root * y))
    log_determinant = 2 * float(np.log(np.abs(R.diagonal())).sum())
    return Weighed(X, w, coefficients, inverse @ inverse.T, y - X @ coefficients, log_determinant)
