"""People of a made-up world fill in a form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED, AnswerBatch
from lerend.model.structure import Instrument
from lerend.simulate.world import Trouble, World, shaped

_SKIPPED_SHARE = 0.02
_NOT_APPLICABLE_SHARE = 0.01
_LEADER_SHARE = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class FilledForms:
    """Answers of everybody, and which form each person had."""

    batch: AnswerBatch
    form: tuple[str, ...]


def fill_in(
    world: World, instrument: Instrument, generator: np.random.Generator, *, short: bool = False
) -> FilledForms:
    """Let everybody answer.

    Args:
        world: as drawn.
        instrument: every item measures a factor or outcome of the world.
        generator: the source of chance.
        short: hand out the form called ``short`` instead of the rotation.
    """
    team = np.repeat(np.arange(len(world.team_people)), world.team_people)
    leads = generator.random(len(team)) < _LEADER_SHARE
    value = _factor_values(world, team, leads, generator)
    everything = np.hstack([value, _outcome_values(world, team, value, generator)])
    codes = _answers(world, instrument, everything, generator)
    form = _forms(instrument, len(team), generator, short=short)
    codes = _without_missing(codes, instrument, form, generator)
    paths = tuple(_path(world, index) for index in range(len(world.team_people)))
    items = tuple(item.id for item in instrument.items)
    return FilledForms(AnswerBatch(items, codes, paths, team.astype(np.int32), leads), form)


def _path(world: World, team: int) -> tuple[str, str]:
    company = int(world.company_of_team[team])
    first = int(np.flatnonzero(world.company_of_team == company)[0])
    return f"Voorbeeld {company + 1:02d}", f"Team {company + 1:02d}.{team - first + 1:02d}"


def _factor_values(
    world: World, team: NDArray[np.intp], leads: NDArray[np.bool_], generator: np.random.Generator
) -> NDArray[np.float64]:
    settings = world.settings
    shared = np.sqrt(settings.correlation) * generator.standard_normal((len(team), 1))
    own = np.sqrt(1 - settings.correlation) * generator.standard_normal((len(team), len(world.factors)))
    person = shared + own
    value: NDArray[np.float64] = world.team_value[team] + settings.person_spread * shaped(person, settings.trouble)
    value[leads] += settings.leaders_see_more
    return value


def _outcome_values(
    world: World, team: NDArray[np.intp], value: NDArray[np.float64], generator: np.random.Generator
) -> NDArray[np.float64]:
    settings = world.settings
    company = world.company_of_team[team]
    own = (value - world.company_value[company]) / settings.person_spread
    explained = (own * world.slopes[company]).sum(axis=1)
    if world.confounded:
        hidden = generator.standard_normal(len(team))
        explained += 0.35 * hidden
        value[:, list(world.confounded)] += 0.35 * settings.person_spread * hidden[:, np.newaxis]
    noise = np.sqrt(0.5) * generator.standard_normal((len(team), len(world.outcomes)))
    level = world.company_outcome[company]
    outcome: NDArray[np.float64] = level + settings.person_spread * (explained[:, np.newaxis] + noise)
    return outcome


def _answers(
    world: World, instrument: Instrument, value: NDArray[np.float64], generator: np.random.Generator
) -> NDArray[np.uint8]:
    column = {name: index for index, name in enumerate((*world.factors, *world.outcomes))}
    source = [column[item.measures] for item in instrument.items]
    latent = value[:, source] + item_offsets(len(source))
    latent += world.settings.item_noise * generator.standard_normal(latent.shape)
    codes = np.clip(np.rint(latent), 1, 5).astype(np.uint8)
    if world.settings.trouble is Trouble.CARELESS:
        careless = np.flatnonzero(generator.random(len(codes)) < 0.2)
        straight = generator.integers(2, 6, size=(len(careless), 1))
        wandering = generator.integers(0, 2, size=(len(careless), codes.shape[1]))
        codes[careless] = np.clip(straight - wandering, 1, 5)
    return codes


def item_offsets(items: int) -> NDArray[np.float64]:
    """How much easier or harder each item is to agree with, in points."""
    offsets: NDArray[np.float64] = 0.2 * np.sin(np.arange(items) * 1.7)
    return offsets


def _forms(instrument: Instrument, people: int, generator: np.random.Generator, *, short: bool) -> tuple[str, ...]:
    choices = ("short",) if short else instrument.rotation or (instrument.forms[0].id,)
    return tuple(choices[index] for index in generator.integers(0, len(choices), people))


def _without_missing(
    codes: NDArray[np.uint8], instrument: Instrument, form: tuple[str, ...], generator: np.random.Generator
) -> NDArray[np.uint8]:
    chance = generator.random(codes.shape)
    codes = np.where(chance < _SKIPPED_SHARE, SKIPPED, codes)
    codes = np.where(chance > 1 - _NOT_APPLICABLE_SHARE, NOT_APPLICABLE, codes)
    asked = {option.id: np.isin([item.id for item in instrument.items], option.items) for option in instrument.forms}
    met = np.stack([asked[name] for name in form])
    return np.where(met, codes, NOT_ASKED).astype(np.uint8)
