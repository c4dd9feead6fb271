"""A made-up example of what management will get, with the wave's own groups and its own floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from lerend.answers.table import Reading
from lerend.diagnosis.diagnose import Origin
from lerend.diagnosis.freezing import freeze
from lerend.diagnosis.result import Diagnosis
from lerend.errors import TooFewAnswers
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.gate import release_of
from lerend.release.value import Wave
from lerend.report.visible import visible
from lerend.simulate.programme import simulate_programme
from lerend.simulate.world import WorldSettings
from lerend_web.scans.domain.releasing import BY

RESPONSE: Final = 70
_SEED: Final = 20190918


def example_diagnosis(
    organisation: str,
    groups: Sequence[tuple[str, int]],
    *,
    model: OrganisationModel,
    instrument: Instrument,
    k: int,
) -> Diagnosis | None:
    """The report on made-up answers of 70 % of the people; None where that is too few to show anything.

    Args:
        organisation: its name.
        groups: label and number of invited people of each key group.
        model, instrument, k: those of the wave.
    """
    answers = [invited * RESPONSE // 100 for _label, invited in groups]
    if sum(answers) < k:
        return None
    settings = WorldSettings(companies=1, people=(sum(answers), sum(answers)))
    made_up = simulate_programme(model, instrument, settings, seed=_SEED).filled.batch
    own = np.repeat(np.arange(len(groups)), answers).astype(np.int32)
    paths = tuple((organisation, label) for label, _invited in groups)
    batch = replace(made_up, paths=paths, group=own, leads=None)
    try:
        release = release_of(
            freeze(batch, model=model, instrument=instrument, k=k),
            model=model,
            instrument=instrument,
            wave=Wave("", "", organisation),
            made_on="",
            origin=Origin(reading=Reading(), digest="", by=BY, simulated=True),
            k=k,
        )
    except TooFewAnswers:
        return None
    return visible(release.diagnosis)
