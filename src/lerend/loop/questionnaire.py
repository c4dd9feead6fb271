"""What is asked, as plain places that the made-up world understands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lerend.model import load_model_and_instrument
from lerend.model.structure import Instrument, OrganisationModel


@dataclass(frozen=True, slots=True, eq=False)
class Questionnaire:
    """A model and its scan.

    Attributes:
        factors: (F) ids of what is measured, in the order of the model; outcomes come after them in `measures`.
        ranked: (R) places of the factors that can be worked on.
        items: (I) ids.
        measures: (I) place of the factor, or F plus the place of the outcome.
        asked: (forms, I) which items are on each form of the rotation.
        parts: items that one person can have answered, a set for each form.
    """

    model: OrganisationModel
    instrument: Instrument
    factors: tuple[str, ...]
    ranked: NDArray[np.intp]
    items: tuple[str, ...]
    measures: NDArray[np.intp]
    asked: NDArray[np.bool_]
    parts: tuple[frozenset[str], ...]

    @property
    def outcomes(self) -> int:
        return len(self.model.outcomes)


@cache
def packaged_questionnaire() -> Questionnaire:
    """The newest packaged model and its employee scan."""
    from lerend.diagnosis.gated import forms_of  # noqa: PLC0415 -- loads SciPy's callers only when a loop is run

    model, instrument = load_model_and_instrument("lerend")
    measured = [factor for factor in model.factors if factor.measured]
    factors = tuple(factor.id for factor in measured)
    scales = (*factors, *(outcome.id for outcome in model.outcomes))
    items = tuple(item.id for item in instrument.items)
    rotation = set(instrument.rotation)
    forms = [set(form.items) for form in instrument.forms if form.id in rotation]
    return Questionnaire(
        model=model,
        instrument=instrument,
        factors=factors,
        ranked=np.array([place for place, factor in enumerate(measured) if factor.ranked], dtype=np.intp),
        items=items,
        measures=np.array([scales.index(item.measures) for item in instrument.items], dtype=np.intp),
        asked=np.array([[item in form for item in items] for form in forms], dtype=np.bool_),
        parts=tuple(forms_of(instrument)),
    )
