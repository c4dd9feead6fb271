"""What a pilot did, from the means of teams at each measurement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message, say

if TYPE_CHECKING:
    from lerend.evidence.design.pilot import PilotDesign, Placement
    from lerend.evidence.effects.effect import Effect
    from lerend.evidence.effects.measured import Measured

KINDS = ("lottery", "stepped", "cut_off", "comparison", "before_after")
BY_LOT = ("lottery", "stepped")


@dataclass(frozen=True, slots=True)
class Told:
    """An effect with what may be said of it."""

    headline: Message
    sentences: tuple[Message, ...]
    effect: Effect


def _effect(table: Table, given: Given) -> Told:
    from lerend.evidence.effects.estimating import estimate_effect  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.evidence.effects.saying import headline_of, sentences_of  # noqa: PLC0415 -- likewise

    measured = _measured(table, given)
    design = _design(table, given, measured)
    effect = estimate_effect(
        measured,
        design,
        smallest=given.number("smallest"),
        deviation=given.number("deviation"),
        level=given.number("level"),
    )
    return Told(headline_of(effect), sentences_of(effect), replace(effect, by_lot=None))


def _measured(table: Table, given: Given) -> Measured:
    from lerend.evidence.effects.measured import Measured  # noqa: PLC0415 -- each method loads only what it needs

    teams, times = table.groups(given.text("team")), table.number(given.text("wave"))
    if (teams.codes < 0).any() or np.isnan(times).any():
        raise _wrong("team", say("A row has no team or no wave."))
    moments, wave = np.unique(times, return_inverse=True)
    places = teams.codes * len(moments) + wave
    if len(np.unique(places)) < len(places):
        raise _wrong("wave", say("A team is there twice at one wave."))
    shape = (len(teams.names), len(moments))
    people, mean = np.zeros(shape), np.full(shape, np.nan)
    mean[teams.codes, wave] = table.number(given.text("mean"))
    people[teams.codes, wave] = np.nan_to_num(table.number(given.text("people")))
    people[np.isnan(mean)] = 0
    return Measured(teams.names, people, mean, np.full(shape, np.nan))


def _design(table: Table, given: Given, measured: Measured) -> PilotDesign:
    from lerend.evidence.design.kinds import Kind as Comparison  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.evidence.design.pilot import PilotDesign  # noqa: PLC0415 -- likewise

    moments = np.unique(table.number(given.text("wave")))
    first = _first_rows(table, given, len(measured.teams))
    starts = table.number(given.text("begins"))[first]
    begins = [int(np.searchsorted(moments, start)) if start <= moments[-1] else None for start in starts]
    if any(place == 0 for place in begins):
        raise _wrong("begins", say("A team began before the first wave."))
    placements = [
        _placement(table, given, int(row), team, int(people), place)
        for row, team, people, place in zip(first, measured.teams, measured.people[:, 0], begins, strict=True)
    ]
    return PilotDesign(
        kind=Comparison(given.text("kind")),
        placements=tuple(sorted(placements, key=lambda one: one.team)),
        waves=measured.waves,
        seed="",
        algorithm="",
    )


def _placement(table: Table, given: Given, row: int, team: str, people: int, begins: int | None) -> Placement:
    from lerend.evidence.design.pilot import Assigned, Placement  # noqa: PLC0415 -- each method loads only what it needs

    def cell(name: str, default: str) -> str:
        return table.texts(given.text(name))[row] if given.has(name) else default

    kind = given.text("kind")
    by_lot = kind in BY_LOT
    assigned = Assigned.LOT if by_lot else Assigned.SCORE if kind == "cut_off" else Assigned.CHOICE
    score = float(table.number(given.text("motivation"))[row]) if given.has("motivation") else np.nan
    return Placement(
        team=team,
        organisation=cell("organisation", "one"),
        people=people,
        block=cell("block", "all") if by_lot else "",
        assigned=assigned,
        begins=begins,
        motivation=None if np.isnan(score) else score,
    )


def _first_rows(table: Table, given: Given, teams: int) -> NDArray[np.int64]:
    codes = table.groups(given.text("team")).codes
    return np.array([int(np.flatnonzero(codes == team)[0]) for team in range(teams)], dtype=np.int64)


def _wrong(option: str, what: Message) -> OptionsAreWrong:
    return OptionsAreWrong([Problem(option, what, say("Mend this in the file."))])


LEVEL = Option("level", Kind.NUMBER, "how sure the interval is to be", "0.95")
METHODS = (
    Method(
        "effect",
        "what a pilot did, by the analysis that belongs to how it compared",
        (
            Option("team", Kind.COLUMN, "the column with the team; one row for each team and wave"),
            Option("wave", Kind.COLUMN, "the column with the number of the wave; the first is before the start"),
            Option("people", Kind.COLUMN, "the column with how many answered"),
            Option("mean", Kind.COLUMN, "the column with their mean score"),
            Option("begins", Kind.COLUMN, "the column with the wave at which the team begins; empty where it does not"),
            Option("deviation", Kind.NUMBER, "points of the scale that one standard deviation between people is"),
            Option("smallest", Kind.NUMBER, "the smallest effect worth having, in standard deviations", "0.2"),
            Option("kind", Kind.CHOICE, "how the pilot compared", "lottery", KINDS),
            Option("block", Kind.COLUMN, "the column with the block within which the lot was drawn", ""),
            Option("organisation", Kind.COLUMN, "the column with the company of the team", ""),
            Option("motivation", Kind.COLUMN, "the column with the score that decided, for a limit on a score", ""),
            LEVEL,
        ),
        RunsOn.BOTH,
        "effects",
        _effect,
    ),
)
