"""How scores of scales go together in one organisation: means, standard deviations and correlations, from gated sums.

The scatter that a freeze keeps is of what was answered, also in atoms whose sums were replaced. So a scale is left out
where any of its atoms was: its spread would tell what the word does not. It is left out as well where its spread is so
small that, beside the means of the atoms, it would bound somebody's score (`tells_of_somebody`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.gated import GatedStatistics, means_of
from lerend.diagnosis.scales import Scales
from lerend.diagnosis.visibility import Visibility
from lerend.disclosure.bands import nearest, people_band
from lerend.disclosure.homogeneity import LEAST_WIDTH
from lerend.release.showing import shown_units
from lerend.release.value import Covariances
from lerend.statistics.frozen import LEAST_PEOPLE
from lerend.statistics.sufficient import Statistics

MEAN_STEP: Final = 0.1
STEP: Final = 0.05
LEAST_SCATTER: Final = 16.0
"""Squared points: one person at one end of the scale and everybody else at the other. With less, the spread of the whole
organisation, and what goes together with it, can be that of one person."""
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class ItemSpread:
    """How the answers of one organisation to some items vary, on the scale of 1 to 5; all that is kept of it.

    Attributes:
        n: (I) people who answered each item.
        mean: (I) of each item.
        covariance: (I, I) of the items; both: (I, I) people behind each.
    """

    n: NDArray[np.int64]
    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]
    both: NDArray[np.int64]

    @property
    def known(self) -> bool:
        """Whether every two items were answered by some of the same people."""
        return bool((self.both >= 2).all())

    @property
    def variance(self) -> float:
        """Of the scale's score: the mean over all pairs of items. It is not kept itself, because it follows from them."""
        return float(self.covariance.mean())

    @property
    def scatter(self) -> float:
        """Sum over people of squared distances to the mean score."""
        return self.variance * (float(self.both.mean()) - 1)


def organisation_covariances(
    gate: GatedStatistics, statistics: Statistics, scales: Scales, visibility: Visibility, k: int
) -> Iterator[Covariances]:
    """Per organisation of fifty people or more of which scores that go together were kept; `k` is where bands start."""
    for organisation in gate.sums.paired:
        chosen = [
            scale
            for scale in range(len(scales.ids))
            if may_show_spread(gate, scales, visibility, organisation, scale)
            and not tells_of_somebody(gate, statistics, scales, organisation, scale)
        ]
        found = _of_organisation(gate, statistics, scales, organisation, chosen, k)
        if found is not None:
            yield found


def may_show_spread(
    gate: GatedStatistics, scales: Scales, visibility: Visibility, organisation: Path, scale: int
) -> bool:
    """Whether fifty people answered the scale, its mean is shown, and no atom of it was replaced."""
    name = scales.ids[scale]
    if any(which == name and group[0][:1] == organisation for group, which in gate.replaced):
        return False
    inside = _inside(gate, organisation)
    people = int(gate.sums.scale_people[inside, gate.sums.scales.index(name)].sum())
    return people >= LEAST_PEOPLE and organisation in shown_units(gate, visibility, 1, scale)


def spread_of(statistics: Statistics, scales: Scales, organisation: Path, scale: int) -> ItemSpread:
    """What is known of the items of one scale in one organisation."""
    block, items = statistics.blocks.index(organisation), np.flatnonzero(scales.belongs[scale])
    square = np.ix_(items, items)
    n = statistics.pair_n[block][square]
    sums, products = (part[block][square].astype(np.float64) for part in (statistics.pair_sum, statistics.pair_product))
    slope = scales.slope[items]
    covariance = (products - sums * sums.T / np.maximum(n, 1)) / np.maximum(n - 1, 1) * np.outer(slope, slope)
    own = n.diagonal()
    mean = 1 + slope * (sums.diagonal() / np.maximum(own, 1) - 1)
    return ItemSpread(own, mean, covariance, n)


