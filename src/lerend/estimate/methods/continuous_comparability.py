"""Measurement invariance of means and covariances: what may be compared between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.continuous_structure import ESTIMATOR, MISSING, samples_given
from lerend.estimate.ordinal_answers import MODEL, TOGETHER, model_given
from lerend.estimate.table import Table
from lerend.wording import Message

if TYPE_CHECKING:
    from lerend.statistics.structure.continuous.fit import ContinuousEstimator, ContinuousFit
    from lerend.statistics.structure.continuous.invariance import ContinuousStep
    from lerend.statistics.structure.ordinal_layout import Shared

GROUP: Final = Option("group", Kind.COLUMN, "the column that splits people: wave, language, company or role")
UP_TO: Final = Option(
    "up_to", Kind.CHOICE, "the last step to try", "residuals", choices=("loadings", "intercepts", "residuals")
)
PARTIAL: Final = Option(
    "partial", Kind.CHOICE, "whether items may be let go where a step fails", "yes", choices=("yes", "no")
)
LEVEL: Final = Option("level", Kind.NUMBER, "chance of a false alarm at each step", "0.05")


@dataclass(frozen=True, slots=True)
class ContinuousStepTaken:
    """One step; see `lerend.statistics.structure.continuous.invariance.ContinuousStep`."""

    adds: str
    verdict: str
    whole: object
    partly: object
    cfi_falls: float | None
    released: tuple[object, ...]
    degrees: int
    test: object | None
    robust: object | None


@dataclass(frozen=True, slots=True)
class ContinuousComparability:
    """What may be compared between groups; see docs/methods/factor-analysis-continuous.md.

    Attributes:
        people, left_out: in each group; the first group is what variances and means are relative to.
        may: what may be compared, in words.
        held: what the groups share.
        released: items that were let go.
        means: of the factors in each later group, in standard deviations of the first; empty where they may not be
            compared.
        configural_test, configural_robust: how well the model fits with all numbers apart.
    """

    groups: tuple[str, ...]
    people: tuple[int, ...]
    left_out: tuple[int, ...]
    may: tuple[Message, ...]
    held: tuple[str, ...]
    released: tuple[str, ...]
    means: tuple[object, ...]
    configural_test: object | None
    configural_robust: object | None
    steps: tuple[ContinuousStepTaken, ...]
    concerns: tuple[Message, ...]


def _invariance(table: Table, given: Given) -> ContinuousComparability:
    from lerend.statistics.structure.continuous.invariance import continuous_invariance  # noqa: PLC0415 -- not for other methods

    model = model_given(given, "unit")
    found = continuous_invariance(
        samples_given(table, given, model),
        model,
        estimator=cast("ContinuousEstimator", given.text("estimator")),
        up_to=cast("Shared", given.text("up_to")),
        partial=given.text("partial") == "yes",
        level=given.number("level"),
    )
    return ContinuousComparability(
        groups=found.configural.groups,
        people=found.configural.people,
        left_out=found.configural.left_out,
        may=found.may,
        held=found.held,
        released=found.released,
        means=_means(found.final),
        configural_test=found.configural.test,
        configural_robust=found.configural.robust,
        steps=tuple(_taken(step) for step in found.steps),
        concerns=found.concerns,
    )


def _means(fit: ContinuousFit) -> tuple[object, ...]:
    return tuple(estimate for estimate in fit.estimates if estimate.kind == "mean")


def _taken(step: ContinuousStep) -> ContinuousStepTaken:
    return ContinuousStepTaken(
        adds=step.adds,
        verdict=step.verdict,
        whole=step.whole,
        partly=step.partly,
        cfi_falls=step.cfi_falls,
        released=step.released,
        degrees=step.fit.degrees,
        test=step.fit.test,
        robust=step.fit.robust,
    )


METHODS = (
    Method(
        "invariance",
        "what may be compared between groups (measurement invariance of means and covariances)",
        (MODEL, GROUP, TOGETHER, ESTIMATOR, MISSING, UP_TO, PARTIAL, LEVEL),
        RunsOn.FILE,
        "factor-analysis-continuous",
        _invariance,
    ),
)
