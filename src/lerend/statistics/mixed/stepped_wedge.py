"""Pilots in which all teams start, one group after the other: the effect of having started.

Models: Hussey & Hughes (2007), teams differ; nested exchangeable (Hooper et al. 2016), teams and their periods differ;
random treatment, teams differ in level and in effect; cohort, teams and people within them differ. Every period has
an effect of its own. By default having started has one effect, however long ago; `by_exposure` frees that (Kenny et
al. 2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.interval import Interval
from lerend.statistics.mixed.fitting import mixed_model, nested_mixed_model
from lerend.statistics.mixed.model import Fitted, Fixed, MixedModel, fixed
from lerend.statistics.regression.problems import as_codes, cannot_be_fitted
from lerend.wording import Message, say

Floats = NDArray[np.float64]
Design: TypeAlias = Literal["hussey-hughes", "nested exchangeable", "random treatment", "cohort"]
DESIGNS: Final[tuple[Design, ...]] = ("hussey-hughes", "nested exchangeable", "random treatment", "cohort")


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimated effect.

    Attributes:
        name: of what.
        estimate, standard_error, degrees_of_freedom, p, interval: by t.
    """

    name: str
    estimate: float
    standard_error: float
    degrees_of_freedom: float
    p: float
    interval: Interval


@dataclass(frozen=True, slots=True, eq=False)
class SteppedWedge:
    """The effect of having started.

    Attributes:
        design: which model.
        effect: of having started, whatever time ago; by exposure: the average over exposure times (TATE).
        kenward_roger: the same with Kenward and Roger's error and degrees of freedom, to be preferred with few teams.
        by_exposure: the effect after one period, two periods and so on; empty where one effect was asked for.
        last: the effect after the longest time (LTE); None where one effect was asked for.
        model: everything else.
        clusters, periods, rows: how many.
        cautions: what to know before using it.
    """

    design: Design
    effect: Effect
    kenward_roger: Effect
    by_exposure: tuple[Effect, ...]
    last: Effect | None
    model: MixedModel
    clusters: int
    periods: int
    rows: int
    cautions: tuple[Message, ...]


def stepped_wedge(
    outcome: ArrayLike,
    treated: ArrayLike,
    cluster: ArrayLike,
    period: ArrayLike,
    *,
    design: Design = "hussey-hughes",
    individual: ArrayLike | None = None,
    by_exposure: bool = False,
    restricted: bool = True,
    level: float = 0.95,
) -> SteppedWedge:
    """The effect of having started, from rows of people (or of teams) in periods.

    Args:
        outcome: (rows,).
        treated: (rows,) 1 where the cluster had started in that period, else 0.
        cluster, period: (rows,) labels; periods sort in time.
        individual: (rows,) label of the person, for a cohort; it counts within its cluster.
        by_exposure: an effect for each number of periods since the start.
        level: of the intervals.

    Raises:
        CannotBeFitted: as `mixed_model`; nobody started or everybody had; a cohort without `individual`.
        ValueError: an unknown design.
    """
    if design not in DESIGNS:
        raise ValueError(f"design must be one of {', '.join(DESIGNS)}")
    y = np.asarray(outcome, dtype=np.float64).reshape(-1)
    start = np.asarray(treated, dtype=np.float64).reshape(-1)
    clusters, periods = as_codes(cluster, len(y), "cluster"), as_codes(period, len(y), "period")
    _refuse(start, len(y), design, individual)
    times = np.eye(int(periods.max()) + 1)[periods][:, 1:]
    doses = _exposures(start, clusters, periods) if by_exposure else start[:, np.newaxis]
    dose_names = tuple(f"started {time} ago" for time in range(1, doses.shape[1] + 1)) if by_exposure else ("started",)
    names = ("intercept", *dose_names, *(f"period {time}" for time in range(2, times.shape[1] + 2)))
    columns = np.column_stack([np.ones(len(y)), doses, times])
    fitted = _fit(design, y, columns, names, clusters, periods, start, individual, restricted=restricted)
    return _told(fitted, design, len(dose_names), clusters, periods, by_exposure=by_exposure, level=level)


