"""The diagnosis: from sums to what a programme, its companies and its teams may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import lerend
from lerend.answers.table import Path, Reading
from lerend.diagnosis.estimates import Estimates, ProgrammeEstimates, estimate
from lerend.diagnosis.gaps import ManagementView, gaps_of
from lerend.diagnosis.quality import quality_of
from lerend.diagnosis.result import Diagnosis, Gap, Trail, UnitDiagnosis, UnitLevel
from lerend.diagnosis.units import Context, Spread, hidden_unit, spread_between, unit_diagnosis
from lerend.diagnosis.visibility import visibility_of
from lerend.disclosure.floors import DEFAULT_FLOOR
from lerend.errors import Problem, TooFewAnswers
from lerend.model.structure import Instrument, OrganisationModel
from lerend.statistics.sufficient import Statistics
from lerend.wording import Message, say

DEFAULT_SEED = 20190918
DEFAULT_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the answers come from: what was read, and what the trail and the report say about it."""

    reading: Reading
    digest: str
    by: tuple[str, ...]
    simulated: bool = False
    notes: tuple[Message, ...] = ()


def diagnose(
    statistics: Statistics,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    origin: Origin,
    k: int = DEFAULT_FLOOR,
    seed: int = DEFAULT_SEED,
    draws: int = DEFAULT_DRAWS,
    views: Sequence[ManagementView] = (),
) -> Diagnosis:
    """Where is most room for improvement, and how sure that is.

    Args:
        statistics: sums per unit, second-order sums per company; paths of zero (no groups), one or two parts.
        model: the factors, their priors and what may be ranked.
        instrument: the items behind the sums.
        origin: where the answers come from.
        k: the smallest group about which a mean may be shown; one switches the floors off and marks the report.
        seed: of the draws behind the probabilities; the same seed gives the same report.
        draws: how many.
        views: how management sees the same factors.

    Raises:
        TooFewAnswers: fewer than `k` people answered in all.
    """
    check_size(int(statistics.people.sum()), k)
    numbers = estimate(statistics, model=model, instrument=instrument, seed=seed, draws=draws)
    context = Context(model, numbers, visibility_of(statistics, numbers.scales, model, k=k), k)
    teams = () if numbers.teams is None else numbers.teams.table.paths
    return told(context, statistics, teams, instrument=instrument, origin=origin, seed=seed, draws=draws, views=views)


def told(
    context: Context,
    statistics: Statistics,
    teams: Sequence[Path],
    *,
    instrument: Instrument,
    origin: Origin,
    seed: int,
    draws: int,
    views: Sequence[ManagementView],
) -> Diagnosis:
    """The numbers put into findings; `teams` are those that get a place, shown or not."""
    model, numbers = context.model, context.numbers
    gaps: dict[Path, tuple[Gap, ...]] = {}
    for view in views:
        for path, found in gaps_of(view, context).items():
            gaps[path] = gaps.get(path, ()) + found
    return Diagnosis(
        trail=Trail(
            model=model.reference,
            model_digest=model.digest,
            instrument=instrument.reference,
            inputs_digest=origin.digest,
            code_version=lerend.__version__,
            seed=seed,
            draws=draws,
            k=context.k,
            by=origin.by,
        ),
        reading=origin.reading,
        programme=_programme(context, gaps),
        companies=_companies(context, gaps),
        teams=_teams(context, teams),
        quality=quality_of(statistics, numbers),
        listed=context.listed,
        target_is_stated=numbers.target_is_stated,
        shareable=context.k > 1,
        simulated=origin.simulated,
        notes=origin.notes,
    )


def check_size(people: int, k: int) -> None:
    """Refuse a diagnosis of so few people that nothing at all may be shown."""
    if people >= max(k, 2):
        return
    raise TooFewAnswers(
        [
            Problem(
                "--k" if people >= 2 else "-",
                say("The answers come from fewer than {k} people.", k=max(k, 2)),
                say("Wait for more answers. About so few people nothing may be shown."),
            )
        ]
    )


def _programme(context: Context, gaps: dict[Path, tuple[Gap, ...]]) -> UnitDiagnosis:
    companies = context.numbers.companies
    paths = companies.table.paths
    several = len(paths) > 1
    label = "" if several or not paths[0] else paths[0][0]
    spread = _between(context, companies, [i for i, path in enumerate(paths) if path in context.visibility.units(1)])
    if not several:
        spread = _between_teams(context, paths[0])
    level = UnitLevel.PROGRAMME if several or not paths[0] else UnitLevel.COMPANY
    return unit_diagnosis(
        context,
        context.numbers.programme,
        0,
        level=level,
        label=label,
        spread=spread,
        gaps=() if several else gaps.get(paths[0], ()),
        companies=len(paths),
    )


def _companies(context: Context, gaps: dict[Path, tuple[Gap, ...]]) -> tuple[UnitDiagnosis, ...]:
    part = context.numbers.companies
    if part.table.paths == ((),):
        return ()
    return tuple(
        unit_diagnosis(
            context,
            part,
            row,
            level=UnitLevel.COMPANY,
            label=path[0],
            spread=_between_teams(context, path),
            gaps=gaps.get(path, ()),
        )
        for row, path in enumerate(part.table.paths)
    )


def _teams(context: Context, names: Sequence[Path]) -> tuple[UnitDiagnosis, ...]:
    part = context.numbers.teams
    if part is None:
        return ()
    row_of = {path: row for row, path in enumerate(part.table.paths)}
    return tuple(
        unit_diagnosis(context, part, row_of[path], level=UnitLevel.TEAM, label=path[-1], spread=None)
        if path in row_of
        else hidden_unit(context, path, level=UnitLevel.TEAM, label=path[-1])
        for path in names
    )


def _between_teams(context: Context, company: Path) -> Spread | None:
    part = context.numbers.teams
    if part is None:
        return None
    shown = context.visibility.units(2)
    return _between(
        context, part, [i for i, path in enumerate(part.table.paths) if path[:1] == company and path in shown]
    )


def _between(context: Context, part: Estimates, rows: list[int]) -> Spread | None:
    """Spread between the units that are themselves shown."""
    return spread_between(part.table.score[rows], part.table.variance[rows], _expected_spread(context.numbers, part))


def _expected_spread(numbers: ProgrammeEstimates, part: Estimates) -> NDArray[np.float64]:
    mean, _, _ = part.pooled.spread
    return np.maximum(mean, 0.05 * numbers.sd)
