"""Mixed models: effects that differ between teams and companies, and stepped starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lerend.estimate.complete import CompleteRows, complete_rows
from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.methods.regression import LEVEL, OUTCOME, with_intercept
from lerend.estimate.table import Table

if TYPE_CHECKING:
    from lerend.statistics.mixed.model import Fitted

DESIGNS = ("hussey-hughes", "nested exchangeable", "random treatment", "cohort")


@dataclass(frozen=True, slots=True, eq=False)
class Mixed:
    """A mixed model.

    Attributes:
        model: a `MixedModel`.
        intervals: one for each coefficient.
        few_groups: Kenward and Roger's errors and degrees of freedom, better with few groups; None for an ML fit.
        effects: what the model says about each group, level by level as in `model`, in the order of their sorted names.
        left_out: rows with an empty cell.
    """

    model: object
    intervals: tuple[object, ...]
    few_groups: object | None
    effects: tuple[object, ...]
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class Wedge:
    """The effect of having started.

    Attributes:
        pilot: a `SteppedWedge`.
        left_out: rows with an empty cell.
    """

    pilot: object
    left_out: int


def _mixed(table: Table, given: Given) -> Mixed:
    from lerend.statistics.mixed.model import fixed  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.mixed.predicting import group_effects  # noqa: PLC0415 -- as above

    factors = given.columns("factors")
    slopes, split = given.columns("slopes"), given.columns("split")
    asked = tuple(dict.fromkeys((*factors, *slopes, *split)))
    complete = complete_rows(table, given, (given.text("outcome"), *asked), ("group", "company"), ("crossed",))
    columns = dict(zip(asked, complete.values[:, 1:].T, strict=True))
    design = _design(columns, split, complete.groups["group"])
    fitted = _fitted(
        complete.values[:, 0],
        design,
        _groupings(given, complete),
        {name: columns[name] for name in slopes},
        restricted=given.text("by") == "REML",
    )
    model, level = fitted.model, given.number("level")
    return Mixed(
        model=model,
        intervals=tuple(model.interval(name, level) for name in model.names),
        few_groups=fixed(fitted.kenward_roger, model.estimate, model.names) if model.restricted else None,
        effects=group_effects(fitted),
        left_out=complete.left_out,
    )


def _design(
    columns: dict[str, NDArray[np.float64]], split: Sequence[str], groups: NDArray[np.str_]
) -> dict[str, NDArray[np.float64]]:
    """Every column by its name, the ones to be split as two."""
    from lerend.statistics.mixed.centring import within_and_between  # noqa: PLC0415 -- loads only what it needs

    design: dict[str, NDArray[np.float64]] = {}
    for name, column in columns.items():
        if name in split:
            design[f"{name} within"], design[f"{name} between"] = within_and_between(column, groups)
        else:
            design[name] = column
    return design


@dataclass(frozen=True, slots=True, eq=False)
class _Groupings:
    """Labels of the rows: groups, what stands above them, and what cuts across them; by name where there are several."""

    group: NDArray[np.str_]
    company: NDArray[np.str_] | None
    crossed: dict[str, NDArray[np.str_]]


def _groupings(given: Given, complete: CompleteRows) -> _Groupings:
    group = complete.groups["group"]
    crossed = {given.text("group"): group, **complete.listed} if given.has("crossed") else {}
    return _Groupings(group, complete.groups.get("company"), crossed)


def _fitted(
    outcome: NDArray[np.float64],
    design: dict[str, NDArray[np.float64]],
    groups: _Groupings,
    slopes: dict[str, NDArray[np.float64]],
    *,
    restricted: bool,
) -> Fitted:
    from lerend.statistics.mixed import fitting  # noqa: PLC0415 -- as above

    columns = np.column_stack(list(design.values())) if design else np.empty((len(outcome), 0))
    names, design_of = ("intercept", *design), with_intercept(columns)
    _refuse_mixtures(groups, slopes)
    if groups.crossed:
        return fitting.crossed_mixed_model(outcome, design_of, groups.crossed, names=names, restricted=restricted)
    if groups.company is None:
        return fitting.mixed_model(outcome, design_of, groups.group, names=names, slopes=slopes, restricted=restricted)
    return fitting.nested_mixed_model(
        outcome, design_of, groups.group, groups.company, names=names, restricted=restricted
    )


def _refuse_mixtures(groups: _Groupings, slopes: dict[str, NDArray[np.float64]]) -> None:
    from lerend.statistics.regression.problems import cannot_be_fitted  # noqa: PLC0415 -- as above
    from lerend.wording import say  # noqa: PLC0415 -- as above

    if groups.crossed and (slopes or groups.company is not None):
        what = say("With groupings that cut across each other only intercepts differ, and no level stands above.")
        raise cannot_be_fitted("crossed", what, say("Name the level above as one more grouping, and leave out slopes."))
    if groups.company is not None and slopes:
        what = say("With two levels of groups only intercepts differ between groups.")
        raise cannot_be_fitted("slopes", what, say("Leave out the slopes, or the outer level."))


def _wedge(table: Table, given: Given) -> Wedge:
    from lerend.statistics.mixed.stepped_wedge import DESIGNS as ALL  # noqa: PLC0415 -- loads only what it needs
    from lerend.statistics.mixed.stepped_wedge import stepped_wedge  # noqa: PLC0415 -- as above

    asked = (given.text("outcome"), given.text("started"), given.text("period"))
    complete = complete_rows(table, given, asked, ("cluster", "individual"))
    pilot = stepped_wedge(
        complete.values[:, 0],
        complete.values[:, 1],
        complete.groups["cluster"],
        complete.values[:, 2],
        design=next(design for design in ALL if design == given.text("design")),
        individual=complete.groups.get("individual"),
        by_exposure=given.text("by_exposure") == "yes",
        level=given.number("level"),
    )
    return Wedge(pilot, complete.left_out)


METHODS = (
    Method(
        "mixed-model",
        "what goes with an outcome where teams, or teams in companies, differ",
        (
            OUTCOME,
            Option("factors", Kind.COLUMNS, "the columns that explain it; an intercept is added", ""),
            Option("group", Kind.COLUMN, "the column that says to which team a row belongs"),
            Option("company", Kind.COLUMN, "the column of a level above the group", ""),
            Option("crossed", Kind.COLUMNS, "columns of groupings that cut across the group", ""),
            Option("slopes", Kind.COLUMNS, "columns whose coefficients differ between groups", ""),
            Option("split", Kind.COLUMNS, "columns to be split: a person within the group, the group among others", ""),
            Option("by", Kind.CHOICE, "restricted or plain maximum likelihood", "REML", ("REML", "ML")),
            LEVEL,
        ),
        RunsOn.FILE,
        "mixed-models",
        _mixed,
    ),
    Method(
        "stepped-wedge",
        "the effect of having started, where all teams start, one group after the other",
        (
            OUTCOME,
            Option("started", Kind.COLUMN, "the column with 1 where the team had started, else 0"),
            Option("cluster", Kind.COLUMN, "the column of the team"),
            Option("period", Kind.COLUMN, "the column of the period, as a number"),
            Option("design", Kind.CHOICE, "what differs at random", DESIGNS[0], DESIGNS),
            Option("individual", Kind.COLUMN, "the column of the person, for a cohort", ""),
            Option("by_exposure", Kind.CHOICE, "an effect for each time since the start", "no", ("no", "yes")),
            LEVEL,
        ),
        RunsOn.FILE,
        "mixed-models",
        _wedge,
    ),
)
