"""A whole made-up programme: its world, the answers of its people, and the truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lerend.model.structure import Instrument, OrganisationModel
from lerend.simulate.people import FilledForms, fill_in
from lerend.simulate.truth import Truth, truth_of
from lerend.simulate.world import World, WorldSettings, draw_world

_COMPANIES_FOR_A_TARGET = 5


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedProgramme:
    """Answers and, beside them, what is really so."""

    world: World
    filled: FilledForms
    truth: Truth


def simulate_programme(
    model: OrganisationModel,
    instrument: Instrument,
    settings: WorldSettings,
    *,
    seed: int,
    short: bool = False,
) -> SimulatedProgramme:
    """Make up a programme; the same settings and seed make the same one.

    Args:
        model: its factors and outcomes.
        instrument: what people answer; every item measures something of the model.
        settings: the kind of world.
        seed: of all chance.
        short: everybody answers the form called ``short``.
    """
    generator = np.random.default_rng(seed)
    world = draw_world(model, settings, generator)
    filled = fill_in(world, instrument, generator, short=short)
    stated = None if settings.companies >= _COMPANIES_FOR_A_TARGET else model.target
    return SimulatedProgramme(
        world, filled, truth_of(world, model, instrument, stated_target=stated, form="short" if short else None)
    )
