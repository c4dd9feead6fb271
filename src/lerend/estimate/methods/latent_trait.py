"""What single items say about one trait, and how precisely a scale measures along it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from lerend.estimate.method import Given, Kind, Method, Option, RunsOn
from lerend.estimate.table import Table
from lerend.wording import Message

if TYPE_CHECKING:
    from lerend.statistics.latent_trait.fit import TraitFit
    from lerend.statistics.latent_trait.model import Arrival, GradedItem, Precision

_FAR: Final = 3.0
_AT: Final = 13


@dataclass(frozen=True, slots=True)
class ItemsMeasured:
    """Curves of items and what they are worth together; nothing about single persons.

    Attributes:
        people: rows with at least one answer that was used; `left_out` the others.
        precision: information of items and scale at thirteen places.
    """

    people: int
    left_out: int
    patterns: int
    items: tuple[GradedItem, ...]
    log_likelihood: float
    unknowns: int
    bic: float
    marginal_reliability: float | None
    empirical_reliability: float | None
    precision: Precision
    fit: TraitFit | None
    arrival: Arrival
    concerns: tuple[Message, ...]


def _graded_response(table: Table, given: Given) -> ItemsMeasured:
    from lerend.estimate.ordinal_answers import ordinal_answers  # noqa: PLC0415 -- each method loads only what it needs
    from lerend.statistics.latent_trait.model import graded_response, precision  # noqa: PLC0415 -- likewise

    items = given.columns("items")
    answers = ordinal_answers(table, items)
    codes = answers.codes
    kept = codes[(codes > 0).all(axis=1)] if given.text("empty") == "leave-out" else codes
    model = graded_response(kept, items, nodes=given.whole("nodes"))
    return ItemsMeasured(
        people=model.people,
        left_out=len(codes) - len(kept) + model.left_out,
        patterns=model.patterns,
        items=tuple(_as_written(item, answers.lowest) for item in model.items),
        log_likelihood=model.log_likelihood,
        unknowns=model.unknowns,
        bic=model.bic,
        marginal_reliability=model.marginal_reliability,
        empirical_reliability=model.empirical_reliability,
        precision=precision(model, np.linspace(-_FAR, _FAR, _AT)),
        fit=model.fit,
        arrival=model.arrival,
        concerns=model.concerns,
    )


def _as_written(item: GradedItem, lowest: int) -> GradedItem:
    """Answers by their codes in the file, where they may be counted from 0."""
    return replace(item, answers=tuple(code + lowest - 1 for code in item.answers))


METHODS = (
    Method(
        "graded-response",
        "what single items of a scale say, and where on it they measure well (item response theory)",
        (
            Option("items", Kind.COLUMNS, "the columns of the items of one scale, larger meaning more on each"),
            Option(
                "empty",
                Kind.CHOICE,
                "rows with empty cells count by what they did answer, or are left out",
                "use",
                ("use", "leave-out"),
            ),
            Option("nodes", Kind.WHOLE, "how many places the trait is cut into", "61"),
        ),
        RunsOn.FILE,
        "item-response",
        _graded_response,
    ),
)
