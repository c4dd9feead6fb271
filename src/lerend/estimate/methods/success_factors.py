"""What goes with success over pilots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.pooling import DF, EFFECT, ERROR, pilots_of
from lerend.estimate.table import Table
from lerend.wording import Message, Text

if TYPE_CHECKING:
    from lerend.evidence.success_factors.averaging import SuccessFactors


@dataclass(frozen=True, slots=True)
class Told:
    """Success factors with what may be concluded from so many pilots.

    Attributes:
        left_out: rows with an empty cell.
        configurations_bear: so many conditions at most can go into `configurations` beside this.
    """

    says: Message
    found: SuccessFactors
    left_out: int
    configurations_bear: int


def _success_factors(table: Table, given: Given) -> Told:
    from lerend.evidence.success_factors.averaging import success_factors  # noqa: PLC0415 -- only what is needed
    from lerend.evidence.success_factors.factors import CodedFactor  # noqa: PLC0415 -- as above
    from lerend.evidence.success_factors.sentences import standing_of  # noqa: PLC0415 -- as above
    from lerend.statistics.configurations.cases import most_conditions  # noqa: PLC0415 -- as above

    names = given.columns("factors")
    known = table.numbers([given.text("effect"), given.text("error"), *names])
    kept = np.asarray(~np.isnan(known).any(axis=1))
    coded = [
        CodedFactor(name, Text(name, name), tuple(float(each) for each in column), Text(name, name), Text("", ""))
        for name, column in zip(names, known[kept, 2:].T, strict=True)
    ]
    pilots = pilots_of(table, given, kept)
    found = success_factors(pilots, coded, leave_out=given.text("without_each") == "yes")
    return Told(standing_of(found), found, int((~kept).sum()), most_conditions(len(pilots)))


METHODS = (
    Method(
        "success-factors",
        "what goes with larger effects over pilots: all sets of factors weighed",
        (
            EFFECT,
            ERROR,
            DF,
            Option("factors", Kind.COLUMNS, "1 to 12 columns of factors, coded before effects were known"),
            Option("without_each", Kind.CHOICE, "also with each pilot left out once", "yes", ("yes", "no")),
        ),
        RunsOn.FILE,
        "success-factors",
        _success_factors,
    ),
)
