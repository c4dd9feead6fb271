"""From opened boxes to what survives: sums. Computed once; afterwards the answers are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.crypto import salted_hmac

from lerend.answers.table import NOT_APPLICABLE, SKIPPED, AnswerBatch, Path
from lerend.diagnosis.freezing import freeze
from lerend.diagnosis.response_quality import response_of_teams
from lerend.errors import TooFewAnswers
from lerend.model.structure import Instrument, Question
from lerend.release.plain import plain
from lerend.statistics.frozen_file import to_bytes
from lerend_web.scans.domain.declared_tables import chosen_by, frozen_tables
from lerend_web.scans.domain.opened import Opened, batch_of
from lerend_web.scans.domain.questionnaire import model_of
from lerend_web.scans.models import FrozenWave, Wave


@dataclass(frozen=True, slots=True)
class Survivors:
    """What may stay of a wave. Where too few people answered, nothing: no statistics, no number."""

    statistics: bytes
    answered: int
    left_out: dict[str, int]
    tables: dict[str, Any] = field(default_factory=dict)
    response: list[Any] = field(default_factory=list)


def survivors_of(opened: Opened, *, wave: Wave, instrument: Instrument) -> Survivors:
    """Sum up everybody who answered something; the rest is counted by reason."""
    batch = batch_of(opened.sheets, instrument=instrument, paths=_paths(wave))
    left_out = {
        "unreadable": opened.unreadable,
        "damaged": opened.damaged,
        "more_than_invited": _too_many(opened, wave),
    }
    chosen = chosen_by(opened.sheets, instrument)
    return survivors_of_batch(batch, wave=wave, instrument=instrument, left_out=left_out, chosen=chosen)


def survivors_of_batch(
    batch: AnswerBatch,
    *,
    wave: Wave,
    instrument: Instrument,
    left_out: dict[str, int],
    chosen: Mapping[Question, Sequence[str]] | None = None,
) -> Survivors:
    """The same from a table of answers.

    Args:
        left_out: what was left out before the answers became a table, by reason.
        chosen: per declared background question what each person chose.
    """
    said_something = ((batch.codes != SKIPPED) & (batch.codes < NOT_APPLICABLE)).any(axis=1)
    answered = int(said_something.sum())
    if answered < wave.k:
        return Survivors(b"", 0, {})
    reasons = {"empty": len(batch.codes) - answered, **left_out}
    who = np.asarray(said_something)
    left = {reason: n for reason, n in reasons.items() if n}
    try:
        frozen = freeze(batch.select(who), model=model_of(instrument), instrument=instrument, k=wave.k)
    except TooFewAnswers:
        return Survivors(b"", answered, left)
    tables = frozen_tables(batch.select(who), frozen, chosen or {}, instrument=instrument, who=who)
    teams = [group for group, people in zip(frozen.groups, frozen.people.tolist(), strict=True) if people > 0]
    response = response_of_teams(batch.select(who), teams, instrument=instrument, k=wave.k)
    return Survivors(to_bytes(frozen), answered, left, tables, [plain(each) for each in response])


def store_survivors(survivors: Survivors, wave: Wave) -> tuple[FrozenWave, bool]:
    """Write down what survives, once; and whether it was not there yet."""
    return FrozenWave.objects.get_or_create(
        wave=wave,
        defaults={
            "statistics": survivors.statistics,
            "tables": survivors.tables,
            "response": survivors.response,
            "digest": keyed_digest(wave, survivors.statistics),
            "answered": survivors.answered,
            "left_out": survivors.left_out,
        },
    )


def keyed_digest(wave: Wave, content: bytes) -> str:
    """HMAC-SHA-256 under the installation's secret and the wave's code.

    Keyed, for a plain digest would let somebody try out guesses of what is not shown.
    """
    return salted_hmac(f"lerend_web.scans {wave.code}", content, algorithm="sha256").hexdigest()


def _paths(wave: Wave) -> dict[str, Path]:
    return {group.code: (wave.organisation.name, group.label) for group in wave.key_groups.all()}


def _too_many(opened: Opened, wave: Wave) -> int:
    """Sheets beyond the number of people of a key group: spare cards or second tokens were used."""
    per_group = Counter(key_group for key_group, _sheet in opened.sheets)
    return sum(max(0, per_group[group.code] - group.invited) for group in wave.key_groups.all())
