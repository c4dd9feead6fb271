"""Variances as a search sees them: lower triangles without bounds, whose products are never negative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Relative:
    """Covariance matrices of random effects relative to the residual variance, one block after the other.

    A parameter `gamma` is an entry on or below the diagonal of a block, row by row; `theta` the same entry of the
    block's lower triangle L, with block = L L'.

    Attributes:
        blocks: number of effects in each block: (2,) intercept and slope that go together, (1, 1) two levels.
    """

    blocks: tuple[int, ...]

    @property
    def entries(self) -> tuple[tuple[int, int, int], ...]:
        """(block, row, column) of each parameter."""
        return tuple(
            (block, row, column)
            for block, size in enumerate(self.blocks)
            for row in range(size)
            for column in range(row + 1)
        )

    def triangles(self, theta: Floats) -> list[Floats]:
        """The lower triangle of each block."""
        triangles = [np.zeros((size, size)) for size in self.blocks]
        for value, (block, row, column) in zip(theta, self.entries, strict=True):
            triangles[block][row, column] = value
        return triangles

    def covariances(self, gamma: Floats) -> list[Floats]:
        """The symmetric matrix of each block."""
        matrices = [np.zeros((size, size)) for size in self.blocks]
        for value, (block, row, column) in zip(gamma, self.entries, strict=True):
            matrices[block][row, column] = matrices[block][column, row] = value
        return matrices

    def gamma(self, theta: Floats) -> Floats:
        """(K,) entries of L L'."""
        products = [lower @ lower.T for lower in self.triangles(theta)]
        return np.array([products[block][row, column] for block, row, column in self.entries])

    def jacobian(self, theta: Floats) -> Floats:
        """(K, K) derivatives of gamma (rows) by theta (columns)."""
        entries, lower = self.entries, self.triangles(theta)
        slopes = np.zeros((len(entries), len(entries)))
        for j, (block, a, c) in enumerate(entries):
            for i, (other, row, column) in enumerate(entries):
                if other == block:
                    of_row = lower[block][column, c] if row == a else 0.0
                    slopes[i, j] = of_row + (lower[block][row, c] if column == a else 0.0)
        return slopes

    def bend(self, slope: Floats) -> Floats:
        """(K, K) sum over gammas of a slope by gamma times the second derivatives of gamma by theta."""
        entries = self.entries
        of = dict(zip(entries, slope, strict=True))
        bend = np.zeros((len(entries), len(entries)))
        for i, (block, a, c) in enumerate(entries):
            for j, (other, b, d) in enumerate(entries):
                if block == other and c == d:
                    bend[i, j] = of[(block, max(a, b), min(a, b))] * (2.0 if a == b else 1.0)
        return bend

    def start(self, size: Floats) -> Floats:
        """(K,) theta with `size` on the diagonals and nothing beside them."""
        sizes = iter(size)
        return np.array([next(sizes) if row == column else 0.0 for _, row, column in self.entries])

    def effects(self) -> int:
        return sum(self.blocks)
