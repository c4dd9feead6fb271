"""Where the unknowns of a factor model stand in its matrices, per group; a shared number is a shared unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Kind: TypeAlias = Literal["loading", "path", "covariance", "residual", "scale", "intercept", "mean", "threshold"]
KINDS: tuple[Kind, ...] = ("loading", "path", "covariance", "residual", "scale", "intercept", "mean", "threshold")
FIXED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """One matrix of a group: its fixed values, and for each element the number of its unknown or `FIXED`."""

    values: NDArray[np.float64]
    unknown: NDArray[np.intp]

    def filled(self, estimate: NDArray[np.float64]) -> NDArray[np.float64]:
        """The matrix at an estimate of the unknowns (real or complex)."""
        free = self.unknown >= 0
        matrix = self.values.astype(estimate.dtype)
        matrix[free] = estimate[self.unknown[free]]
        return matrix


def held(values: NDArray[np.float64]) -> Places:
    """A matrix without unknowns."""
    return Places(values, np.full(values.shape, FIXED, dtype=np.intp))


@dataclass(frozen=True, slots=True, eq=False)
class GroupLayout:
    """The matrices of one group (k items, m factors).

    Attributes:
        loading: (k, m).
        path: (m, m) what a factor (row) takes from others (columns); nowhere a circle.
        covariance: (m, m) of what paths leave of the factors; symmetric, unknowns too.
        residual: (k, k) of what the factors leave; symmetric. Ordinal answers with scale unknowns or fixed scales leave
            its diagonal out.
        scale: (k,) what the variable behind an answer is multiplied by to be standardised (delta parameterisation).
        intercept: (k,) of the variables behind the answers.
        mean: (m,) of what paths leave of the factors.
        threshold: (k, T).
    """

    loading: Places
    path: Places
    covariance: Places
    residual: Places
    scale: Places
    intercept: Places
    mean: Places
    threshold: Places

    def filled(self, estimate: NDArray[np.float64]) -> Matrices:
        return Matrices(*(getattr(self, kind).filled(estimate) for kind in KINDS))


@dataclass(frozen=True, slots=True, eq=False)
class Matrices:
    """The matrices of one group at an estimate; see `GroupLayout`."""

    loading: NDArray[np.float64]
    path: NDArray[np.float64]
    covariance: NDArray[np.float64]
    residual: NDArray[np.float64]
    scale: NDArray[np.float64]
    intercept: NDArray[np.float64]
    mean: NDArray[np.float64]
    threshold: NDArray[np.float64]

    @property
    def through(self) -> NDArray[np.float64]:
        """(m, m) all that a factor (row) takes from what is new in each (column), along every way: (I - path)^-1."""
        whole = np.eye(len(self.path), dtype=self.path.dtype)
        return np.asarray(np.linalg.inv(whole - self.path)) if self.path.any() else whole

    @property
    def factors(self) -> NDArray[np.float64]:
        """(m, m) covariances of the factors themselves."""
        through = self.through
        return through @ self.covariance @ through.T

    @property
    def factor_means(self) -> NDArray[np.float64]:
        """(m,) of the factors themselves."""
        return self.through @ self.mean

    @property
    def common(self) -> NDArray[np.float64]:
        """(k, k) covariance of the items through their factors."""
        return self.loading @ self.factors @ self.loading.T


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All groups, how many unknowns there are (q), and where a search may begin."""

    groups: tuple[GroupLayout, ...]
    unknowns: int
    start: NDArray[np.float64]
