"""What a pilot with these teams could show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.evidence.design.team import Team
    from lerend.evidence.power.sight import Sight

KINDS = ("lottery", "stepped", "tie_breaker", "cut_off", "encouragement", "comparison", "before_after")


@dataclass(frozen=True, slots=True)
class Foresight:
    """What could be seen, and the lot with which that was worked out.

    Attributes:
        kind: how the pilot compares.
        digest: of the design.
    """

    kind: str
    waves: int
    digest: str
    sight: Sight


def _power(table: Table, given: Given) -> Foresight:
    from lerend.evidence.design.drawing import design_pilot  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.evidence.design.kinds import Kind as Comparison  # noqa: PLC0415 -- likewise
    from lerend.evidence.power.precision import Assumed  # noqa: PLC0415 -- likewise
    from lerend.evidence.power.sight import sight_of  # noqa: PLC0415 -- likewise

    comparison = Comparison(given.text("kind"))
    design = design_pilot(comparison, _teams(table, given), waves=given.whole("waves"), seed=given.text("seed"))
    try:
        assumed = Assumed(given.number("icc"), given.number("cac"), given.number("iac"))
        sight = sight_of(design, given.number("smallest"), assumed=assumed, deviation=given.number("deviation"))
    except ValueError:
        what = say("From these numbers nothing can be worked out.")
        mend = say("Give shares from 0 to 1, a smallest effect above 0, and a plan in which not all begin at once.")
        raise OptionsAreWrong([Problem("smallest", what, mend)]) from None
    return Foresight(comparison.value, design.waves, design.digest, sight)


def _teams(table: Table, given: Given) -> list[Team]:
    from lerend.evidence.design.team import Team  # noqa: PLC0415 -- each method loads only what it needs

    names, people = table.texts(given.text("team")), table.number(given.text("people"))
    organisations = table.texts(given.text("organisation")) if given.has("organisation") else ["one"] * len(names)
    motivation = table.number(given.text("motivation")) if given.has("motivation") else np.full(len(names), np.nan)
    joins = table.number(given.text("joins")) if given.has("joins") else np.ones(len(names))
    return [
        Team(
            name,
            organisation,
            0 if np.isnan(size) else int(size),
            None if np.isnan(score) else float(score),
            joins=begins != 0,
        )
        for name, organisation, size, score, begins in zip(names, organisations, people, motivation, joins, strict=True)
    ]


METHODS = (
    Method(
        "power",
        "what a pilot with these teams could show, and what would make more visible",
        (
            Option("team", Kind.COLUMN, "the column with the name of the team; one row for each"),
            Option("people", Kind.COLUMN, "the column with how many answer in it"),
            Option(
                "smallest",
                Kind.NUMBER,
                "the smallest effect worth having, in standard deviations between people",
                "0.2",
            ),
            Option("kind", Kind.CHOICE, "how the pilot compares", "lottery", KINDS),
            Option("waves", Kind.WHOLE, "how many measurements, the one before included", "2"),
            Option("organisation", Kind.COLUMN, "the column with the company of the team", ""),
            Option("motivation", Kind.COLUMN, "the column with the motivation measured before", ""),
            Option("joins", Kind.COLUMN, "the column that says 0 for teams that go on as they did", ""),
            Option("icc", Kind.NUMBER, "share of the differences between people that lies between teams", "0.1"),
            Option("cac", Kind.NUMBER, "correlation of what is of a team between measurements", "0.8"),
            Option("iac", Kind.NUMBER, "correlation of what is of a person between measurements", "0.6"),
            Option("deviation", Kind.NUMBER, "points of the scale that one standard deviation is", "0.8"),
            Option("seed", Kind.TEXT, "the text from which lots are drawn", "1"),
        ),
        RunsOn.FILE,
        "pilot-design",
        _power,
    ),
)
