"""What profiles may differ in beside their means, and the best covariances of each kind."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


class Shape(StrEnum):
    """Named as in the literature (Banfield & Raftery 1993): volume, shape, direction, each Equal, Variable or none."""

    EII = "EII"
    """One variance for everything."""
    EEI = "EEI"
    """A variance for each variable, the same in all profiles; unrelated within profiles."""
    VVI = "VVI"
    """A variance for each variable and profile; unrelated within profiles."""
    EEE = "EEE"
    """One covariance matrix, the same in all profiles."""
    VVV = "VVV"
    """A covariance matrix for each profile."""


def unknowns(shape: Shape, profiles: int, variables: int) -> int:
    """How many numbers a model has: shares, means and covariances."""
    whole = variables * (variables + 1) // 2
    spread = {
        Shape.EII: 1,
        Shape.EEI: variables,
        Shape.VVI: profiles * variables,
        Shape.EEE: whole,
        Shape.VVV: profiles * whole,
    }
    return profiles - 1 + profiles * variables + spread[shape]


def covariances(shape: Shape, scatter: Values, size: Values, floor: Values) -> tuple[Values, bool]:
    """(G, d, d) best covariances, and whether one of them was kept from falling below the floor.

    Args:
        scatter: (G, d, d) weighted scatter of each profile about its mean.
        size: (G,) people of each, in parts.
        floor: (d,) smallest variance of each variable: without it the likelihood has no top, because a profile on
            people with the same answers may become infinitely narrow.
    """
    profiles, variables = scatter.shape[:2]
    if shape in (Shape.EII, Shape.EEI, Shape.EEE):
        found = np.broadcast_to(scatter.sum(axis=0) / size.sum(), scatter.shape).copy()
    else:
        found = scatter / size[:, np.newaxis, np.newaxis]
    if shape in (Shape.EEE, Shape.VVV):
        return _lifted(found, floor)
    variance = np.diagonal(found, axis1=1, axis2=2)
    if shape is Shape.EII:
        variance = np.repeat(variance.mean(axis=1, keepdims=True), variables, axis=1)
    kept = np.maximum(variance, floor)
    diagonal = np.zeros((profiles, variables, variables))
    diagonal[:, np.arange(variables), np.arange(variables)] = kept
    return diagonal, bool((variance < floor).any())


def _lifted(found: Values, floor: Values) -> tuple[Values, bool]:
    """The same for whole matrices: no weighted sum of variables, each over the root of its floor, varies less than 1."""
    root = np.sqrt(floor)
    weight, axes = np.linalg.eigh(found / np.outer(root, root))
    if (weight >= 1).all():
        return found, False
    lifted = np.einsum("gij,gj,gkj->gik", axes, np.maximum(weight, 1.0), axes)
    return lifted * np.outer(root, root), True