def _fit(
    design: Design,
    y: Floats,
    columns: Floats,
    names: Sequence[str],
    clusters: NDArray[np.int64],
    periods: NDArray[np.int64],
    start: Floats,
    individual: ArrayLike | None,
    *,
    restricted: bool,
) -> Fitted:
    if design == "nested exchangeable":
        levels = ("cluster and period", "cluster")
        return nested_mixed_model(y, columns, periods, clusters, names=names, restricted=restricted, levels=levels)
    if design == "cohort":
        people = as_codes(np.asarray(individual), len(y), "individual")
        levels = ("individual", "cluster")
        return nested_mixed_model(y, columns, people, clusters, names=names, restricted=restricted, levels=levels)
    slopes = {"started": start} if design == "random treatment" else None
    return mixed_model(y, columns, clusters, names=names, slopes=slopes, restricted=restricted, level="cluster")


def _told(
    fitted: Fitted,
    design: Design,
    doses: int,
    clusters: NDArray[np.int64],
    periods: NDArray[np.int64],
    *,
    by_exposure: bool,
    level: float,
) -> SteppedWedge:
    model = fitted.model
    mean = np.zeros((1, len(model.names)))
    mean[0, 1 : doses + 1] = 1 / doses
    name = ("average",) if by_exposure else ("started",)
    plain = fixed(fitted.satterthwaite, model.estimate, name, mean)
    widened = fixed(fitted.kenward_roger, model.estimate, name, mean)
    each = fixed(fitted.satterthwaite, model.estimate, model.names)
    exposures = tuple(_effect(each, place, level) for place in range(1, doses + 1)) if by_exposure else ()
    few = () if int(clusters.max()) + 1 >= 6 else (say("Fewer than six teams cannot carry this design."),)
    return SteppedWedge(
        design=design,
        effect=_effect(plain, 0, level),
        kenward_roger=_effect(widened, 0, level),
        by_exposure=exposures,
        last=exposures[-1] if exposures else None,
        model=model,
        clusters=int(clusters.max()) + 1,
        periods=int(periods.max()) + 1,
        rows=model.rows,
        cautions=model.cautions + few,
    )


def _effect(tests: Fixed, place: int, level: float) -> Effect:
    name = tests.names[place]
    return Effect(
        name,
        float(tests.estimate[place]),
        float(tests.standard_error[place]),
        float(tests.degrees_of_freedom[place]),
        float(tests.p[place]),
        tests.interval(name, level),
    )


def _exposures(start: Floats, clusters: NDArray[np.int64], periods: NDArray[np.int64]) -> Floats:
    """(rows, longest) indicators of how many periods a cluster has been at it, its first period as 1."""
    first = np.full(int(clusters.max()) + 1, np.iinfo(np.int64).max)
    begun = start > 0
    np.minimum.at(first, clusters[begun], periods[begun])
    time = np.where(begun, periods - np.minimum(first[clusters], periods) + 1, 0)
    present = np.unique(time[time > 0])
    return np.asarray(time[:, np.newaxis] == present, dtype=np.float64)


def _refuse(start: Floats, rows: int, design: Design, individual: ArrayLike | None) -> None:
    if len(start) != rows or not np.isin(start, (0.0, 1.0)).all():
        what = say("Whether a team had started must be 0 or 1 for each row.")
        raise cannot_be_fitted("treated", what, say("Write 1 from the period on in which it started."))
    if start.min() == start.max():
        what = say("All rows have started, or none has, so there is nothing to compare.")
        raise cannot_be_fitted("treated", what, say("Add periods before the start, or teams that started later."))
    if design == "cohort" and individual is None:
        what = say("A cohort needs to know which rows are of the same person.")
        raise cannot_be_fitted("individual", what, say("Give a label for each row, or choose another design."))
