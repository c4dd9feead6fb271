"""From opened boxes to what survives: sums and a report. Computed once; afterwards the answers are gone."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.utils.crypto import salted_hmac

from lerend.answers.table import NOT_APPLICABLE, SKIPPED, AnswerBatch, Path
from lerend.diagnosis.diagnose import DEFAULT_DRAWS, DEFAULT_SEED, Origin
from lerend.diagnosis.freezing import freeze
from lerend.diagnosis.frozen import diagnose_frozen
from lerend.diagnosis.result import Diagnosis
from lerend.errors import TooFewAnswers
from lerend.model.structure import Instrument, OrganisationModel
from lerend.report.json import to_json
from lerend.statistics.frozen import FrozenStatistics
from lerend.statistics.frozen_file import to_bytes
from lerend_web.scans.domain.opened import Opened, batch_of
from lerend_web.scans.domain.questionnaire import model_of
from lerend_web.scans.models import Wave


@dataclass(frozen=True, slots=True)
class Survivors:
    """What may stay of a wave. Where too few people answered, nothing: no statistics, no diagnosis, no number."""

    statistics: bytes
    diagnosis: dict[str, Any]
    answered: int
    left_out: dict[str, int]

    def digest_for(self, wave: Wave) -> str:
        """Keyed, for a plain digest would let somebody try out guesses of what is not shown."""
        content = self.statistics + b"\0" + json.dumps(self.diagnosis, sort_keys=True).encode()
        return keyed_digest(wave, content)


def survivors_of(opened: Opened, *, wave: Wave, instrument: Instrument) -> Survivors:
    """Sum up and diagnose everybody who answered something; the rest is counted by reason."""
    batch = batch_of(opened.sheets, instrument=instrument, paths=_paths(wave))
    said_something = ((batch.codes != SKIPPED) & (batch.codes < NOT_APPLICABLE)).any(axis=1)
    answered = int(said_something.sum())
    if answered < wave.k:
        return Survivors(b"", {}, 0, {})
    left_out = {
        "empty": len(batch.codes) - answered,
        "unreadable": opened.unreadable,
        "damaged": opened.damaged,
        "more_than_invited": _too_many(opened, wave),
    }
    statistics, diagnosis = _computed(batch.select(np.asarray(said_something)), wave, instrument)
    return Survivors(statistics, diagnosis, answered, {reason: n for reason, n in left_out.items() if n})


def keyed_digest(wave: Wave, content: bytes) -> str:
    """HMAC-SHA-256 under the installation's secret and the wave's code."""
    return salted_hmac(f"lerend_web.scans {wave.code}", content, algorithm="sha256").hexdigest()


def diagnosed(
    batch: AnswerBatch, *, model: OrganisationModel, instrument: Instrument, k: int, origin: Origin
) -> tuple[FrozenStatistics, Diagnosis]:
    """What survives of answers, and what it says. The same for a real wave as for an example of one.

    Raises:
        TooFewAnswers: nothing may be shown about so few people.
    """
    frozen = freeze(batch, model=model, instrument=instrument, k=k)
    return frozen, diagnose_frozen(
        frozen,
        model=model,
        instrument=instrument,
        origin=origin,
        k=k,
        seed=DEFAULT_SEED,
        draws=DEFAULT_DRAWS,
    )


def _computed(batch: AnswerBatch, wave: Wave, instrument: Instrument) -> tuple[bytes, dict[str, Any]]:
    model = model_of(instrument)
    origin = Origin(reading=batch.reading, digest="", by=("organisation", "team"), simulated=wave.programme.is_demo)
    try:
        frozen, diagnosis = diagnosed(batch, model=model, instrument=instrument, k=wave.k, origin=origin)
    except TooFewAnswers:
        return b"", {}
    statistics = to_bytes(frozen)
    trail = replace(diagnosis.trail, inputs_digest=keyed_digest(wave, statistics))
    return statistics, json.loads(to_json(replace(diagnosis, trail=trail), model))


def _paths(wave: Wave) -> dict[str, Path]:
    return {group.code: (wave.organisation.name, group.label) for group in wave.key_groups.all()}


def _too_many(opened: Opened, wave: Wave) -> int:
    """Sheets beyond the number of people of a key group: spare cards or second tokens were used."""
    per_group = Counter(key_group for key_group, _sheet in opened.sheets)
    return sum(max(0, per_group[group.code] - group.invited) for group in wave.key_groups.all())
