"""Fitting linear mixed models: effects that differ between teams, teams within companies, and groups that cross."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from lerend.statistics.mixed.crossed import crossed_model
from lerend.statistics.mixed.crossed_sums import CrossedSums, crossed_codes, crossed_sums
from lerend.statistics.mixed.freedom import kenward_roger, satterthwaite
from lerend.statistics.mixed.model import Explained, Fitted, Floats, Level, MixedModel, fixed
from lerend.statistics.mixed.nested import nested_model
from lerend.statistics.mixed.pieces import grouped_model
from lerend.statistics.mixed.random_columns import random_columns
from lerend.statistics.mixed.relative import Relative
from lerend.statistics.mixed.searching import Criterion, Optimum, left_over, search
from lerend.statistics.mixed.sums import (
    GroupedSums,
    NestedSums,
    Prepared,
    grouped_sums,
    labelled,
    nested_sums,
    prepared,
)
from lerend.wording import Message, say


def mixed_model(
    outcome: ArrayLike,
    design: ArrayLike,
    groups: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    slopes: Mapping[str, ArrayLike] | None = None,
    restricted: bool = True,
    level: str = "group",
) -> Fitted:
    """A model in which the intercept, and with `slopes` some coefficients, differ between groups.

    Fitted by restricted maximum likelihood (Patterson & Thompson 1971) over the relative variances, from sums per
    group (Bates et al. 2015 for the parameters); slopes and intercept go together freely.

    Args:
        outcome: (rows,).
        design: (rows, p) with the intercept as a column of its own.
        groups: (rows,) labels.
        names: of the columns.
        slopes: by name the (rows,) columns whose coefficients differ between groups; put them in the design too.
        restricted: REML; else ML, for comparing designs.
        level: what the groups are called.

    Raises:
        CannotBeFitted: missing values, columns that are sums of others, one group only, groups of one only, nothing
            left to explain, or no proven best fit.
    """
    ready = prepared(outcome, design, names)
    codes = labelled(groups, ready.rows, "groups")
    random = random_columns(slopes or {}, codes)
    sums = grouped_sums(ready, random.columns, codes)
    effects = ("intercept", *(slopes or {}))
    return _fit_grouped(ready, sums, effects, random.back, restricted=restricted, level=level)


def nested_mixed_model(
    outcome: ArrayLike,
    design: ArrayLike,
    inner: ArrayLike,
    outer: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    restricted: bool = True,
    levels: tuple[str, str] = ("team", "company"),
) -> Fitted:
    """A model with intercepts of inner groups (teams) within outer groups (companies).

    Arguments and errors as for `mixed_model`; an inner group is a pair of labels, so that the first team of every
    company may be called 1.
    """
    ready = prepared(outcome, design, names)
    sums = nested_sums(ready, labelled(inner, ready.rows, "inner"), labelled(outer, ready.rows, "outer"))
    criterion = Criterion(restricted, ready.rows, len(ready.names))
    unit = np.sqrt([len(sums.size) / ready.rows, sums.parents / ready.rows])
    relative = Relative((1, 1))
    model = nested_model(sums)
    optimum = search(model, relative, criterion, unit)
    counts = (len(sums.size), sums.parents)
    spread = np.array([float(ready.rows), float(ready.rows)])
    back = np.eye(1)
    return _fitted(ready, sums, optimum, relative, criterion, levels, counts, (("intercept",),) * 2, spread, back)


def crossed_mixed_model(
    outcome: ArrayLike,
    design: ArrayLike,
    groupings: Mapping[str, ArrayLike],
    *,
    names: Sequence[str] | None = None,
    restricted: bool = True,
) -> Fitted:
    """A model with intercepts of two or more groupings that cut across each other, such as raters and rated.

    Groupings that lie within each other do as well, if groups of the inner one have labels of their own. Levels come
    with the grouping first that has most groups. The search needs sums per group and counts per pair of groups; a
    step of it costs the third power of the number of groups beside the largest grouping.

    Args:
        outcome: (rows,).
        design: (rows, p) with the intercept as a column of its own.
        groupings: by name the (rows,) labels.
        names: of the columns.
        restricted: REML; else ML, for comparing designs.

    Raises:
        CannotBeFitted: as `mixed_model`; also fewer than two groupings, two that divide the rows alike, or more than
            5,000 groups beside the largest grouping.
    """
    ready = prepared(outcome, design, names)
    codes = crossed_codes(groupings, ready.rows)
    sums = crossed_sums(ready, codes)
    counts = [int(of.max()) + 1 for of in codes.values()]
    criterion = Criterion(restricted, ready.rows, len(ready.names))
    relative = Relative((1,) * len(codes))
    optimum = search(crossed_model(sums), relative, criterion, np.sqrt(np.array(counts) / ready.rows))
    spread = np.full(len(codes), float(ready.rows))
    effects = (("intercept",),) * len(codes)
    return _fitted(ready, sums, optimum, relative, criterion, tuple(codes), counts, effects, spread, np.eye(1))


def _fit_grouped(
    ready: Prepared, sums: GroupedSums, effects: tuple[str, ...], back: Floats, *, restricted: bool, level: str
) -> Fitted:
    q = sums.inner.shape[1]
    relative = Relative((q,))
    shapes = np.array([_entry(q, row, column) for _, row, column in relative.entries])
    total = sums.inner.sum(axis=0)
    unit = np.sqrt(len(sums.size) / np.maximum(np.diag(total), 1e-300))
    criterion = Criterion(restricted, ready.rows, len(ready.names))
    model = grouped_model(sums, shapes)
    optimum = search(model, relative, criterion, unit)
    spread = np.einsum("kab,ab->k", shapes, total)
    return _fitted(ready, sums, optimum, relative, criterion, (level,), (len(sums.size),), (effects,), spread, back)


def _entry(q: int, row: int, column: int) -> Floats:
    shape = np.zeros((q, q))
    shape[row, column] = shape[column, row] = 1.0
    return shape


def _fitted(
    ready: Prepared,
    sums: GroupedSums | NestedSums | CrossedSums,
    optimum: Optimum,
    relative: Relative,
    criterion: Criterion,
    names: Sequence[str],
    counts: Sequence[int],
    effects: Sequence[tuple[str, ...]],
    spread: Floats,
    back: Floats,
) -> Fitted:
    """Everything that is shown of an optimum; `spread` (K,) is the trace of each V_i, `back` as in `RandomColumns`."""
    products = optimum.pieces.products
    turned, scatter = left_over(products)
    variance = scatter / criterion.freedom
    inner = -turned[:-1]
    turn = np.asarray(np.linalg.inv(ready.triangle))
    uncertain = satterthwaite(optimum, relative, criterion).of(turn)
    estimate = ready.shift + turn @ inner
    tests = fixed(uncertain, estimate, ready.names)
    model = MixedModel(
        names=ready.names,
        estimate=estimate,
        standard_error=tests.standard_error,
        degrees_of_freedom=tests.degrees_of_freedom,
        t=tests.t,
        p=tests.p,
        covariance=tests.covariance,
        levels=tuple(
            Level(name, count, labels, variance * (back @ part @ back.T))
            for name, count, labels, part in zip(
                names, counts, effects, relative.covariances(optimum.gamma), strict=True
            )
        ),
        residual_variance=variance,
        log_likelihood=_log_likelihood(optimum, criterion, ready),
        explained=_explained(ready, inner, variance * float(optimum.gamma @ spread) / ready.rows, variance),
        rows=ready.rows,
        restricted=criterion.restricted,
        singular=optimum.singular,
        proof=optimum.proof,
        cautions=_cautions(optimum),
    )
    return Fitted(model, optimum, turn, uncertain, kenward_roger(optimum, criterion).of(turn), sums, inner, back)


def _log_likelihood(optimum: Optimum, criterion: Criterion, ready: Prepared) -> float:
    freedom = criterion.freedom
    constant = freedom * (1 + math.log(2 * math.pi) - math.log(freedom))
    design = ready.log_determinant if criterion.restricted else 0.0
    return -(optimum.deviance + constant + design) / 2


def _explained(ready: Prepared, inner: Floats, between: float, within: float) -> Explained:
    """By the variance of what the design predicts; `inner` are shifts from ordinary least squares."""
    coefficients = inner + ready.triangle @ ready.shift
    predicted = ready.columns[:, :-1] @ coefficients
    design = float(predicted.var(ddof=1))
    total = design + between + within
    return Explained(design / total, (design + between) / total)


def _cautions(optimum: Optimum) -> tuple[Message, ...]:
    if not optimum.singular:
        return ()
    return (
        say(
            "The data show no difference of some kind between groups, or effects that go together perfectly: "
            "believe the coefficients, not the variances."
        ),
    )
