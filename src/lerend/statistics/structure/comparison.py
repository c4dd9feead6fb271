"""Whether a stricter model fits worse than a freer one by more than chance: the test of the difference.

Scaled statistics must not be subtracted (they need not even be ordered): the plain difference is brought to chi-square
by the traces along what the freer model can move and the stricter cannot (Satorra 2000).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.structure.fit import Fit
from lerend.statistics.structure.indices import Rmsea, rmsea
from lerend.statistics.structure.robust import Scaled, scaled_test
from lerend.statistics.structure.unbiased import traces_of_difference


@dataclass(frozen=True, slots=True)
class Difference:
    """How much worse a stricter model fits.

    Attributes:
        statistic: plain difference of the two statistics; *not* distributed as chi-square.
        test: the difference brought to chi-square.
        rmsea: misfit that the restrictions bring, per restriction (Savalei, Brace & Fouladi 2024), with its 90 %
            interval; zero where there is nothing to test.
    """

    statistic: float
    test: Scaled
    rmsea: Rmsea


def difference(freer: Fit, stricter: Fit) -> Difference:
    """Compare two fits to the same samples with the same weights.

    Raises:
        ValueError: the second has no fewer unknowns, or they are not fits to the same numbers.
    """
    degrees = stricter.degrees - freer.degrees
    same = freer.evidence.jacobian.shape[0] == stricter.evidence.jacobian.shape[0]
    if degrees < 0 or not same or freer.people != stricter.people:
        raise ValueError("the second model must be the first with restrictions, on the same answers")
    plain = stricter.statistic - freer.statistic
    found = traces_of_difference(freer.evidence, _directions(freer, stricter, degrees))
    test = scaled_test(plain, degrees, found, shifted=True)
    people = sum(freer.people) - len(freer.people)
    return Difference(plain, test, rmsea(test.value, degrees, people, len(freer.people)))


def _directions(freer: Fit, stricter: Fit, degrees: int) -> NDArray[np.float64]:
    """(p, degrees) orthonormal whitened directions that only the freer model has.

    The stricter model's unknowns as combinations of the freer's, by plain least squares; what of the freer's remains
    beside these, in the metric of its information.
    """
    whitened = freer.evidence.whitened
    inside = np.linalg.lstsq(freer.evidence.jacobian, stricter.evidence.jacobian, rcond=None)[0]
    both, _ = np.linalg.qr(whitened.triangle @ inside, mode="complete")
    return np.asarray(whitened.basis @ both[:, both.shape[0] - degrees :], dtype=np.float64)
