"""Confirmatory factor analysis of ordinal answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.ordinal_answers import MODEL, TOGETHER, model_given, ordinal_answers
from lerend.estimate.table import Table
from lerend.wording import Message

if TYPE_CHECKING:
    from lerend.statistics.structure.fit import Estimator
    from lerend.statistics.structure.ordinal_moments import Parameterisation
    from lerend.statistics.structure.specification import Identification

ESTIMATOR = Option("estimator", Kind.CHOICE, "weights and test", "WLSMV", choices=("WLSMV", "WLSM", "DWLS", "ULSMV"))
PARAMETERISATION = Option(
    "parameterisation", Kind.CHOICE, "whether scales or residuals are 1", "delta", choices=("delta", "theta")
)
SCALE = Option(
    "scale",
    Kind.CHOICE,
    "what gives a factor its scale: first item or variance 1",
    "marker",
    choices=("marker", "unit"),
)


@dataclass(frozen=True, slots=True)
class FactorModel:
    """A fitted factor model, without the fit indices that hide misfit; see docs/methods/factor-analysis.md.

    Attributes:
        people, left_out: rows with every answer, and rows that lack one.
        rows: over how many people the fourth moments were taken.
        statistic: of least squares; *not* distributed as chi-square, `test` is.
        robust: the fit indices to read; None where they cannot be had.
        admissible: whether no variance is negative and no correlation above 1.
    """

    people: int
    left_out: int
    rows: int
    unknowns: int
    statistic: float
    degrees: int
    test: object | None
    robust: object | None
    srmr: float
    estimates: tuple[object, ...]
    admissible: bool
    proof: object
    concerns: tuple[Message, ...]


def _ordinal(table: Table, given: Given) -> FactorModel:
    from lerend.statistics.ordinal.sample import sample_of  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.structure.ordinal import fit_ordinal  # noqa: PLC0415 -- likewise

    model = model_given(given, cast("Identification", given.text("scale")))
    answers = ordinal_answers(table, model.items)
    fit = fit_ordinal(
        sample_of(answers.codes, model.items, group=table.name, lowest=answers.lowest),
        model,
        estimator=cast("Estimator", given.text("estimator")),
        parameterisation=cast("Parameterisation", given.text("parameterisation")),
    )
    return FactorModel(
        people=fit.people[0],
        left_out=fit.left_out[0],
        rows=fit.rows[0],
        unknowns=fit.unknowns,
        statistic=fit.statistic,
        degrees=fit.degrees,
        test=fit.test,
        robust=fit.robust,
        srmr=fit.srmr,
        estimates=fit.estimates,
        admissible=fit.admissible,
        proof=fit.proof,
        concerns=fit.concerns,
    )


METHODS = (
    Method(
        "ordinal-factors",
        "whether ordinal answers fit a factor model (confirmatory factor analysis by WLSMV)",
        (MODEL, TOGETHER, ESTIMATOR, PARAMETERISATION, SCALE),
        RunsOn.FILE,
        "factor-analysis",
        _ordinal,
    ),
)
