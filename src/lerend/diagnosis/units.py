"""From numbers to findings per unit: what may be shown is shown with its interval, the rest says why it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis import sentences
from lerend.diagnosis.estimates import Estimates, ProgrammeEstimates
from lerend.diagnosis.pooling import pool
from lerend.diagnosis.result import Band, Estimate, Finding, Gap, Room, Strength, UnitDiagnosis, UnitLevel
from lerend.diagnosis.room import listed_of
from lerend.diagnosis.rounding import rough, rough_room
from lerend.diagnosis.sensitivity import leaves_with
from lerend.diagnosis.visibility import Behind, Visibility
from lerend.disclosure.bands import PeopleBand, nearest, people_band
from lerend.disclosure.floors import FLOOR_FOR_RANKING, tells_beside_others, too_few
from lerend.model.structure import Direction, Factor, OrganisationModel
from lerend.wording import Message, say

VERY_LIKELY_FROM = 0.8
POSSIBLY_FROM = 0.3
TENTH, TWENTIETH = 0.1, 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What every unit of one diagnosis shares."""

    model: OrganisationModel
    numbers: ProgrammeEstimates
    visibility: Visibility
    k: int
    behind: Behind | None = None

    def people(self, n: int) -> int | PeopleBand:
        """A number of people as it may be said."""
        return n if self.behind is None else people_band(n, k=self.behind.k)

    def rough(self, value: Estimate, step: float) -> Estimate:
        """An estimate as it may be said."""
        return value if self.behind is None else rough(value, step)

    def nearest(self, value: float, step: float) -> float:
        return value if self.behind is None else nearest(value, step)

    @property
    def listed(self) -> int:
        """How many factors count as those with most room."""
        names = self.numbers.scales.ids[: self.numbers.scales.n_factors]
        return listed_of(sum(self.model.factor(name).ranked for name in names))


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """(K) differences between the parts of a unit: estimate, interval, and whether they are more than chance."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    differs: NDArray[np.bool_]


def band_of(probability: float) -> Band:
    """The three-step reading of the probability of being among those with most room."""
    if probability >= VERY_LIKELY_FROM:
        return Band.VERY_LIKELY
    return Band.POSSIBLY if probability >= POSSIBLY_FROM else Band.UNLIKELY


def estimate_of(value: float, variance: float, *, lowest: float = -np.inf, highest: float = np.inf) -> Estimate:
    """A value with its 95 % interval from its variance, kept within the ends of a scale."""
    half = 1.959963984540054 * float(np.sqrt(max(variance, 0.0)))
    return Estimate(float(value), max(float(value) - half, lowest), min(float(value) + half, highest))


def unit_diagnosis(
    context: Context,
    part: Estimates,
    row: int,
    *,
    level: UnitLevel,
    label: str,
    spread: Spread | None,
    gaps: tuple[Gap, ...] = (),
    companies: int = 1,
) -> UnitDiagnosis:
    """Everything about one unit, given its row in the numbers."""
    path = part.table.paths[row]
    if path not in context.visibility.units(len(path)):
        return hidden_unit(context, path, level=level, label=label)
    people = int(part.table.people[row].max())
    shown = _shown(context, path)
    own_mean = _own_mean(context, part, row, shown)
    why_not = _why_not_ranked(part, people)
    # A unit that is shown holds k people; fewer may have answered each single scale.
    said = context.people(people if context.behind is None else max(people, context.k))
    findings = tuple(
        _finding(
            context,
            part,
            row,
            scale,
            level=level,
            shown=shown,
            own_mean=own_mean,
            spread=spread,
            ranked=why_not is None,
        )
        for scale in range(len(context.numbers.scales.ids))
    )
    bottlenecks = _bottlenecks(findings, context.listed)
    strengths = _strengths(context, part, row, shown, bottlenecks) if why_not is None else ()
    return UnitDiagnosis(
        path=path,
        level=level,
        label=label,
        people=said,
        findings=findings,
        own_mean=own_mean,
        strengths=strengths,
        bottlenecks=tuple(finding.scale for finding in bottlenecks),
        gaps=gaps,
        why_not_ranked=why_not,
        headline=_headline(context, findings, bottlenecks, strengths, gaps, why_not, level, said, companies),
    )


def hidden_unit(context: Context, path: Path, *, level: UnitLevel, label: str) -> UnitDiagnosis:
    """A unit of which nothing may be said, with the reason and the units that it was taken together with."""
    reason = too_few(about_manager=False, k=context.k)
    findings = tuple(
        Finding(scale, None, None, can_be_chance=True, hidden=reason) for scale in context.numbers.scales.ids
    )
    joined = tuple(other[-1] for other in context.visibility.joined_with(path) if other)
    return UnitDiagnosis(
        path, level, label, None, findings, None, joined_with=joined, hidden=reason, why_not_ranked=reason
    )


def _shown(context: Context, path: Path) -> NDArray[np.bool_]:
    scales = range(len(context.numbers.scales.ids))
    return np.array([path in context.visibility.shown(scale, len(path)) for scale in scales], dtype=bool)


def _factors(context: Context) -> list[Factor]:
    ids = context.numbers.scales.ids[: context.numbers.scales.n_factors]
    return [context.model.factor(name) for name in ids]


def _own_mean(context: Context, part: Estimates, row: int, shown: NDArray[np.bool_]) -> float | None:
    plain = [
        part.pooled.mean[row, index]
        for index, factor in enumerate(_factors(context))
        if shown[index] and factor.direction is not Direction.INVERTED_U and factor.ranked
    ]
    return context.nearest(float(np.mean(plain)), TENTH) if plain else None


def _why_not_ranked(part: Estimates, people: int) -> Message | None:
    if part.ranking is None:
        return say("There is nothing to rank: the answers hold no outcome, or no factor that may be ranked.")
    if people < FLOOR_FOR_RANKING:
        return say(
            "We rank topics from {floor} answers. Below that a ranking would be mostly chance.", floor=FLOOR_FOR_RANKING
        )
    return None


def _finding(
    context: Context,
    part: Estimates,
    row: int,
    scale: int,
    *,
    level: UnitLevel,
    shown: NDArray[np.bool_],
    own_mean: float | None,
    spread: Spread | None,
    ranked: bool,
) -> Finding:
    numbers = context.numbers
    name = numbers.scales.ids[scale]
    factor = _factors(context)[scale] if scale < numbers.scales.n_factors else None
    if not shown[scale]:
        about_manager = factor is not None and factor.about_manager
        withheld = context.visibility.is_withheld(part.table.paths[row], scale)
        reason = tells_beside_others() if withheld else too_few(about_manager=about_manager, k=context.k)
        return Finding(name, None, None, can_be_chance=True, hidden=reason)
    mean, variance = part.pooled.mean[row, scale], part.pooled.variance[row, scale]
    score = context.rough(estimate_of(mean, variance, lowest=1, highest=5), TENTH)
    people = context.people(int(part.table.people[row, scale]))
    between, differs = _spread_of(context, spread, scale)
    words = None if context.behind is None else context.behind.words_for(part.table.paths[row], name)
    may_rank = ranked and factor is not None and factor.ranked and own_mean is not None
    room = _room(context, part, row, scale, shown, with_spread=level is not UnitLevel.PROGRAMME) if may_rank else None
    if words is not None:
        return Finding(
            name,
            people,
            None,
            can_be_chance=False,
            words=words,
            room=room,
            spread=between,
            differs=differs,
            sentence=sentences.about_words(words),
        )
    if factor is None or own_mean is None:
        return Finding(
            name,
            people,
            score,
            can_be_chance=False,
            spread=between,
            differs=differs,
            sentence=sentences.about_outcome(score),
        )
    chance = score.low <= own_mean <= score.high
    sentence = (
        sentences.about_room(factor.name, room, context.listed, spread=between, differs=differs, level=level)
        if room is not None and room.band is not Band.UNLIKELY
        else sentences.about_factor(factor, score, own_mean, can_be_chance=chance)
    )
    return Finding(
        name, people, score, can_be_chance=chance, room=room, spread=between, differs=differs, sentence=sentence
    )


def _spread_of(context: Context, spread: Spread | None, scale: int) -> tuple[Estimate | None, bool]:
    if spread is None or np.isnan(spread.mean[scale]):
        return None, False
    value = Estimate(float(spread.mean[scale]), float(spread.low[scale]), float(spread.high[scale]))
    return context.rough(value, TENTH), bool(spread.differs[scale])


def _room(
    context: Context, part: Estimates, row: int, index: int, shown: NDArray[np.bool_], *, with_spread: bool
) -> Room | None:
    numbers, ranking, association = context.numbers, part.ranking, context.numbers.association
    if ranking is None or association is None:
        return None
    f = numbers.scales.n_factors
    sd = numbers.sd[index]
    between = numbers.slope_between**2 if with_spread else 0.0
    target = float(numbers.target[index])
    gap = np.maximum(numbers.target - part.pooled.mean[row, :f], 0) / numbers.sd[:f]
    eligible = shown[:f] & np.array([factor.ranked for factor in _factors(context)])
    top_five = context.nearest(float(ranking.top_five[row, index]), TWENTIETH)
    found = Room(
        target=target,
        gap=estimate_of(target - part.pooled.mean[row, index], part.gap_variance[row, index]),
        association=estimate_of(association.mean[index] / sd, (association.covariance[index, index] + between) / sd**2),
        gain=Estimate(
            float(ranking.expected[row, index]), float(ranking.low[row, index]), float(ranking.high[row, index])
        ),
        top_five=top_five,
        top_three=float(ranking.top_three[row, index]),
        by_outcome=tuple((name, float(values[row, index])) for name, values in part.by_outcome),
        band=band_of(top_five),
        robustness=float(numbers.robustness[index]),
        leaves_with=leaves_with(association, index, gap, eligible, size=context.listed),
    )
    return found if context.behind is None else rough_room(found)


def _bottlenecks(findings: Sequence[Finding], size: int) -> list[Finding]:
    """At most `size`, most probable first, then by expected gain."""
    candidates = [(finding.room, finding) for finding in findings if finding.room is not None]
    listed = [(room, finding) for room, finding in candidates if room.band is not Band.UNLIKELY]
    listed.sort(key=lambda pair: (-pair[0].top_five, -pair[0].gain.value))
    return [finding for _, finding in listed[:size]]


def _strengths(
    context: Context, part: Estimates, row: int, shown: NDArray[np.bool_], bottlenecks: Sequence[Finding]
) -> tuple[Strength, ...]:
    if part.ranking is None:
        return ()
    listed = {finding.scale for finding in bottlenecks}
    candidates = [
        (context.nearest(float(part.ranking.highest[row, index]), TWENTIETH), factor)
        for index, factor in enumerate(_factors(context))
        if shown[index] and factor.ranked and factor.id not in listed
    ]
    candidates.sort(key=lambda pair: -pair[0])
    return tuple(
        Strength(factor.id, probability, sentences.about_strength(factor.name, probability))
        for probability, factor in candidates[: min(3, context.listed)]
        if probability > 0
    )


def _headline(
    context: Context,
    findings: Sequence[Finding],
    bottlenecks: Sequence[Finding],
    strengths: Sequence[Strength],
    gaps: Sequence[Gap],
    why_not: Message | None,
    level: UnitLevel,
    people: int | PeopleBand,
    companies: int,
) -> tuple[Message, ...]:
    names = context.model.name_of
    bands = [(finding.scale, finding.room.band) for finding in bottlenecks if finding.room is not None]
    clear = [gap for gap in gaps if not gap.can_be_chance]
    if clear:
        first = max(clear, key=lambda gap: abs(gap.difference.value))
        fourth = sentences.seen_differently(names(first.factor), management_higher=first.difference.value > 0)
    else:
        apart = sorted(
            (finding for finding in findings if finding.differs and finding.spread is not None),
            key=lambda finding: -(finding.spread.value if finding.spread else 0),
        )
        fourth = sentences.most_different([names(finding.scale) for finding in apart[:2]], level)
    return sentences.headline(
        strengths=[names(strength.factor) for strength in strengths],
        very_likely=[names(scale) for scale, band in bands if band is Band.VERY_LIKELY],
        possibly=[names(scale) for scale, band in bands if band is Band.POSSIBLY],
        why_not_ranked=why_not,
        fourth=fourth,
        people=people,
        companies=companies,
    )


def spread_between(
    score: NDArray[np.float64], variance: NDArray[np.float64], expected: NDArray[np.float64]
) -> Spread | None:
    """Differences between parts (rows); `expected` (K) is the scale of the prior. None with fewer than two parts.

    NaN for a scale that is known of no part.

    More than chance: Cochran's Q, the weighted squares around the weighted mean, above the 95 % point of chi-squared.
    """
    if len(score) < 2:
        return None
    from scipy.special import chdtri  # noqa: PLC0415 -- SciPy is loaded only where it is used

    known = np.flatnonzero(np.isfinite(score).any(axis=0))
    y, v = np.ascontiguousarray(score[:, known]), np.ascontiguousarray(variance[:, known])
    mean, low, high = np.full((3, score.shape[1]), np.nan)
    q = np.zeros(score.shape[1])
    if len(known):
        mean[known], low[known], high[known] = pool(y, v, prior_spread=expected[known]).spread
        weight = 1 / v
        y = np.where(np.isfinite(y), y, 0.0)
        centre = (weight * y).sum(axis=0) / weight.sum(axis=0)
        q[known] = (weight * (y - centre) ** 2).sum(axis=0)
    degrees = np.maximum(np.isfinite(score).sum(axis=0) - 1, 1)
    return Spread(mean, low, high, q > chdtri(degrees, 0.05))
