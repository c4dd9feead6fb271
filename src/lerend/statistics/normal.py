"""The standard normal distribution."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def normal_density(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Height of the density."""
    return np.asarray(np.exp(-at * at / 2) / np.sqrt(2 * np.pi), dtype=np.float64)
