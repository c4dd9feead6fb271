"""A look at a pilot that is still running, or at its end: what may be said now, and whether that is enough to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.effects.effect import Basis, Effect
from lerend.evidence.looks.anytime import anytime_regression
from lerend.evidence.looks.spending import Bound, bounds
from lerend.evidence.power.precision import Assumed, precision_of
from lerend.statistics.interval import Interval
from lerend.statistics.regression.tails import t_quantile, t_tail
from lerend.wording import Message, say


@dataclass(frozen=True, slots=True)
class LookPlan:
    """At which waves one looks, and how much of the information is in by then.

    Attributes:
        waves: numbers, ascending; the last is the end of the pilot.
        fractions: shares of the information, ascending, the last 1.
        alpha: chance of a false alarm over all looks, two-sided.
        harm: chance of stopping a harmless approach for harm, over all looks, one-sided.
    """

    waves: tuple[int, ...]
    fractions: tuple[float, ...]
    alpha: float = 0.05
    harm: float = 0.10

    def __post_init__(self) -> None:
        if len(self.waves) != len(self.fractions) or list(self.waves) != sorted(set(self.waves)):
            raise ValueError("every look has a wave of its own and a share of the information")

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """For the effect, two-sided."""
        return bounds(self.fractions, self.alpha)

    @property
    def harm_bounds(self) -> tuple[Bound, ...]:
        """For harm, one-sided."""
        return bounds(self.fractions, self.harm, sides=1)

    def slipped(self, taken: int, waves: Sequence[int], fractions: Sequence[float]) -> LookPlan:
        """The plan with other looks to come. Those already taken stay as they were, and so do their bounds.

        Args:
            taken: how many looks were taken.
            waves, fractions: of the looks still to come; the last fraction is 1, whatever information comes in.
        """
        return replace(self, waves=(*self.waves[:taken], *waves), fractions=(*self.fractions[:taken], *fractions))


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen at one wave.

    Attributes:
        effect: with the interval that is valid at this look, and without a p before the end.
        number, of: this look and how many are planned.
        bound: the limit of this look.
        clear: the effect is so clear that one may stop now.
        harm: it is so probably harmful that one should stop now.
    """

    effect: Effect
    number: int
    of: int
    bound: Bound
    clear: bool
    harm: bool
    sentence: Message


def plan_looks(design: PilotDesign, *, assumed: Assumed | None = None, waves: Sequence[int] | None = None) -> LookPlan:
    """A look after each wave at which the effect can be estimated, with the share of information that will be in.

    Args:
        waves: at which to look; each after the start if not given.

    Raises:
        ValueError: before and after only, of which there is no effect to look at.
    """
    if not design.kind.estimates_effect:
        raise ValueError("a before and after has no effect to look at")
    chosen = tuple(waves) if waves is not None else tuple(range(1, design.waves))
    information = [_information(design, wave, assumed) for wave in chosen]
    earlier = [share / information[-1] for share in information[:-1]]
    return LookPlan(chosen, (*earlier, 1.0))


def look_at(effect: Effect, plan: LookPlan) -> Look:
    """What may be said of an effect at its wave, one of the looks of the plan.

    The t of the effect is compared through its own degrees of freedom: by its p with the p of the bound.

    Raises:
        ValueError: the plan has no look at this wave.
    """
    if effect.wave not in plan.waves:
        raise ValueError("the plan has no look at this wave")
    place = plan.waves.index(effect.wave)
    bound, harm_bound = plan.bounds[place], plan.harm_bounds[place]
    p = _own_p(effect)
    harm = effect.estimate < 0 and float(t_tail(effect.estimate / effect.se, effect.df)) / 2 <= harm_bound.p
    last = place == len(plan.waves) - 1
    sentence = _sentence(place + 1, len(plan.waves), clear=p <= bound.p, harm=harm, last=last)
    seen = effect.read_by(
        interval=_valid_now(effect, bound),
        p=effect.p if last else None,
        tested_by=effect.tested_by,
        remark=sentence,
    )
    return Look(seen, place + 1, len(plan.waves), bound, clear=p <= bound.p, harm=harm, sentence=sentence)


def look_anytime(effect: Effect, *, prior: float | None = None, alpha: float = 0.05) -> Effect:
    """The effect with a p and an interval that hold at every look, for pulses without a planned end.

    Args:
        prior: as in `anytime_regression`; an eighth of the teams if not given.
    """
    found = anytime_regression(
        effect.estimate / effect.se, effect.df, effect.teams, prior=prior or max(1.0, effect.teams / 8), alpha=alpha
    )
    reach = found.reach * effect.se
    wide = not isfinite(found.reach)
    remark = (
        say("Too little is known yet to give an interval.")
        if wide
        else say("This interval holds however often one looks; that makes it wider.")
    )
    return effect.read_by(
        interval=Interval(effect.estimate - reach, effect.estimate + reach),
        p=found.p,
        tested_by=Basis.ANYTIME,
        remark=remark,
    )


def _valid_now(effect: Effect, bound: Bound) -> Interval:
    """All effects that this look does not reject, by the test that the effect has."""
    if effect.by_lot is not None and effect.kind is not Kind.ENCOURAGEMENT:
        return effect.by_lot.interval(1 - bound.p)
    reach = t_quantile(1 - bound.p, effect.df) * effect.se
    return Interval(effect.estimate - reach, effect.estimate + reach)


def _own_p(effect: Effect) -> float:
    """By the lot where that is the test, else by t."""
    if effect.tested_by is Basis.LOT and effect.p is not None:
        return effect.p
    return float(t_tail(effect.estimate / effect.se, effect.df))


def _information(design: PilotDesign, wave: int, assumed: Assumed | None) -> float:
    return 1 / precision_of(replace(design, waves=wave + 1), assumed).se ** 2


def _sentence(number: int, of: int, *, clear: bool, harm: bool, last: bool) -> Message:
    if last:
        return say("This is the last look, so the interval is almost the ordinary one.")
    if harm:
        return say("Look {number} of {of}: it so probably does harm that it is better to stop.", number=number, of=of)
    if clear:
        return say("Look {number} of {of}: the effect is so clear that waiting teams may begin.", number=number, of=of)
    return say(
        "Look {number} of {of}: not clear enough to stop. The interval is wide on purpose, because this is not the end.",
        number=number,
        of=of,
    )
