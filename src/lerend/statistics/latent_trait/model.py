"""The graded response model (Samejima 1969) by marginal maximum likelihood; with two answers, the two-parameter logistic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.latent_trait.curves import ItemCurve
from lerend.statistics.latent_trait.fit import TraitFit, trait_fit
from lerend.statistics.latent_trait.likelihood import expected, grid_of
from lerend.statistics.latent_trait.patterns import Patterns, patterns_of
from lerend.statistics.latent_trait.scores import (
    Places,
    empirical_reliability,
    likeliest_places,
    marginal_reliability,
    mean_places,
)
from lerend.statistics.latent_trait.search import SLOPE, Found, search
from lerend.statistics.latent_trait.trouble import (
    check,
    check_places,
    loading,
    not_arrived,
    said_of_fit,
    said_of_items,
    unseen,
)
from lerend.wording import Message

Values = NDArray[np.float64]

NODES: Final = 61
_FLAT: Final = 1e-8
"""Smallest curvature per person that counts as more than none."""


@dataclass(frozen=True, slots=True, eq=False)
class GradedItem:
    """One item, with standard errors from the observed information.

    Attributes:
        answers: the codes that were given, from low to high.
        counts: how many people gave each.
        slope: how sharply the item tells people apart; logistic, no factor 1.7 in it.
        thresholds: (S,) places at which the next answer or a higher one is as likely as not, in standard deviations.
        intercepts: (S,) of the log odds; minus slope times threshold.
        loading: the slope on the scale of a factor loading, for normal curves.
        endless: whether the slope ran into the steepest that the grid can tell; then nothing here means anything, and
            errors are not there.
    """

    item: str
    answers: tuple[int, ...]
    counts: tuple[int, ...]
    slope: float
    slope_error: float
    thresholds: Values
    threshold_errors: Values
    intercepts: Values
    intercept_errors: Values
    loading: float
    endless: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """That the search ended at a top.

    Attributes:
        slope: largest slope of the log-likelihood left, per person.
        curvature: smallest, turned positive, per person.
        steps: of EM and of Newton's method.
        finer: by how much the log-likelihood changes on a grid twice as fine.
    """

    slope: float
    curvature: float
    steps: int
    finer: float


@dataclass(frozen=True, slots=True, eq=False)
class GradedResponse:
    """A fitted model.

    Attributes:
        people: with at least one answer; `left_out` those without any.
        patterns: how many different rows of answers there are.
        unknowns: how many numbers were estimated.
        bic: -2 log-likelihood + unknowns · log people; lower is better.
        marginal_reliability: of places, for people as the model has them; None where a slope has no end.
        empirical_reliability: likewise, of these people.
        fit: whether one trait accounts for the answers; None where that cannot be told.
        curves: one for each item.
        nodes: how many places the trait was cut into.
    """

    items: tuple[GradedItem, ...]
    people: int
    left_out: int
    patterns: int
    log_likelihood: float
    unknowns: int
    bic: float
    marginal_reliability: float | None
    empirical_reliability: float | None
    fit: TraitFit | None
    arrival: Arrival
    concerns: tuple[Message, ...]
    curves: tuple[ItemCurve, ...]
    nodes: int


@dataclass(frozen=True, slots=True, eq=False)
class Precision:
    """How well a scale tells where people are.

    Attributes:
        places: (Q,) on the trait, in standard deviations.
        items: (Q, k) Fisher information of each item.
        scale: (Q,) of all items together.
        error: (Q,) standard error of a place, from the items alone.
    """

    places: Values
    items: Values
    scale: Values
    error: Values


def graded_response(
    codes: NDArray[np.uint8], items: Sequence[str], *, people: Values | None = None, nodes: int = NODES
) -> GradedResponse:
    """Fit the curves of all items of one scale.

    Args:
        codes: (rows, k) answers from 1 up; 0 where there is none, which must not depend on the answer that is missing.
        people: (rows,) how many people gave each row, where rows are patterns; one each if not given.
        nodes: how many places from -6 to 6 the trait is cut into.

    Raises:
        NoTraitToMeasure: fewer than 100 people or three items, an item that everybody answered the same, or a search
            that came to no end.
    """
    check_places(nodes)
    patterns, grid = patterns_of(codes, items, people), grid_of(nodes)
    check(patterns)
    found = search(patterns, grid)
    lowest = found.lowest / patterns.total
    if found.slope > SLOPE or lowest <= _FLAT:
        raise not_arrived()
    finer = expected(patterns, found.curves, grid_of(2 * nodes - 1))[0] - found.log_likelihood
    described = tuple(_items(patterns, found))
    endless = [one.item for one in described if one.endless]
    fit = trait_fit(patterns, found.curves, grid) if patterns.complete and not endless else None
    concerns = (
        *said_of_items(patterns, found.curves, endless),
        *(() if endless else said_of_fit(patterns, fit, finer)),
    )
    places = mean_places(patterns, found.curves, grid)
    unknowns = len(found.free)
    return GradedResponse(
        items=described,
        people=round(patterns.total),
        left_out=int((patterns.of_row < 0).sum()),
        patterns=len(patterns.people),
        log_likelihood=found.log_likelihood,
        unknowns=unknowns,
        bic=-2 * found.log_likelihood + unknowns * float(np.log(patterns.total)),
        marginal_reliability=None if endless else marginal_reliability(found.curves, grid),
        empirical_reliability=None if endless else empirical_reliability(patterns, places),
        fit=fit,
        arrival=Arrival(found.slope, lowest, found.steps, finer),
        concerns=concerns,
        curves=found.curves,
        nodes=nodes,
    )


def precision(model: GradedResponse, places: Values) -> Precision:
    """Information of items and scale at some places: where on the trait the scale measures well, and where it does not."""
    each = np.column_stack([curve.information(places) for curve in model.curves])
    scale = each.sum(axis=1)
    with np.errstate(divide="ignore"):
        return Precision(places, each, scale, 1 / np.sqrt(scale))


def mean_scores(model: GradedResponse, codes: NDArray[np.uint8]) -> Places:
    """(rows,) where people are by their answers: mean and standard deviation of the posterior (EAP); NaN without answers.

    For sums over people and for research; scores of single persons belong on no screen.

    Raises:
        NoTraitToMeasure: an answer that nobody gave when the items were fitted.
    """
    patterns = _known(model, codes)
    return mean_places(patterns, model.curves, grid_of(model.nodes)).of_rows(patterns.of_row)


def likeliest_scores(model: GradedResponse, codes: NDArray[np.uint8]) -> Places:
    """(rows,) the same by the mode of the posterior (MAP), with the error from the curvature there; as `mean_scores`."""
    patterns = _known(model, codes)
    return likeliest_places(patterns, model.curves).of_rows(patterns.of_row)


def _known(model: GradedResponse, codes: NDArray[np.uint8]) -> Patterns:
    names, answers = [one.item for one in model.items], [one.answers for one in model.items]
    strange = [
        name
        for name, known, column in zip(names, answers, codes.T, strict=True)
        if set(np.unique(column)) - {0, *known}
    ]
    if strange:
        raise unseen(strange)
    return patterns_of(codes, names, chosen=answers)


def _items(patterns: Patterns, found: Found) -> Iterator[GradedItem]:
    free = np.flatnonzero(found.free)
    covariance = np.full((len(found.free),) * 2, np.nan)
    covariance[np.ix_(free, free)] = np.linalg.inv(found.information[np.ix_(free, free)])
    begin = 0
    described = zip(patterns.items, patterns.chosen, patterns.counts(), found.curves, strict=True)
    for item, answers, counts, curve in described:
        own = slice(begin, begin + 1 + len(curve.intercepts))
        begin = own.stop
        endless = not found.free[own.start]
        block = np.full_like(covariance[own, own], np.nan) if endless else covariance[own, own]
        # By the chain rule: threshold = -intercept / slope.
        by_slope = curve.intercepts / curve.slope**2
        variance = block.diagonal()
        spread = by_slope**2 * variance[0] + variance[1:] / curve.slope**2 - 2 * by_slope / curve.slope * block[0, 1:]
        errors = np.sqrt(variance)
        yield GradedItem(
            item=item,
            answers=answers,
            counts=tuple(round(count) for count in counts.tolist()),
            slope=curve.slope,
            slope_error=float(errors[0]),
            thresholds=curve.thresholds,
            threshold_errors=np.sqrt(spread),
            intercepts=curve.intercepts,
            intercept_errors=errors[1:],
            loading=float(np.copysign(loading(curve), curve.slope)),
            endless=endless,
        )
