"""Cases with their memberships, checked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

import numpy as np

from lerend.errors import LerendError, Problem
from lerend.statistics.configurations.calibrating import Values
from lerend.wording import Message, say, say_many

MOST_CONDITIONS: Final = 8


class CasesAreWrong(LerendError):
    """Memberships that no truth table can be made of."""


class NeitherInNorOut(CasesAreWrong):
    """A membership of exactly one half: the case belongs to no row of the truth table."""


class TooManyConditions(CasesAreWrong):
    """So many conditions for so few cases that noise alone would give paths."""


class Halves(Enum):
    """What becomes of a case with a membership of one half."""

    REFUSED = "refused"
    IN_NO_ROW = "in no row"
    """It is counted in no row, but in every consistency and coverage."""


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """What is known of the cases.

    Attributes:
        names: (cases,).
        conditions: (conditions,) names.
        memberships: (cases, conditions) from 0 to 1.
        outcome: (cases,) from 0 to 1.
    """

    names: tuple[str, ...]
    conditions: tuple[str, ...]
    memberships: Values
    outcome: Values

    def __len__(self) -> int:
        return len(self.names)

    def without(self, place: int) -> Cases:
        """All but one of the cases."""
        names = self.names[:place] + self.names[place + 1 :]
        return replace(
            self,
            names=names,
            memberships=np.delete(self.memberships, place, axis=0),
            outcome=np.delete(self.outcome, place),
        )


def most_conditions(cases: int) -> int:
    """How many conditions so many cases can bear: floor(log2 cases) − 1."""
    return max(int(np.log2(cases)) - 1, 0) if cases > 0 else 0


def cases_of(
    memberships: Values,
    outcome: Values,
    *,
    conditions: Sequence[str],
    names: Sequence[str] | None = None,
    halves: Halves = Halves.REFUSED,
    limited: bool = True,
) -> Cases:
    """Cases, if a truth table can be made of them.

    Args:
        memberships: (cases, conditions).
        outcome: (cases,).
        names: of the cases; 1, 2, … when left out.
        limited: hold to `most_conditions`; false only to repeat what others have published.

    Raises:
        CasesAreWrong: shapes that do not fit, a value missing or outside 0 and 1, more than eight conditions.
        NeitherInNorOut: a membership of one half, where halves are refused.
        TooManyConditions: more than the cases can bear.
    """
    told = tuple(names) if names is not None else tuple(str(number + 1) for number in range(len(outcome)))
    if memberships.shape != (len(outcome), len(conditions)) or len(told) != len(outcome) or not len(conditions):
        raise CasesAreWrong([_problem(say("Memberships, outcome and names do not fit together."), say("Count again."))])
    whole = np.column_stack([memberships, outcome])
    if not ((whole >= 0) & (whole <= 1)).all():
        raise CasesAreWrong(
            [
                _problem(
                    say("A membership is missing, or not from 0 to 1."), say("Calibrate first, or leave the case out.")
                )
            ]
        )
    if halves is Halves.REFUSED and (whole == 0.5).any():
        raise NeitherInNorOut(_halves(whole, told, (*conditions, "")))
    _check_number(len(outcome), len(conditions), limited=limited)
    return Cases(told, tuple(conditions), memberships.astype(np.float64), outcome.astype(np.float64))


def _check_number(cases: int, conditions: int, *, limited: bool) -> None:
    if conditions > MOST_CONDITIONS:
        raise CasesAreWrong(
            [
                _problem(
                    say("More than {most} conditions cannot be compared.", most=MOST_CONDITIONS), say("Choose fewer.")
                )
            ]
        )
    if limited and conditions > most_conditions(cases):
        what = say_many(
            "{cases} cases can bear {count} condition, not {given}: with more, chance gives paths as well.",
            "{cases} cases can bear {count} conditions, not {given}: with more, chance gives paths as well.",
            most_conditions(cases),
            cases=cases,
            given=conditions,
        )
        raise TooManyConditions([_problem(what, say("Choose the conditions before looking, or wait for more cases."))])


def _halves(whole: Values, names: tuple[str, ...], columns: tuple[str, ...]) -> list[Problem]:
    found = []
    for case, column in np.argwhere(whole == 0.5).tolist():
        what = say("Case “{case}” has a membership of one half.", case=names[case])
        mend = say("Decide whether it is more in or more out, and write down why.")
        found.append(Problem(columns[column] or "outcome", what, mend))
    return found


def _problem(what: Message, mend: Message) -> Problem:
    return Problem("cases", what, mend)
