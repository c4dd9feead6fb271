"""The numbers of a fitted model, each with its standard error, also standardised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.normal import BEYOND
from lerend.statistics.structure.layout import KINDS, GroupLayout, Kind, Layout, Matrices, Places
from lerend.statistics.structure.ordinal_moments import Parameterisation, with_scale
from lerend.statistics.structure.specification import Specification


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number of the model.

    Attributes:
        group: number of the group.
        kind: which matrix it stands in.
        left, right: item and factor of a loading; outcome and predictor of a path; two factors of a covariance; two items of a residual; item and step
            (`t1` …) of a threshold; item or factor, and nothing, otherwise.
        value: in the scale of the model.
        error: its standard error; None where the number is fixed, follows from others, or is that of a measured predictor.
        standardised: with variables and factors of variance one; None for a scale. For the variance of an outcome the
            share that paths do not explain; for a covariance the correlation of what paths leave.
        standardised_error: its standard error; None where it is fixed.
        shared: whether other groups have the same number by choice.
    """

    group: int
    kind: Kind
    left: str
    right: str
    value: float
    error: float | None
    standardised: float | None
    standardised_error: float | None
    shared: bool


Place = tuple[Kind, int, int]


def estimates_of(
    layout: Layout,
    specification: Specification,
    at: NDArray[np.float64],
    covariance: NDArray[np.float64],
    parameterisation: Parameterisation,
    threshold_errors: Sequence[NDArray[np.float64]] | None,
) -> tuple[Estimate, ...]:
    """All numbers of all groups, group by group, in the order of `KINDS`.

    Args:
        at: (q,) estimates of the unknowns.
        covariance: (q, q) of them.
        threshold_errors: (k, T) of each group, where thresholds are no unknowns; None where they are.
    """
    used = np.zeros(layout.unknowns, dtype=np.int64)
    for group in layout.groups:
        for kind in KINDS:
            free = np.unique(getattr(group, kind).unknown)
            used[free[free >= 0]] += 1
    found: list[Estimate] = []
    for number, group in enumerate(layout.groups):
        places = [place for place in _places(group) if not _is_measured(specification, place)]
        matrices = with_scale(group.filled(at), parameterisation)
        plain = np.array([_plain(matrices, place) for place in places])
        positions = _positions(group, places)
        standard = _standardised(matrices)[positions]
        errors = _errors(_standardised_jacobian(group, at, positions, parameterisation), covariance)
        for row, place in enumerate(places):
            kind, one, other = place
            unknown = _unknown(group, place)
            own = None if unknown < 0 else float(np.sqrt(max(covariance[unknown, unknown], 0.0))) or None
            again: float | None = float(errors[row]) if errors[row] > 0 else None
            if kind == "threshold" and threshold_errors is not None:
                own = again = float(threshold_errors[number][one, other])
            left, right = _names(specification, place)
            found.append(
                Estimate(
                    group=number,
                    kind=kind,
                    left=left,
                    right=right,
                    value=float(plain[row]),
                    error=own,
                    standardised=None if kind == "scale" else float(standard[row]),
                    standardised_error=None if kind == "scale" else again,
                    shared=bool(unknown >= 0 and used[unknown] > 1),
                )
            )
    return tuple(found)


def _places(group: GroupLayout) -> Iterator[Place]:
    """Every element that is unknown or not zero; residual variances and scales of all items."""
    loads = (group.loading.unknown >= 0) | (group.loading.values != 0)
    for factor, item in np.argwhere(loads.T):
        yield "loading", int(item), int(factor)
    for outcome, cause in np.argwhere(group.path.unknown >= 0):
        yield "path", int(outcome), int(cause)
    for one, other in _lower(group.covariance):
        yield "covariance", one, other
    for one, other in _lower(group.residual):
        yield "residual", one, other
    for item in range(len(loads)):
        yield "scale", item, 0
    for item in np.flatnonzero(group.intercept.unknown >= 0):
        yield "intercept", int(item), 0
    for factor in np.flatnonzero(group.mean.unknown >= 0):
        yield "mean", int(factor), 0
    for item, step in np.argwhere(group.threshold.values < BEYOND):
        yield "threshold", int(item), int(step)


def _is_measured(specification: Specification, place: Place) -> bool:
    """Whether it is the loading or residual of a measured column, 1 and nothing, or the mean of a predictor."""
    kind, one, _ = place
    if kind == "mean":
        return specification.factors[one].name in specification.predictors
    measured = {factor.name for factor in specification.factors if factor.measured}
    return kind in ("loading", "residual") and specification.items[one] in measured


def _lower(places: Places) -> list[tuple[int, int]]:
    """The diagonal, and what is free below it."""
    free = np.tril((places.unknown >= 0) | np.eye(len(places.unknown), dtype=np.bool_))
    return [(int(one), int(other)) for one, other in np.argwhere(free)]


