"""Measurement invariance: what may be compared between groups, for ordinal answers and for means and covariances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.continuous_structure import ESTIMATOR, MISSING, samples_given
from lerend.estimate.ordinal_answers import MODEL, TOGETHER, model_given, ordinal_answers
from lerend.estimate.table import Table
from lerend.wording import Message

if TYPE_CHECKING:
    from lerend.statistics.structure.continuous.fit import ContinuousEstimator, ContinuousFit
    from lerend.statistics.structure.fit import Fit
    from lerend.statistics.structure.ordinal_layout import Shared
    from lerend.statistics.structure.stepwise import Invariance, Step

    AnyInvariance: TypeAlias = Invariance[Fit] | Invariance[ContinuousFit]
    AnyStep: TypeAlias = Step[Fit] | Step[ContinuousFit]

GROUP: Final = Option("group", Kind.COLUMN, "the column that splits people: wave, language, company or role")
PARTIAL: Final = Option(
    "partial", Kind.CHOICE, "whether items may be let go where a step fails", "yes", choices=("yes", "no")
)
LEVEL: Final = Option("level", Kind.NUMBER, "chance of a false alarm at each step", "0.05")


def _up_to(last: str, *steps: str) -> Option:
    return Option("up_to", Kind.CHOICE, "the last step to try", last, choices=steps)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step; see `lerend.statistics.structure.stepwise.Step`."""

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
class Comparability:
    """What may be compared between groups; see docs/methods/invariance.md and factor-analysis-continuous.md.

    Attributes:
        people, left_out: in each group; the first group is what scales and means are relative to.
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
    steps: tuple[StepTaken, ...]
    concerns: tuple[Message, ...]


def _ordinal(table: Table, given: Given) -> Comparability:
    from lerend.statistics.ordinal.sample import sample_of  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.structure.invariance import ordinal_invariance  # noqa: PLC0415 -- likewise

    model = model_given(given, "unit")
    answers = ordinal_answers(table, model.items)
    groups = table.groups(given.text("group"))
    samples = {
        name: sample_of(answers.codes[groups.codes == code], model.items, group=name, lowest=answers.lowest)
        for code, name in enumerate(groups.names)
    }
    found = ordinal_invariance(
        samples,
        model,
        up_to=cast("Shared", given.text("up_to")),
        partial=given.text("partial") == "yes",
        level=given.number("level"),
    )
    return _comparability(found)


def _continuous(table: Table, given: Given) -> Comparability:
    from lerend.statistics.structure.continuous.invariance import continuous_invariance  # noqa: PLC0415 -- likewise

    model = model_given(given, "unit")
    found = continuous_invariance(
        samples_given(table, given, model),
        model,
        estimator=cast("ContinuousEstimator", given.text("estimator")),
        up_to=cast("Shared", given.text("up_to")),
        partial=given.text("partial") == "yes",
        level=given.number("level"),
    )
    return _comparability(found)


def _comparability(found: AnyInvariance) -> Comparability:
    return Comparability(
        groups=found.configural.groups,
        people=found.configural.people,
        left_out=found.configural.left_out,
        may=found.may,
        held=found.held,
        released=found.released,
        means=tuple(estimate for estimate in found.final.estimates if estimate.kind == "mean"),
        configural_test=found.configural.test,
        configural_robust=found.configural.robust,
        steps=tuple(_taken(step) for step in found.steps),
        concerns=found.concerns,
    )


def _taken(step: AnyStep) -> StepTaken:
    return StepTaken(
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
        "ordinal-invariance",
        "what may be compared between groups that answered the same items",
        (
            *(MODEL, GROUP, TOGETHER, _up_to("intercepts", "thresholds", "loadings", "intercepts", "residuals")),
            *(PARTIAL, LEVEL),
        ),
        RunsOn.FILE,
        "invariance",
        _ordinal,
    ),
    Method(
        "invariance",
        "what may be compared between groups (measurement invariance of means and covariances)",
        (
            *(MODEL, GROUP, TOGETHER, ESTIMATOR, MISSING, _up_to("residuals", "loadings", "intercepts", "residuals")),
            *(PARTIAL, LEVEL),
        ),
        RunsOn.FILE,
        "factor-analysis-continuous",
        _continuous,
    ),
)
