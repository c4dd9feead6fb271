"""Signed forms as management's view, to lay beside what employees said. The two are compared, never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.answers.table import NOT_APPLICABLE, SKIPPED, AnswerBatch, Path
from lerend.diagnosis.gaps import ManagementView
from lerend.diagnosis.scales import items_of_scales
from lerend.model.structure import Instrument
from lerend.statistics.kernel import statistics_of
from lerend_web.company_form.domain.questions import DOES_NOT_APPLY, instrument_of
from lerend_web.company_form.queries import management_forms


@dataclass(frozen=True, slots=True)
class ManagementForms:
    """What management answered, one tuple of answers a form, as a value that can be compared; names are no part of it."""

    reference: str
    items: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]


def management_of(organisation: int, programme: int) -> ManagementForms | None:
    """The sent forms of management in one organisation, of the newest version among them; None without any answer."""
    forms = list(management_forms(organisation, programme))
    if not forms:
        return None
    reference = max(form.instrument for form in forms)
    items = tuple(item.id for item in instrument_of(reference).items)
    answers = [tuple(form.answers.get(item, "") for item in items) for form in forms if form.instrument == reference]
    said = tuple(one for one in answers if any(answer not in {"", DOES_NOT_APPLY} for answer in one))
    return ManagementForms(reference, items, said) if said else None


def management_view(forms: ManagementForms, *, path: Path) -> ManagementView:
    """The same as the library's view of management; `path` is the organisation's place in the employees' answers."""
    instrument = instrument_of(forms.reference)
    codes = np.array([_codes(answers, instrument) for answers in forms.answers], dtype=np.uint8)
    batch = AnswerBatch(forms.items, codes, (path,), np.zeros(len(codes), dtype=np.int32))
    statistics = statistics_of(
        batch,
        categories=max(len(scale.labels) for scale in instrument.answer_scales),
        scales=items_of_scales(instrument, forms.items),
    )
    return ManagementView("company_form", statistics, instrument, floor=1)


def _codes(answers: tuple[str, ...], instrument: Instrument) -> list[int]:
    found = []
    for item, answer in zip(instrument.items, answers, strict=True):
        codes = instrument.answer_scale_of(item).codes
        ordered = codes[::-1] if item.reversed else codes
        known = {DOES_NOT_APPLY: NOT_APPLICABLE} | {code: place for place, code in enumerate(ordered, start=1)}
        found.append(known.get(answer, SKIPPED))
    return found
