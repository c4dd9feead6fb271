"""What trying something teaches: the value of a sample, and the knowledge gradient.

Raiffa & Schlaifer 1961 (value of sample information for a choice between two acts with a normal prior); Frazier, Powell &
Dayanik 2008 (knowledge gradient).
"""

from __future__ import annotations

from math import exp, pi, sqrt
from typing import Final

import numpy as np

from lerend.evidence.pooling.problems import Numbers
from lerend.evidence.pooling.tails import normal_p

PILOT_ERROR: Final = 0.25
"""Standard error of a usual pilot (some 16 teams of 12, or 24 without a baseline)."""


def value_of_pilot(mean: float, deviation: float, error: float, threshold: float) -> float:
    """Expected gain, per person and in standard deviations, of choosing after a pilot instead of now (EVSI).

    The choice is between doing it (effect − threshold) and not (0). With prior N(mean, deviation²) and a pilot of this
    standard error, s = deviation² / √(deviation² + error²), z = |mean − threshold| / s: s·φ(z) − |mean − threshold|·Φ(−z).
    Zero where nothing is in doubt.
    """
    if deviation <= 0:
        return 0.0
    moves = deviation**2 / sqrt(deviation**2 + error**2)
    return _gain(abs(mean - threshold), moves)


def knowledge_gradient(means: Numbers, deviations: Numbers, error: Numbers) -> Numbers:
    """(n,) how much one more pilot of each is expected to raise the mean of the best one.

    s_a = √(d_a² − 1/(1/d_a² + 1/e_a²)), z = −|m_a − best other mean| / s_a: s_a·(z·Φ(z) + φ(z)).

    Args:
        means, deviations: (n,) what is thought of the mean of each.
        error: (n,) what a pilot adds in doubt: its standard error and the spread between companies, √(e² + τ²).
    """
    moves = deviations**2 / np.sqrt(deviations**2 + error**2)
    values = np.zeros(len(means))
    for place in range(len(means)):
        others = np.delete(means, place)
        if len(others) and moves[place] > 0:
            values[place] = _gain(abs(float(means[place] - others.max())), float(moves[place]))
    return values


def _gain(distance: float, moves: float) -> float:
    z = distance / moves
    return moves * exp(-0.5 * z * z) / sqrt(2 * pi) - distance * 0.5 * normal_p(z)
