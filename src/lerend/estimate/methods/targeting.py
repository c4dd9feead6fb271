"""For whom an approach works: the best rule of one or two questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lerend.estimate.complete import complete_rows
from lerend.estimate.method import Given, Kind, Method, Option, RunsOn, wrong_option
from lerend.estimate.methods.staggered import LEVEL
from lerend.estimate.table import Table
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.evidence.targeting.rule import Rule


@dataclass(frozen=True, slots=True)
class Learnt:
    """A rule, and how many rows had an empty cell."""

    rule: Rule
    left_out: int


def _rule(table: Table, given: Given) -> Learnt:
    from lerend.evidence.targeting.rule import Trial, learn_rule  # noqa: PLC0415 -- each method loads only what it needs

    asked, covariates = given.columns("columns"), given.columns("covariates") or given.columns("columns")
    chance = given.columns("chance")
    names = (given.text("outcome"), given.text("begun"), *asked, *covariates, *chance)
    complete = complete_rows(table, given, names, ("cluster",))
    values, cluster = complete.values, complete.groups.get("cluster")
    if not np.isin(values[:, 1], (0, 1)).all():
        raise wrong_option("begun", say("Whether a row began is 1 or 0."), say("Mend this in the file."))
    after = 2 + len(asked)
    trial = Trial(
        outcome=values[:, 0],
        begun=values[:, 1] == 1,
        columns=values[:, 2:after],
        names=asked,
        covariates=values[:, after : after + len(covariates)],
        covariate_names=covariates,
        chance=values[:, -1] if chance else None,
        cluster=None if cluster is None else np.unique(cluster, return_inverse=True)[1],
    )
    rule = learn_rule(
        trial,
        depth=int(given.text("depth")),
        least=given.whole("least"),
        folds=given.whole("folds"),
        seed=given.whole("seed"),
        level=given.number("level"),
    )
    return Learnt(rule, complete.left_out)


METHODS = (
    Method(
        "policy-tree",
        "who should begin: the best rule of one or two questions, and what it is worth on units left out",
        (
            Option("outcome", Kind.COLUMN, "the column with the outcome, of which more is better"),
            Option("begun", Kind.COLUMN, "the column that says 1 for who began by the lot and 0 for the others"),
            Option("columns", Kind.COLUMNS, "columns known before that the rule may ask for, commas between them"),
            Option("covariates", Kind.COLUMNS, "columns known before for the regression; empty for the same", ""),
            Option(
                "chance", Kind.COLUMN, "the column with the chance of beginning, where the lot gave unequal ones", ""
            ),
            Option("cluster", Kind.COLUMN, "the column of the team, where teams were drawn as a whole", ""),
            Option("depth", Kind.CHOICE, "how many questions in a row", "1", ("1", "2")),
            Option("least", Kind.WHOLE, "units that must end at every answer of the rule", "10"),
            Option(
                "folds", Kind.WHOLE, "parts that are left out in turn, to see what the rule is worth on others", "10"
            ),
            Option("seed", Kind.WHOLE, "for dividing units into parts", "0"),
            LEVEL,
        ),
        RunsOn.FILE,
        "policy-tree",
        _rule,
    ),
)