def _unknown(group: GroupLayout, place: Place) -> int:
    kind, one, other = place
    unknown = getattr(group, kind).unknown
    return int(unknown[one, other] if unknown.ndim == 2 else unknown[one])


def _names(specification: Specification, place: Place) -> tuple[str, str]:
    kind, one, other = place
    items = specification.items
    factors = [factor.name for factor in specification.factors]
    if kind == "loading":
        return items[one], factors[other]
    if kind in ("path", "covariance"):
        return factors[one], factors[other]
    if kind == "residual":
        return items[one], items[other]
    if kind == "threshold":
        return items[one], f"t{other + 1}"
    return (factors[one] if kind == "mean" else items[one]), ""


def _plain(at: Matrices, place: Place) -> float:
    kind, one, other = place
    if kind == "residual" and one == other:
        return float(_residual_variance(at)[one])
    matrix = getattr(at, kind)
    return float(matrix[one, other] if matrix.ndim == 2 else matrix[one])


def _residual_variance(at: Matrices) -> NDArray[np.float64]:
    """(k,) what the factors leave of each variable; in theta it stands on the diagonal, in delta it is what is left."""
    return np.asarray(1 / at.scale**2 - at.common.diagonal())


def _standardised(at: Matrices) -> NDArray[np.float64]:
    """Every element of every matrix, in the order of `KINDS`, with variables and factors of variance one."""
    left, variance = _residual_variance(at), at.factors.diagonal()
    possible = variance.real > 0
    deviation = np.sqrt(np.where(possible, variance, 1.0))
    residual, covariance = _correlations(at.residual, left), _correlations(at.covariance, at.covariance.diagonal())
    np.fill_diagonal(residual, left * at.scale**2)
    np.fill_diagonal(covariance, at.covariance.diagonal() / deviation**2)
    loading, mean = at.loading * deviation * at.scale[:, np.newaxis], at.mean / deviation
    path = at.path * deviation / deviation[:, np.newaxis]
    loading[:, ~possible] = covariance[~possible] = covariance[:, ~possible] = mean[~possible] = np.nan
    path[~possible] = path[:, ~possible] = np.nan
    whole: dict[Kind, NDArray[np.float64]] = {
        "loading": loading,
        "path": path,
        "covariance": covariance,
        "residual": residual,
        "scale": np.ones_like(at.scale),
        "intercept": at.intercept * at.scale,
        "mean": mean,
        "threshold": at.threshold * at.scale[:, np.newaxis],
    }
    return np.concatenate([whole[kind].ravel() for kind in KINDS])


def _correlations(covariance: NDArray[np.float64], variance: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, n) divided by the roots of these variances (n,); NaN where one is negative."""
    possible = variance.real > 0
    spread = np.sqrt(np.where(possible, variance, 1.0))
    found = covariance / np.outer(spread, spread)
    found[~possible, :] = found[:, ~possible] = np.nan
    return np.asarray(found)


def _positions(group: GroupLayout, places: Sequence[Place]) -> NDArray[np.intp]:
    """Where each place stands among all elements of all matrices."""
    shapes = {kind: getattr(group, kind).values.shape for kind in KINDS}
    starts = dict(zip(KINDS, np.cumsum([0, *(int(np.prod(shape)) for shape in shapes.values())]), strict=False))
    width = {kind: shape[1] if len(shape) == 2 else 1 for kind, shape in shapes.items()}
    return np.array([starts[kind] + one * width[kind] + other for kind, one, other in places], dtype=np.intp)


def _standardised_jacobian(
    group: GroupLayout, at: NDArray[np.float64], positions: NDArray[np.intp], parameterisation: Parameterisation
) -> NDArray[np.float64]:
    """(places, q) by complex steps, which are exact (Squire & Trapp 1998)."""
    moved = np.zeros((len(positions), len(at)))
    own = {int(u) for kind in KINDS for u in np.unique(getattr(group, kind).unknown) if u >= 0}
    for unknown in own:
        nudged = at.astype(np.complex128)
        nudged[unknown] += 1e-30j
        matrices = with_scale(group.filled(nudged), parameterisation)  # type: ignore[arg-type]  # complex on purpose
        moved[:, unknown] = _standardised(matrices)[positions].imag / 1e-30
    return moved


def _errors(jacobian: NDArray[np.float64], covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    variance = np.einsum("iq,qr,ir->i", jacobian, covariance, jacobian, optimize=True)
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)), dtype=np.float64)


def name_of_unknown(layout: Layout, specification: Specification, unknown: int) -> str:
    """Where an unknown stands, such as `loading x3 f1`."""
    for group in layout.groups:
        for kind in KINDS:
            places = np.argwhere(unknown == np.atleast_2d(getattr(group, kind).unknown.T).T)
            if len(places):
                left, right = _names(specification, (kind, int(places[0][0]), int(places[0][-1])))
                return " ".join(part for part in (kind, left, right) if part)
    raise LookupError(unknown)
