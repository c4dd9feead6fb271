"""Factor analysis of means and covariances: of people, of people in groups, and of what a whole score shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import numpy as np

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.ordinal_answers import MODEL, PATHS, TOGETHER, model_given
from lerend.estimate.table import Table
from lerend.wording import Message

if TYPE_CHECKING:
    from lerend.statistics.structure.continuous.fit import ContinuousEstimator
    from lerend.statistics.structure.continuous.sample import ContinuousSample
    from lerend.statistics.structure.specification import Identification, Specification
    from lerend.statistics.structure.two_level.fit import TwoLevelEstimator, TwoLevelFit

ESTIMATOR: Final = Option(
    "estimator", Kind.CHOICE, "errors and test: robust, or those of normal answers", "MLR", choices=("MLR", "MLM", "ML")
)
MISSING: Final = Option(
    "missing",
    Kind.CHOICE,
    "who lacks a value: takes part with the rest (full information), or is left out",
    "use",
    choices=("use", "leave_out"),
)
SCALE: Final = Option(
    "scale",
    Kind.CHOICE,
    "what gives a factor its scale: first item or variance 1",
    "marker",
    choices=("marker", "unit"),
)
HINTS: Final = Option("hints", Kind.WHOLE, "how many numbers that the model leaves out to name", "10")
TEAM: Final = Option("group", Kind.COLUMN, "the column that says which group each person is in: team or company")
BETWEEN: Final = Option(
    "between", Kind.TEXT, "factors between groups, with the items in the same order, if other than within", ""
)
BETWEEN_PATHS: Final = Option(
    "between_paths", Kind.TEXT, "paths between groups, also from columns that are the same for all of a group", ""
)
TWO_LEVEL_ESTIMATOR: Final = Option(
    "estimator", Kind.CHOICE, "errors and test: robust, or those of normal answers", "MLR", choices=("MLR", "ML")
)
ITEMS: Final = Option("items", Kind.COLUMNS, "columns with the items, keyed the same way round")


@dataclass(frozen=True, slots=True)
class ContinuousFactors:
    """A fitted factor model; see docs/methods/factor-analysis-continuous.md.

    Attributes:
        people, left_out, patterns: rows that take part, rows that do not, and patterns of missing values.
        statistic: chi-square only for normal answers; `test` allows for others (None for ML).
        robust: the fit indices to read.
        explained: share of each outcome's variance that paths explain.
        admissible: whether no variance is negative and no correlation above 1.
        hints: where the model misses most.
    """

    people: int
    left_out: int
    patterns: int
    unknowns: int
    log_likelihood: float
    statistic: float
    degrees: int
    p_value: float
    test: object | None
    robust: object | None
    srmr: float
    aic: float
    bic: float
    estimates: tuple[object, ...]
    explained: tuple[object, ...]
    hints: tuple[object, ...]
    admissible: bool
    proof: object
    concerns: tuple[Message, ...]


def _factors(table: Table, given: Given) -> ContinuousFactors:
    from lerend.statistics.structure.continuous.hints import continuous_hints  # noqa: PLC0415 -- likewise
    from lerend.statistics.structure.continuous.model import fit_continuous  # noqa: PLC0415 -- loads only what it needs

    model = model_given(given, cast("Identification", given.text("scale")))
    sample = samples_given(table, given, model)[table.name]
    fit = fit_continuous(sample, model, estimator=cast("ContinuousEstimator", given.text("estimator")))
    return ContinuousFactors(
        people=fit.people[0],
        left_out=fit.left_out[0],
        patterns=fit.patterns[0],
        unknowns=fit.unknowns,
        log_likelihood=fit.log_likelihood,
        statistic=fit.statistic,
        degrees=fit.degrees,
        p_value=fit.p_value,
        test=fit.test,
        robust=fit.robust,
        srmr=fit.srmr,
        aic=fit.aic,
        bic=fit.bic,
        estimates=fit.estimates,
        explained=fit.explained,
        hints=continuous_hints(fit, most=given.whole("hints")),
        admissible=fit.admissible,
        proof=fit.proof,
        concerns=fit.concerns,
    )


def samples_given(table: Table, given: Given, model: Specification) -> dict[str, ContinuousSample]:
    """The rows of each group by its name, or all of them by that of the table."""
    from lerend.statistics.structure.continuous.sample import continuous_sample  # noqa: PLC0415 -- likewise

    values = table.numbers(model.items)
    rows = {table.name: np.ones(len(values), dtype=np.bool_)}
    if "group" in given.texts:
        groups = table.groups(given.text("group"))
        rows = {name: groups.codes == code for code, name in enumerate(groups.names)}
    use = given.text("missing") == "use"
    return {
        name: continuous_sample(values[which], model.items, use_incomplete=use, group=name)
        for name, which in rows.items()
    }


def _two_level(table: Table, given: Given) -> TwoLevelFit:
    from lerend.statistics.structure.two_level.levels import Levels  # noqa: PLC0415 -- likewise
    from lerend.statistics.structure.two_level.model import fit_two_level  # noqa: PLC0415 -- likewise
    from lerend.statistics.structure.two_level.sample import two_level_sample  # noqa: PLC0415 -- likewise

    scale = cast("Identification", given.text("scale"))
    within = model_given(given, scale)
    between = within
    if any(given.has(name) for name in ("between", "between_paths", "paths")):
        texts = {"model": given.text("between") or given.text("model"), "paths": given.text("between_paths")}
        between = model_given(Given({**texts, "together": ""}), scale)
    items = Levels(within, between).items
    sample = two_level_sample(table.numbers(items), table.groups(given.text("group")).codes, items)
    return fit_two_level(sample, within, between, estimator=cast("TwoLevelEstimator", given.text("estimator")))


METHODS = (
    Method(
        "factors",
        "whether measurements fit a factor model, with paths between factors where wanted (by maximum likelihood)",
        (MODEL, PATHS, TOGETHER, ESTIMATOR, MISSING, SCALE, HINTS),
        RunsOn.FILE,
        "factor-analysis-continuous",
        _factors,
    ),
    Method(
        "two-level-factors",
        "whether measurements of people in groups fit a factor model within and between the groups",
        (MODEL, PATHS, BETWEEN, BETWEEN_PATHS, TEAM, TOGETHER, TWO_LEVEL_ESTIMATOR, SCALE),
        RunsOn.FILE,
        "factor-analysis-continuous",
        _two_level,
    ),
)