def tells_of_somebody(
    gate: GatedStatistics, statistics: Statistics, scales: Scales, organisation: Path, scale: int
) -> bool:
    """Whether the spread of a scale, beside the means of its atoms, bounds somebody's score to fewer than two points.

    What the means of the atoms leave of the scatter W is within atoms. Somebody at a distance d of the mean of n people
    takes d² n / (n − 1) of it at least, the others being alike; so d is at most √(W (n − 1) / n), and no more than the
    mean allows.
    """
    spread = spread_of(statistics, scales, organisation, scale)
    if not spread.known or spread.scatter < LEAST_SCATTER - _TINY:
        return True
    row, inside = gate.sums.scales.index(scales.ids[scale]), _inside(gate, organisation)
    inside = inside[gate.sums.scale_people[inside, row] > 0]
    items = np.flatnonzero(np.array(gate.sums.scale_of) == row)
    counts = gate.sums.counts[np.ix_(inside, items)]
    n = gate.sums.scale_people[inside, row].astype(np.float64)
    mean = means_of(counts, np.array(gate.sums.categories_of, dtype=np.int64)[items])
    within = spread.scatter - float(n @ (mean - n @ mean / n.sum()) ** 2)
    reach = np.sqrt(max(within, 0.0) * (n - 1) / n)
    up = np.minimum(np.minimum(reach, 5 - mean), (n - 1) * (mean - 1))
    down = np.minimum(np.minimum(reach, mean - 1), (n - 1) * (5 - mean))
    return bool((up + down < LEAST_WIDTH - _TINY).any())


def _of_organisation(
    gate: GatedStatistics,
    statistics: Statistics,
    scales: Scales,
    organisation: Path,
    chosen: Sequence[int],
    k: int,
) -> Covariances | None:
    share = gate.sums.shares.index((organisation,))
    rows = np.array([gate.sums.scales.index(name) for name in scales.ids], dtype=np.intp)
    degrees = gate.sums.score_degrees[share][np.ix_(rows, rows)]
    chosen = _all_known(degrees >= k - 1, list(chosen))
    if not chosen:
        return None
    square = np.ix_(chosen, chosen)
    scatter = (gate.sums.score_steps[share] * gate.sums.score_unit)[np.ix_(rows, rows)][square]
    spreads = [spread_of(statistics, scales, organisation, scale) for scale in chosen]
    deviations = np.sqrt([spread.variance for spread in spreads])
    correlations = scatter / np.maximum(degrees[square], 1) / np.outer(deviations, deviations)
    np.fill_diagonal(correlations, 1.0)
    behind = degrees[square][~np.eye(len(chosen), dtype=bool)]
    fewest = min([int(spread.both.mean()) for spread in spreads] + (behind + 1).tolist())
    return Covariances(
        organisation=organisation,
        scales=tuple(scales.ids[scale] for scale in chosen),
        people=people_band(max(fewest, k), k=k),
        means=tuple(nearest(float(spread.mean.mean()), MEAN_STEP) for spread in spreads),
        deviations=tuple(nearest(float(deviation), STEP) for deviation in deviations),
        correlations=tuple(
            tuple(nearest(float(each), STEP) for each in row) for row in np.clip(correlations, -1.0, 1.0)
        ),
    )


def _all_known(known: NDArray[np.bool_], chosen: list[int]) -> list[int]:
    """The scales without those of which too little is known together with others, the least known ones first."""
    known = known | np.eye(len(known), dtype=bool)
    while chosen and not known[np.ix_(chosen, chosen)].all():
        chosen.remove(min(chosen, key=lambda scale: int(known[scale, chosen].sum())))
    return chosen


def _inside(gate: GatedStatistics, organisation: Path) -> NDArray[np.intp]:
    return np.flatnonzero([group[0][:1] == organisation for group in gate.sums.groups])


def part_of(fewer: Covariances, more: Covariances) -> bool:
    """Whether all figures of the one are those of the other."""
    if fewer.organisation != more.organisation or not set(fewer.scales) <= set(more.scales):
        return False
    place = [more.scales.index(scale) for scale in fewer.scales]
    same = (
        fewer.means == tuple(more.means[row] for row in place),
        fewer.deviations == tuple(more.deviations[row] for row in place),
        fewer.correlations == tuple(tuple(more.correlations[row][other] for other in place) for row in place),
    )
    return all(same)


def mended(correlations: Sequence[Sequence[float]]) -> tuple[NDArray[np.float64], bool]:
    """A square of correlations as one that people can have, and whether that took a change.

    Rounding each by itself, and people who were asked different items, can leave eigenvalues below zero. They are put at
    zero, and the diagonal back at one. Whoever computes with the result says so.
    """
    square = np.array(correlations, dtype=np.float64)
    values, vectors = np.linalg.eigh(square)
    if values.min() >= -_TINY:
        return square, False
    better = (vectors * np.maximum(values, 0.0)) @ vectors.T
    deviation = np.sqrt(better.diagonal())
    return better / np.outer(deviation, deviation), True
