"""Whether slopes have no end: the answers of a table can be told apart without fault by a sum of columns."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_SOME: Final = 1e-7


def separating(design: Values, counts: Values) -> NDArray[np.bool_]:
    """(q,) the columns along which the likelihood rises without end; none where there is a finite best fit.

    Thresholds a and slopes b point such a way if moving along it makes no answer that was given less likely and some
    more so: a_c >= b · x for everybody who answered c, and a_(c-1) <= b · x (Albert & Anderson 1984, for two answers).
    Found by linear programming, so it is exact up to rounding.
    """
    from scipy.optimize import linprog  # noqa: PLC0415 -- SciPy costs half a second to import

    steps = counts.shape[1] - 1
    row, answer = np.nonzero(counts)
    under, over = answer < steps, answer > 0
    slack = np.vstack(
        [
            np.hstack([np.eye(steps)[answer[under]], -design[row[under]]]),
            np.hstack([-np.eye(steps)[answer[over] - 1], design[row[over]]]),
        ]
    )
    found = linprog(-slack.sum(axis=0) / len(slack), A_ub=-slack, b_ub=np.zeros(len(slack)), bounds=(-1, 1))
    if found.x is None or found.fun is None or -found.fun <= _SOME / len(slack):
        return np.zeros(design.shape[1], dtype=np.bool_)
    return np.asarray(np.abs(found.x[steps:]) > _SOME)
