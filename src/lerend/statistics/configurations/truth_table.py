"""The truth table: of every combination of conditions how many cases there are, and whether the outcome goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.configurations.calibrating import Values
from lerend.statistics.configurations.cases import Cases
from lerend.statistics.configurations.implicants import Flags, space_of

_AS_HIGH: Final = 1e-9
"""A consistency this little below the cut reaches it."""


class Outcome(Enum):
    """What a row says."""

    YES = "1"
    NO = "0"
    UNKNOWN = "?"
    """No case, or fewer than asked for: a remainder."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """What a row must reach to count.

    Attributes:
        consistency: at least.
        pri: at least.
        cases: at least; rows with fewer are remainders.
    """

    consistency: float = 0.80
    pri: float = 0.65
    cases: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One combination.

    Attributes:
        number: from 1, the first condition counting most, as in printed truth tables.
        values: 0 or 1 of each condition.
        consistency, pri: None where no case belongs to it at all.
    """

    number: int
    values: tuple[int, ...]
    outcome: Outcome
    cases: tuple[str, ...]
    consistency: float | None
    pri: float | None


@dataclass(frozen=True, slots=True, eq=False)
class TruthTable:
    """All rows, and which are which.

    Attributes:
        rows: those with a case or more.
        yes, no, unknown: (2^m,) each row is in one of them.
    """

    conditions: tuple[str, ...]
    cuts: Cuts
    rows: tuple[Row, ...]
    yes: Flags
    no: Flags
    unknown: Flags


def truth_table(cases: Cases, cuts: Cuts) -> TruthTable:
    """Which combinations go with the outcome (Ragin 2008)."""
    belonging = memberships_in_rows(cases.memberships)
    place = row_of_cases(cases.memberships)
    count = np.bincount(place[place >= 0], minlength=belonging.shape[1])
    consistency, pri = row_fit(belonging, cases.outcome[:, None])
    known = count >= max(cuts.cases, 1)
    yes = (known & reaching(consistency, pri, cuts)[0]).astype(np.bool_)
    rows = []
    for row in np.flatnonzero(count).tolist():
        outcome = (Outcome.YES if yes[row] else Outcome.NO) if known[row] else Outcome.UNKNOWN
        inside = tuple(cases.names[case] for case in np.flatnonzero(place == row).tolist())
        values = tuple(space_of(len(cases.conditions)).rows[row].tolist())
        rows.append(Row(row + 1, values, outcome, inside, _known(consistency[0, row]), _known(pri[0, row])))
    return TruthTable(cases.conditions, cuts, tuple(rows), yes, known & ~yes, ~known)


def memberships_in_rows(memberships: Values) -> Values:
    """(cases, 2^m) how far each case belongs to each row."""
    whole = np.ones((len(memberships), 1))
    for column in memberships.T:
        parts = np.stack([1 - column, column], axis=1)
        whole = np.minimum(whole[:, :, None], parts[:, None, :]).reshape(len(memberships), -1)
    return whole


def row_of_cases(memberships: Values) -> NDArray[np.int64]:
    """(cases,) the row that a case belongs to by more than half; -1 where a membership is one half."""
    power = 2 ** np.arange(memberships.shape[1] - 1, -1, -1)
    return np.where((memberships == 0.5).any(axis=1), -1, (memberships > 0.5) @ power)


def row_fit(belonging: Values, outcomes: Values) -> tuple[Values, Values]:
    """(draws, 2^m) consistency and PRI of each row for many outcomes at once; NaN where no case belongs to a row.

    Args:
        belonging: (cases, 2^m).
        outcomes: (cases, draws).
    """
    whole = belonging.sum(axis=0)
    within = np.zeros((outcomes.shape[1], belonging.shape[1]))
    in_both = np.zeros_like(within)
    part = np.empty_like(within)
    for mine, out in zip(belonging, outcomes, strict=True):
        within += np.minimum(mine, out[:, None], out=part)
        in_both += np.minimum(mine, np.minimum(out, 1 - out)[:, None], out=part)
    with np.errstate(invalid="ignore", divide="ignore"):
        consistency = np.where(whole > 1e-12, within / whole, np.nan)
        pri = np.where(whole - in_both > 1e-12, (within - in_both) / (whole - in_both), np.nan)
    return consistency, pri


def reaching(consistency: Values, pri: Values, cuts: Cuts) -> Flags:
    """Where both reach their cuts."""
    reached: Flags = (consistency >= cuts.consistency - _AS_HIGH) & (pri >= cuts.pri - _AS_HIGH)
    return reached


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
