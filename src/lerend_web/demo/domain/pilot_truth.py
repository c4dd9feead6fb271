"""What pilots truly do in the made-up world: known because it was made up, and read by nothing that judges a pilot."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np

from lerend_web.demo.domain.world import SEED
from lerend_web.organisations.models import Organisation
from lerend_web.pilots.domain.finished import entry_id
from lerend_web.pilots.domain.freezing import frozen_plan
from lerend_web.pilots.models import Pilot, PilotTeam

NO_EFFECT: Final = "guided_team_reflexivity"
LARGE_EFFECT: Final = "knowledge_bank"
SMALL_EFFECT: Final = "error_management"
TRUE_POINTS: Final[Mapping[str, float]] = MappingProxyType({NO_EFFECT: 0.0, LARGE_EFFECT: 0.6, SMALL_EFFECT: 0.25})
"""Points of the scale from 1 to 5 that an approach truly adds, by its entry in the catalogue."""
TRUE_OTHERWISE: Final = 0.4
"""The same of every other approach, and of one that is made here."""
BY_ITSELF: Final = 0.35
"""Points that all teams of a pilot go up without it: who takes part was ready to change, and a good year helps."""
OWN_WAY: Final = 0.1
"""Standard deviation of what a team moves for reasons of its own."""


def true_points(pilot: Pilot) -> float:
    """How many points the approach of a pilot truly adds."""
    return TRUE_POINTS.get(entry_id(pilot.intervention), TRUE_OTHERWISE)


def true_effect(pilot: Pilot) -> float:
    """The same in the standard deviations of its plan."""
    return true_points(pilot) / frozen_plan(pilot).deviation


def gains_of(organisation: Organisation, *, on: date) -> dict[str, dict[str, float]]:
    """Per team, by its name in releases, how many points it moved on each factor by a day, through all its pilots."""
    rows = PilotTeam.objects.filter(organisation=organisation, pilot__started_at__date__lt=on).select_related("pilot")
    gains: dict[str, dict[str, float]] = {}
    for row in rows:
        own = gains.setdefault(row.path[-1], {})
        own[row.pilot.factor] = own.get(row.pilot.factor, 0.0) + _moved(row, on)
    return gains


def _moved(row: PilotTeam, on: date) -> float:
    numbers = row.pilot.measurements.filter(organisation=row.organisation_id, on__lt=on).values_list(
        "number", flat=True
    )
    # A team with start 2 begins after measurement 1: by measurement 2 it has begun.
    began = row.start is not None and 0 < row.start <= max(numbers, default=0) + 1
    name = hashlib.sha256(f"{SEED} {row.pilot.title} {row.name}".encode()).digest()
    own = OWN_WAY * np.random.default_rng(int.from_bytes(name[:8], "big")).standard_normal()
    return BY_ITSELF + float(own) + (true_points(row.pilot) if began else 0.0)
