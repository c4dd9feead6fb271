"""The made-up world of the demo: its hidden truth, what was answered in the first round, what will be in the next.

The same seed makes the same world each time, so nothing about it has to be stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch
from lerend.model import load_model_and_instrument
from lerend.model.structure import Instrument, OrganisationModel
from lerend.simulate.people import FilledForms, fill_in
from lerend.simulate.world import World, WorldSettings, draw_world
from lerend_web.demo.company import COMPANIES, TEAMS, everybody, works_through_an_agency

SEED: Final = 20190951
THEMES: Final = (
    "peer_feedback_reflection",
    "task_completeness_variety",
    "psychological_safety",
    "learning_role_models",
    "external_orientation",
)
"""Where there is most room in this world: the five themes of the programme that this software is made for."""
RESPONSE: Final = 0.82
"""Share that answered in the first round."""
_TENURES: Final = ("under_1", "from_1_to_5", "from_5_to_15", "from_15")


@dataclass(frozen=True, slots=True, eq=False)
class FirstRound:
    """What one company answered in its first round: its answers by unit, and how many people work in each unit."""

    organisation: str
    headcounts: dict[tuple[str, ...], int]
    batch: AnswerBatch
    form: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Workforce:
    """The 120 people of Voorbeeld Zuivel and what each of them will answer, one place a person everywhere."""

    batch: AnswerBatch
    form: tuple[str, ...]
    tenure: tuple[str, ...]
    agency: tuple[bool, ...]


@lru_cache(maxsize=1)
def questions() -> tuple[OrganisationModel, Instrument]:
    """The model and the questionnaire that the demo works with."""
    return load_model_and_instrument("lerend")


@lru_cache(maxsize=1)
def world() -> World:
    """Twelve companies; Voorbeeld Zuivel with the teams that the story needs."""
    model, _instrument = questions()
    settings = WorldSettings(companies=len(COMPANIES), people=(45, 160), weakest=THEMES, slope_spread=0.02)
    drawn = draw_world(model, settings, np.random.default_rng(SEED))
    return _with_teams(drawn, np.random.default_rng(SEED + 1))


def first_rounds() -> tuple[FirstRound, ...]:
    """The closed round of each company: about four in five answered."""
    _model, instrument = questions()
    filled = fill_in(world(), instrument, np.random.default_rng(SEED + 2))
    answered = np.random.default_rng(SEED + 3).random(len(filled.form)) < RESPONSE
    return tuple(_first_round(filled, answered, company) for company in range(len(COMPANIES)))


def later_round(organisation: str, gains: Mapping[tuple[str, ...], Mapping[str, float]], *, number: int) -> FirstRound:
    """What the same people of a company answer some months later; about four in five of them, not quite the same ones.

    Args:
        gains: per team, by its path, how many points it moved on a factor since the first round.
        number: of the measurement; it decides who answers.
    """
    _model, instrument = questions()
    company, moved = COMPANIES.index(organisation), world().team_value.copy()
    teams = np.flatnonzero(world().company_of_team == company)
    for team, path in zip(teams, _paths(company, len(teams)), strict=True):
        for factor, points in gains.get(path, {}).items():
            moved[team, world().factors.index(factor)] += points
    filled = fill_in(replace(world(), team_value=moved), instrument, np.random.default_rng(SEED + 2))
    answered = np.random.default_rng([SEED, company, number]).random(len(filled.form)) < RESPONSE
    return _first_round(filled, answered, company)


@lru_cache(maxsize=1)
def workforce() -> Workforce:
    """Everybody of Voorbeeld Zuivel, with what they answer in the round that is open."""
    _model, instrument = questions()
    drawn = world()
    mine = drawn.company_of_team == 0
    alone = replace(
        drawn,
        company_of_team=drawn.company_of_team[mine],
        team_people=drawn.team_people[mine],
        team_value=drawn.team_value[mine],
    )
    filled = fill_in(alone, instrument, np.random.default_rng(SEED + 4))
    tenure = np.random.default_rng(SEED + 5).choice(_TENURES, len(filled.form), p=(0.2, 0.3, 0.3, 0.2))
    agency = works_through_an_agency()
    return Workforce(
        batch=replace(filled.batch, paths=tuple(team.path for team in TEAMS)),
        form=filled.form,
        tenure=tuple("under_1" if temporary else str(years) for temporary, years in zip(agency, tenure, strict=True)),
        agency=agency,
    )


def _with_teams(drawn: World, generator: np.random.Generator) -> World:
    """The same world, but the first company has the teams of Voorbeeld Zuivel."""
    others = drawn.company_of_team != 0
    own = drawn.company_value[0] + drawn.settings.team_spread * generator.standard_normal(
        (len(TEAMS), len(drawn.factors))
    )
    people = np.array([team.people for team in TEAMS], dtype=np.int64)
    mean = drawn.company_value.copy()
    mean[0] = people @ own / people.sum()
    return replace(
        drawn,
        company_of_team=np.concatenate([np.zeros(len(TEAMS), dtype=np.intp), drawn.company_of_team[others]]),
        team_people=np.concatenate([people, drawn.team_people[others]]),
        team_value=np.vstack([own, drawn.team_value[others]]),
        company_value=mean,
    )


def _first_round(filled: FilledForms, answered: NDArray[np.bool_], company: int) -> FirstRound:
    teams = np.flatnonzero(world().company_of_team == company)
    paths = _paths(company, len(teams))
    headcounts = {path: int(world().team_people[team]) for path, team in zip(paths, teams, strict=True)}
    chosen = np.isin(filled.batch.group, teams) & answered
    own = filled.batch.select(chosen)
    batch = replace(own, paths=paths, group=(own.group - teams[0]).astype(np.int32))
    form = tuple(filled.form[person] for person in np.flatnonzero(chosen))
    return FirstRound(COMPANIES[company], headcounts, batch, form)


def _paths(company: int, teams: int) -> tuple[tuple[str, ...], ...]:
    if company == 0:
        return tuple(team.path for team in TEAMS)
    return tuple((f"Team {number + 1}",) for number in range(teams))


def team_of(person: int) -> tuple[str, str]:
    """The path of the team that somebody of Voorbeeld Zuivel works in."""
    return everybody()[person].path
