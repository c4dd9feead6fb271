"""Whether information pins every unknown down: its smallest eigenvalue, scaled to a diagonal of one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.search import LEAST_CURVATURE


def is_curved(information: NDArray[np.float64]) -> bool:
    """Whether every eigenvalue of the information, scaled to a diagonal of one, counts as above 0; quicker than these."""
    diagonal = information.diagonal()
    if not np.isfinite(information).all() or not (diagonal > 0).all():
        return False
    length = np.sqrt(diagonal)
    scaled = information / np.outer(length, length)
    scaled[np.diag_indices_from(scaled)] -= LEAST_CURVATURE
    try:
        np.linalg.cholesky(scaled)
    except np.linalg.LinAlgError:
        return False
    return True


def scaled_curvature(information: NDArray[np.float64]) -> float:
    """Smallest eigenvalue of the information, scaled to a diagonal of one; 0 where that cannot be."""
    diagonal = information.diagonal()
    if not np.isfinite(information).all() or not (diagonal > 0).all():
        return 0.0
    length = np.sqrt(diagonal)
    return float(np.linalg.eigvalsh(information / np.outer(length, length))[0])
