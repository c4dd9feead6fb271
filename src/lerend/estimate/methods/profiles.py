"""Whether people fall into kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lerend.errors import Problem
from lerend.estimate.method import Given, Kind, Method, Option, OptionsAreWrong, RunsOn
from lerend.estimate.table import Table
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.statistics.profiles.choosing import ProfileAnswer
    from lerend.statistics.profiles.shapes import Shape


@dataclass(frozen=True, slots=True)
class ProfilesFound:
    """What was found in the rows without an empty cell.

    Attributes:
        variables: the columns, in the order of every mean.
    """

    variables: tuple[str, ...]
    answer: ProfileAnswer
    left_out: int


def _profiles(table: Table, given: Given) -> ProfilesFound:
    from lerend.statistics.profiles.choosing import choose_profiles  # noqa: PLC0415 -- each method loads what it needs

    names = given.columns("values")
    values = table.numbers(names)
    whole = ~np.isnan(values).any(axis=1)
    most, starts = given.whole("most"), given.whole("starts")
    if most < 2 or starts < 1:
        what = say("It takes two profiles and one start at least.")
        raise OptionsAreWrong([Problem("most, starts", what, say("Give larger numbers."))])
    answer = choose_profiles(values[whole], most=most, shapes=_shapes(given), starts=starts, seed=given.whole("seed"))
    return ProfilesFound(names, answer, int((~whole).sum()))


def _shapes(given: Given) -> tuple[Shape, ...]:
    from lerend.statistics.profiles.shapes import Shape  # noqa: PLC0415 -- each method loads only what it needs

    named = given.columns("shapes")
    if not named or not set(named) <= set(Shape):
        what = say("These are no shapes of profiles.")
        raise OptionsAreWrong([Problem("shapes", what, say("There are: {names}.", names=tuple(Shape)))])
    return tuple(Shape(name) for name in named)


METHODS = (
    Method(
        "profiles",
        "whether people fall into kinds, with none as an answer",
        (
            Option("values", Kind.COLUMNS, "the columns of the scores, commas between them"),
            Option("most", Kind.WHOLE, "the largest number of profiles that is tried", "5"),
            Option("shapes", Kind.TEXT, "what profiles may differ in: EII, EEI, VVI, EEE, VVV", "EII,EEI,VVI,EEE"),
            Option("starts", Kind.WHOLE, "from how many starts each model is searched", "20"),
            Option("seed", Kind.WHOLE, "where the draws of the starts begin", "1"),
        ),
        RunsOn.FILE,
        "latent-profiles",
        _profiles,
    ),
)
