"""Mediation among people in groups: what lies within groups and what lies between them, kept apart.

One slope for both would mix two questions: whether a person who has more than colleagues does better, and whether a
group that has more than other groups does (Zhang, Zyphur & Preacher 2009; Pituch & Stapleton 2012).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lerend.statistics.mediation.columns import columns_of
from lerend.statistics.mediation.model import Kind, Mediation, Part, Path, cautions_of, part_of, path_of
from lerend.statistics.mixed.centring import within_and_between
from lerend.statistics.mixed.fitting import mixed_model
from lerend.statistics.mixed.model import MixedModel
from lerend.statistics.mixed.sums import refuse_groups
from lerend.statistics.regression.problems import as_codes, cannot_be_fitted
from lerend.wording import Message, say

Values = NDArray[np.float64]
_STILL: Final = 1e-12
_FEW: Final = 10
"""Degrees of freedom below which the tails of a product of two t variables rest on little."""


def multilevel_mediation(
    outcome: ArrayLike,
    mediator: ArrayLike,
    cause: ArrayLike,
    groups: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    by_lot: bool = False,
    level: float = 0.95,
) -> Mediation:
    """Paths by restricted maximum likelihood with an intercept per group, t by Satterthwaite's degrees of freedom.

    Mediator and cause are split in a person's distance from the group's mean, and that mean. A cause that never varies
    within a group makes it 2-1-1, which has a path between groups only; else it is 1-1-1.

    Args:
        outcome, mediator, cause: (rows,) numbers of people.
        groups: (rows,) labels.
        covariates: (rows, k) columns that stand in all models as they are.
        by_lot: whether the cause was drawn by lot.
        level: how sure the intervals are to be.

    Raises:
        CannotBeFitted: as `mixed_model`; also a mediator that never varies within groups, or whose means never differ.
    """
    y, m, x, rest, names = columns_of(outcome, mediator, cause, covariates)
    codes = as_codes(groups, len(y), "groups")
    refuse_groups(np.bincount(codes).astype(np.float64), "groups")
    causes, kind = _causes(x, codes)
    mediators = dict(zip(("mediator within", "mediator between"), within_and_between(m, codes), strict=True))
    _refuse_still(mediators, m)
    others = {name: rest[:, place] for place, name in enumerate(names)}
    by_cause = _fit(m, codes, {**causes, **others})
    by_both = _fit(y, codes, {**causes, **mediators, **others})
    whole = _fit(y, codes, {**causes, **others})
    parts = tuple(
        part_of(
            of,
            (
                _path(by_cause, f"cause {of}", level),
                _path(by_both, f"mediator {of}", level),
                _path(by_both, f"cause {of}", level),
                _path(whole, f"cause {of}", level),
            ),
            level,
        )
        for of in (name.removeprefix("cause ") for name in causes)
    )
    shared = {"outcome": y, "mediator": m} | ({"cause": x} if kind == "1-1-1" else {})
    return Mediation(
        kind=kind,
        parts=parts,
        within_mediator=_path(by_both, "mediator within", level) if kind == "2-1-1" else None,
        shares_between={name: _share(_fit(column, codes, {})) for name, column in shared.items()},
        rows=len(y),
        groups=int(codes.max()) + 1,
        mediator_model=by_cause,
        outcome_model=by_both,
        cautions=(*cautions_of(by_lot=by_lot), *_few(parts), *dict.fromkeys((*by_cause.cautions, *by_both.cautions))),
    )


def _few(parts: Sequence[Part]) -> Iterator[Message]:
    if any(path.degrees_of_freedom < _FEW for part in parts for path in (part.a, part.b)):
        yield say("So few groups tell hardly anything about paths between groups: the intervals are rough.")


def _causes(x: Values, codes: NDArray[np.int64]) -> tuple[dict[str, Values], Kind]:
    within, between = within_and_between(x, codes)
    if np.linalg.norm(within) <= _STILL * np.linalg.norm(x):
        return {"cause between": x}, "2-1-1"
    return {"cause within": within, "cause between": between}, "1-1-1"


def _refuse_still(mediators: Mapping[str, Values], m: Values) -> None:
    if np.linalg.norm(mediators["mediator within"]) <= _STILL * np.linalg.norm(m):
        what = say("The mediator never varies within groups.")
        raise cannot_be_fitted("mediator", what, say("Use one row for each group, and mediation at a single level."))
    if np.ptp(mediators["mediator between"]) <= _STILL * float(np.abs(m).max()):
        what = say("The mediator's mean is the same in every group, so nothing goes through it between groups.")
        raise cannot_be_fitted("mediator", what, say("Use mediation at a single level, with group as covariates."))


def _fit(explained: Values, codes: NDArray[np.int64], columns: Mapping[str, Values]) -> MixedModel:
    design = np.column_stack([np.ones(len(explained)), *columns.values()])
    return mixed_model(explained, design, codes, names=("intercept", *columns)).model


def _path(model: MixedModel, name: str, level: float) -> Path:
    place = model.names.index(name)
    return path_of(
        float(model.estimate[place]),
        float(model.standard_error[place]),
        float(model.degrees_of_freedom[place]),
        level,
    )


def _share(model: MixedModel) -> float:
    between = float(model.levels[0].covariance[0, 0])
    return between / (between + model.residual_variance)
