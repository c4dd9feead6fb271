"""What publications let us expect in an ordinary company, before the first pilot: half of what they found.

Studies choose their places, measure soon and often ask the people themselves; in the field, after six to twelve months,
half is a better guess. Self-report finds more than objective measures, leaders notice more than their people, and careful
trials have found nothing: a judgement of ours, replaced by what pilots find.
"""

from __future__ import annotations

from enum import StrEnum
from math import hypot
from typing import Final

from lerend.evidence.pooling.priors import Prior, SpreadPrior
from lerend.evidence.pooling.problems import wrong
from lerend.wording import say

FIELD_SHARE: Final = 0.5
SMALLEST_WORTH_HAVING: Final = 0.15


class Grade(StrEnum):
    """How strong the evidence is, with the letters of the catalogue.

    A: reviews that pool controlled studies, or five companies and more with drawn pilots. B: a controlled study in the
    field, or drawn pilots in two companies and more. C: before and after, cases, correlations, or one compared pilot. D:
    practice only.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def one_up(self) -> Grade:
        order = list(Grade)
        return order[max(order.index(self) - 1, 0)]

    @property
    def one_down(self) -> Grade:
        order = list(Grade)
        return order[min(order.index(self) + 1, len(order) - 1)]


DIFFERS: Final = {Grade.A: 0.15, Grade.B: 0.20, Grade.C: 0.25, Grade.D: 0.30}
"""How far the effect in a company that starts now may lie from half of the published size (docs/methods/matching.md)."""
_OF_THE_MEAN, _OF_COMPANIES = 0.6, 0.8
"""That distance, split in doubt about the mean and differences between companies: .6² + .8² = 1."""
UNKNOWN: Final = Prior(0.1, 0.2, SpreadPrior(0.25))
"""Where nobody gives a size: what we hold likely of something new too, small and very unsure; a judgement of ours."""


def published(grade: Grade, size: float | None, low: float | None = None, high: float | None = None) -> Prior:
    """What a published size (standardised difference) with its 95 % interval lets us expect in the field.

    Without pilots the new company of this prior is spread as `docs/methods/matching.md` says.

    Raises:
        EffectsAreWrong: an interval that does not hold its size, or has one end.
    """
    if size is None:
        return UNKNOWN
    if (low is None) != (high is None) or (low is not None and high is not None and not low <= size <= high):
        what = say("The published interval does not hold its size.")
        raise wrong("published", what, say("Look up the three numbers in the source."))
    noise = 0.0 if low is None or high is None else FIELD_SHARE * (high - low) / (2 * 1.959963984540054)
    mean_doubt = hypot(_OF_THE_MEAN * DIFFERS[grade], noise)
    return Prior(FIELD_SHARE * size, mean_doubt, SpreadPrior(_OF_COMPANIES * DIFFERS[grade]))
