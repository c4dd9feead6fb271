"""One finished pilot as it enters the pooling: an effect in standard deviations with its doubt, and where it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lerend.evidence.pooling.inflation import inflated
from lerend.evidence.pooling.problems import Numbers


@dataclass(frozen=True, slots=True)
class PilotEffect:
    """The effect of one pilot on one outcome.

    Attributes:
        id: of the pilot.
        value: in pooled within-company baseline standard deviations.
        standard_error: in the same unit.
        df: degrees of freedom of the standard error; None where it may be taken as known.
        company, intervention: ids; empty where it does not matter.
    """

    id: str
    value: float
    standard_error: float
    df: float | None = None
    company: str = ""
    intervention: str = ""


def arrays_of(pilots: Sequence[PilotEffect]) -> tuple[Numbers, Numbers]:
    """(k,) effects and (k,) variances, made larger for small samples (`inflation`).

    Raises:
        EffectsAreWrong: a standard error or df that cannot be used.
    """
    values = np.array([pilot.value for pilot in pilots], float)
    errors = np.array([pilot.standard_error for pilot in pilots], float)
    # An error below zero stays below zero, so that it is refused and not squared away.
    return values, inflated(np.sign(errors) * errors**2, [pilot.df for pilot in pilots])
