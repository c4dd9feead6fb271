"""Tails and quantiles of t and F, right far out too; without the slow import of SciPy's distributions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def t_tail(t: ArrayLike, freedom: ArrayLike) -> NDArray[np.float64]:
    """Two-sided probability of a t this far from zero; NaN where either is NaN."""
    from scipy.special import betainc  # noqa: PLC0415 -- SciPy costs half a second to import

    value, df = np.asarray(t, dtype=np.float64), np.asarray(freedom, dtype=np.float64)
    return np.asarray(betainc(df / 2, 0.5, df / (df + value**2)))


def t_quantile(level: float, freedom: float) -> float:
    """How many standard errors an interval of this level reaches to either side."""
    from scipy.special import stdtrit  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(stdtrit(freedom, (1 + level) / 2))


def f_tail(f: float, above: float, below: float) -> float:
    """Probability of an F of at least this much."""
    from scipy.special import betainc  # noqa: PLC0415 -- SciPy costs half a second to import

    return float(betainc(below / 2, above / 2, below / (below + above * max(f, 0.0))))
