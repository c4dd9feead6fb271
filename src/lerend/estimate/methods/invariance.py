"""Measurement invariance: what may be compared between groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.ordinal_answers import MODEL, TOGETHER, model_given, ordinal_answers
from lerend.estimate.table import Table
from lerend.wording import Message

if TYPE_CHECKING:
    from lerend.statistics.structure.fit import Fit
    from lerend.statistics.structure.invariance import Step
    from lerend.statistics.structure.ordinal_layout import Shared

GROUP = Option("group", Kind.COLUMN, "the column that splits people: wave, language, company or role")
UP_TO = Option(
    "up_to",
    Kind.CHOICE,
    "the last step to try",
    "intercepts",
    choices=("thresholds", "loadings", "intercepts", "residuals"),
)
PARTIAL = Option("partial", Kind.CHOICE, "whether items may be let go where a step fails", "yes", choices=("yes", "no"))
LEVEL = Option("level", Kind.NUMBER, "chance of a false alarm at each step", "0.05")


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step; see `lerend.statistics.structure.invariance.Step`."""

    adds: str
    verdict: str
    whole: object
    partly: object
    released: tuple[object, ...]
    degrees: int
    test: object | None


@dataclass(frozen=True, slots=True)
class Comparability:
    """What may be compared between groups; see docs/methods/invariance.md.

    Attributes:
        people: in each group, with every answer; the first group is what scales and means are relative to.
        left_out: rows that lack an answer, in each group.
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


def _invariance(table: Table, given: Given) -> Comparability:
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
    return Comparability(
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


def _means(fit: Fit) -> tuple[object, ...]:
    return tuple(estimate for estimate in fit.estimates if estimate.kind == "mean")


def _taken(step: Step) -> StepTaken:
    return StepTaken(step.adds, step.verdict, step.whole, step.partly, step.released, step.fit.degrees, step.fit.test)


METHODS = (
    Method(
        "ordinal-invariance",
        "what may be compared between groups that answered the same items",
        (MODEL, GROUP, TOGETHER, UP_TO, PARTIAL, LEVEL),
        RunsOn.FILE,
        "invariance",
        _invariance,
    ),
)
