"""Made-up programmes for the tests of the diagnosis: real model, real questionnaire, known truth."""

from __future__ import annotations

from functools import cache

from lerend.answers.table import AnswerBatch
from lerend.diagnosis.diagnose import Origin, diagnose
from lerend.diagnosis.result import Diagnosis
from lerend.diagnosis.scales import items_of_scales
from lerend.model import load_model_and_instrument
from lerend.simulate.programme import SimulatedProgramme, simulate_programme
from lerend.simulate.world import WorldSettings
from lerend.statistics.kernel import statistics_of
from lerend.statistics.sufficient import Statistics

MODEL, INSTRUMENT = load_model_and_instrument("lerend")
TWELVE = WorldSettings(companies=12, people=(30, 90))


@cache
def programme(settings: WorldSettings = TWELVE, seed: int = 3) -> SimulatedProgramme:
    return simulate_programme(MODEL, INSTRUMENT, settings, seed=seed)


def counted(batch: AnswerBatch) -> Statistics:
    return statistics_of(batch, categories=5, scales=items_of_scales(INSTRUMENT, batch.items))


def diagnosed(batch: AnswerBatch, *, k: int = 5, draws: int = 300, seed: int = 1) -> Diagnosis:
    depth = len(batch.paths[0])
    origin = Origin(batch.reading, "0" * 64, ("company", "team")[:depth], simulated=True)
    return diagnose(counted(batch), model=MODEL, instrument=INSTRUMENT, origin=origin, k=k, draws=draws, seed=seed)


@cache
def diagnosis() -> Diagnosis:
    return diagnosed(programme().filled.batch)
