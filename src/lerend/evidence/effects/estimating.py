"""From measurements and the frozen design to the effect: one analysis for each kind of comparison, chosen by the design."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.permuting import BY_LOT, other_lots
from lerend.evidence.design.pilot import Assigned, PilotDesign
from lerend.evidence.effects.between_teams import (
    Estimate,
    change_difference,
    columns_of,
    invited_effect,
    mean_change,
    team_ancova,
)
from lerend.evidence.effects.by_lot import LotTest, lot_test
from lerend.evidence.effects.effect import LEVEL, Basis, Effect, Method, probability_above
from lerend.evidence.effects.measured import Measured, no_effect
from lerend.evidence.effects.remarks import remarks_on
from lerend.evidence.effects.stepping import stepped_effect, stepped_lot_test, stepping_of
from lerend.evidence.power.precision import Assumed
from lerend.statistics.interval import Interval
from lerend.wording import say

LEFT_OVER: Final = 4
"""Degrees of freedom that must be left before blocks become covariates."""

_METHODS: Final = {
    Kind.LOTTERY: Method.ANCOVA,
    Kind.STEPPED: Method.STEPPED,
    Kind.TIE_BREAKER: Method.ANCOVA,
    Kind.CUT_OFF: Method.ANCOVA,
    Kind.ENCOURAGEMENT: Method.INSTRUMENT,
    Kind.COMPARISON: Method.CHANGE,
    Kind.BEFORE_AFTER: Method.BEFORE_AFTER,
}


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What the caller asks for; part of the digest."""

    smallest: float
    deviation: float
    wave: int
    level: float


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """The teams that were measured before and after, in standard deviations; after is the mean of the waves since."""

    rows: NDArray[np.int64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    begun: NDArray[np.bool_]
    covariates: NDArray[np.float64]


def estimate_effect(
    measured: Measured,
    design: PilotDesign,
    *,
    smallest: float,
    deviation: float,
    wave: int | None = None,
    level: float = LEVEL,
    began: Sequence[bool] | None = None,
    assumed: Assumed | None = None,
    seed: int = 0,
) -> Effect:
    """The effect by the analysis that belongs to the design; which teams are compared how cannot be chosen afterwards.

    Args:
        measured: at least up to the wave in question; rows in any order.
        smallest: smallest effect worth having, in standard deviations between people.
        deviation: points of the scale that one standard deviation is: that of all people at the wave before, kept with
            the plan.
        wave: at which to look; the last of the plan if not given. Earlier ones need `lerend.evidence.looks`.
        began: per team of the design whether it began; only for an invitation by lot.
        assumed: as in the plan; with a stepped start it decides how much each mean counts.
        seed: for drawing among lots, where there are too many to look at all of them.

    Raises:
        EffectCannotBeEstimated: what was measured does not answer the question.
        CannotBeFitted: too few teams are left, or groups that cannot be told apart.
    """
    wave = design.waves - 1 if wave is None else wave
    if deviation <= 0 or not 0 < wave < design.waves or wave >= measured.waves:
        raise no_effect(
            say("There is no measurement {wave} of this pilot yet, or no spread of the scale.", wave=wave),
            say("Wait for the wave, and give the standard deviation from the wave before."),
        )
    ours = measured.of(design.teams).until(wave)
    if design.kind is Kind.STEPPED:
        cells = stepping_of(ours, (assumed or Assumed()).spread, deviation=deviation)
        estimate = stepped_effect(cells, design.treated(), level=level)
        by_lot = stepped_lot_test(cells, other_lots(design, seed)) if _few(design) else None
        used = np.unique(cells.teams)
    else:
        seen = _seen(ours, design, deviation, wave)
        estimate = _estimate(design, seen, level, began)
        by_lot = _by_lot(design, seen, wave, seed) if _few(design) else None
        used = seen.rows
    numbers = _Numbers(smallest, deviation, wave, level)
    return _effect(ours, design, estimate, by_lot, used, numbers)


def _seen(measured: Measured, design: PilotDesign, deviation: float, wave: int) -> _Seen:
    since = measured.people[:, 1:] > 0
    there = (measured.people[:, 0] > 0) & since.any(axis=1)
    rows = np.flatnonzero(there)
    begun = design.treated()[rows, wave]
    if len(rows) < 2 or (design.kind is not Kind.BEFORE_AFTER and min(begun.sum(), (~begun).sum()) < 2):
        raise no_effect(
            say("Fewer than two teams of a group were measured both before and after."),
            say("Without them there is nothing to compare; look at the log of the waves."),
        )
    before = measured.mean[rows, 0] / deviation
    after = np.array([measured.mean[row, 1:][since[row]].mean() for row in rows]) / deviation
    return _Seen(rows, before, after, begun, _covariates(design, rows, before))


def _covariates(design: PilotDesign, rows: NDArray[np.int64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean before; motivation where it decided who begins; blocks where enough teams are left for that."""
    placed = [design.placements[row] for row in rows]
    parts = [before]
    if design.kind.needs_motivation:
        parts.append(np.array([one.motivation or 0.0 for one in placed]))
    else:
        names = sorted({one.block for one in placed if one.assigned is Assigned.LOT})
        if len(rows) - 2 - len(parts) - (len(names) - 1) >= LEFT_OVER:
            parts += [np.array([float(one.block == name) for one in placed]) for name in names[1:]]
    return columns_of(parts, len(rows))


def _estimate(design: PilotDesign, seen: _Seen, level: float, began: Sequence[bool] | None) -> Estimate:
    if design.kind is Kind.BEFORE_AFTER:
        return mean_change(seen.before, seen.after, level=level)
    if design.kind is Kind.COMPARISON:
        return change_difference(seen.before, seen.after, seen.begun, level=level)
    if design.kind is Kind.ENCOURAGEMENT:
        if began is None or len(began) != len(design.placements):
            raise no_effect(
                say("It is not known which teams began."), say("Say of every team of the plan whether it began.")
            )
        joined = np.asarray(began, dtype=np.bool_)[seen.rows]
        return invited_effect(seen.after, seen.begun, joined, seen.covariates, level=level)
    return team_ancova(seen.after, seen.begun, seen.covariates, level=level)


def _few(design: PilotDesign) -> bool:
    """Whether the lot itself is the primary test."""
    return design.kind.tested_by_lot and len(design.placements) <= BY_LOT


def _by_lot(design: PilotDesign, seen: _Seen, wave: int, seed: int) -> LotTest:
    lots = (other_lots(design, seed) <= wave)[:, seen.rows].astype(np.float64)
    return lot_test(seen.after, np.column_stack([np.ones(len(seen.rows)), seen.covariates]), lots)


def _effect(
    measured: Measured,
    design: PilotDesign,
    estimate: Estimate,
    by_lot: LotTest | None,
    used: NDArray[np.int64],
    numbers: _Numbers,
) -> Effect:
    tested_by, p, interval = _tested(design, estimate, by_lot, numbers.level)
    cannot_say, remarks = remarks_on(measured, design, numbers.wave)
    return Effect(
        kind=design.kind,
        method=_METHODS[design.kind],
        estimand=design.estimand,
        label=design.name,
        estimate=estimate.value,
        se=estimate.se,
        df=estimate.df,
        interval=interval,
        level=numbers.level,
        p=p,
        tested_by=tested_by,
        smallest=numbers.smallest,
        worth=probability_above(numbers.smallest, estimate.value, estimate.se, estimate.df),
        above_zero=probability_above(0.0, estimate.value, estimate.se, estimate.df),
        deviation=numbers.deviation,
        teams=len(used),
        people=int(measured.people[used, numbers.wave].sum()),
        organisations=len({design.placements[row].organisation for row in used}),
        wave=numbers.wave,
        last_wave=design.waves - 1,
        assumptions=design.assumptions,
        cannot_say=(*design.cannot_say, *cannot_say),
        remarks=remarks,
        digest=_digest(design, measured, numbers),
        by_lot=by_lot,
    )


def _tested(
    design: PilotDesign, estimate: Estimate, by_lot: LotTest | None, level: float
) -> tuple[Basis, float | None, Interval]:
    if not design.kind.estimates_effect:
        return Basis.NOTHING, None, estimate.interval
    if by_lot is None:
        return Basis.T, estimate.p, estimate.interval
    # Of an invitation the lot tests whether inviting did anything; the effect of beginning has the interval of t.
    interval = estimate.interval if design.kind is Kind.ENCOURAGEMENT else by_lot.interval(level)
    return Basis.LOT, by_lot.p(), interval


def _digest(design: PilotDesign, measured: Measured, numbers: _Numbers) -> str:
    return hashlib.sha256("\n".join((design.digest, measured.digest, repr(numbers))).encode()).hexdigest()
