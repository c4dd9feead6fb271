"""Traces of U Gamma of a model, its baseline and a comparison, freed from what drawing rows by lot adds to them.

The second trace is a mean of (z_i' U z_j)^2 over all pairs of people. Pairs of a person with itself make it too large,
by some first^2 / rows; the mean over pairs of *different* people is unbiased. It is taken only in groups whose rows were
drawn: for all rows the plain trace is what other software shows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.fourth_moments import quadratic_forms
from lerend.statistics.ordinal.sample import OrdinalSample
from lerend.statistics.structure.fit import Evidence
from lerend.statistics.structure.robust import Traces, traces, traces_along


def model_traces(evidence: Evidence) -> Traces:
    """Of what the unknowns leave of the moments."""
    found = traces(evidence.whitened, evidence.moments, evidence.across)
    more = 0.0
    parts = zip(evidence.samples, evidence.weights, evidence.moments, evidence.across, strict=True)
    for (sample, weight, moments, across), block in zip(parts, evidence.whitened.blocks, strict=True):
        if sample.drawn:
            basis = evidence.whitened.basis[block]
            inner = basis.T @ across
            own = float(np.vdot(moments, moments) - 2 * np.vdot(across, across) + np.vdot(inner, inner))
            squares = quadratic_forms(
                sample, thresholds=evidence.with_thresholds, weight=weight, basis=basis, outside=True
            )
            more += _without_selves(own, squares, sample)
    return Traces(found.first, found.second + more)


def traces_of_difference(evidence: Evidence, basis: NDArray[np.float64]) -> Traces:
    """Along an orthonormal basis (p, d) of the directions that one model has and another lacks."""
    found = traces_along(basis, evidence.whitened.blocks, evidence.moments)
    more = 0.0
    parts = zip(evidence.samples, evidence.whitened.blocks, evidence.weights, evidence.moments, strict=True)
    for sample, block, weight, moments in parts:
        if sample.drawn:
            own = float(((basis[block].T @ moments @ basis[block]) ** 2).sum())
            squares = quadratic_forms(
                sample, thresholds=evidence.with_thresholds, weight=weight, basis=basis[block], outside=False
            )
            more += _without_selves(own, squares, sample)
    return Traces(found.first, found.second + more)


def baseline_traces(evidence: Evidence) -> Traces:
    """Of the correlations alone, which is all that the model without factors leaves."""
    first, second = 0.0, 0.0
    for sample, weight, moments in zip(evidence.samples, evidence.weights, evidence.moments, strict=True):
        below = len(sample.thresholds[0]) if evidence.with_thresholds else 0
        inner = moments[below:, below:]
        own = float(np.vdot(inner, inner))
        first += float(np.trace(inner))
        second += own
        if sample.drawn:
            none = np.zeros((len(inner), 0))
            squares = quadratic_forms(sample, thresholds=False, weight=weight[below:], basis=none, outside=True)
            second += _without_selves(own, squares, sample)
    return Traces(first, second)


def _without_selves(own: float, squares: float, sample: OrdinalSample) -> float:
    """How much a mean over pairs changes where people are not paired with themselves."""
    rows = int(sample.rows.shape[1])
    return (rows**2 * own - squares) / (rows * (rows - 1)) - own
