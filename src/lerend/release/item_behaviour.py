"""How each item did its work in one organisation: its mean and spread, whether it goes with the rest, who left it open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Path
from lerend.diagnosis.gated import GatedStatistics
from lerend.diagnosis.scales import Scales
from lerend.diagnosis.visibility import Visibility
from lerend.disclosure.bands import nearest, people_band
from lerend.disclosure.homogeneity import LEAST_WIDTH
from lerend.model.structure import Instrument
from lerend.release.covariances import (
    LEAST_SCATTER,
    MEAN_STEP,
    STEP,
    ItemSpread,
    may_show_spread,
    spread_of,
    tells_of_somebody,
)
from lerend.release.showing import shown_units
from lerend.release.value import ItemBehaviour, Missing
from lerend.statistics.frozen import LEAST_PEOPLE
from lerend.statistics.sufficient import Statistics

SOME_FROM: Final = 0.05
MANY_ABOVE: Final = 0.2
_TINY: Final = 1e-9


def organisation_items(
    gate: GatedStatistics,
    statistics: Statistics,
    scales: Scales,
    visibility: Visibility,
    instrument: Instrument,
    k: int,
) -> Iterator[ItemBehaviour]:
    """Per organisation of fifty people or more, items of the scales whose mean it is shown, from fifty answers."""
    beside = _asked_of_no_others(gate.sums.items, instrument)
    for organisation in gate.sums.paired:
        asked = _asked(gate, beside, organisation)
        for scale in range(len(scales.ids)):
            if organisation not in shown_units(gate, visibility, 1, scale):
                continue
            spread = spread_of(statistics, scales, organisation, scale)
            numbers = (
                may_show_spread(gate, scales, visibility, organisation, scale)
                and not tells_of_somebody(gate, statistics, scales, organisation, scale)
                and _all_may_be_shown(spread)
            )
            for place, row in enumerate(np.flatnonzero(scales.belongs[scale])):
                item, n = statistics.items[row], int(spread.n[place])
                if n >= LEAST_PEOPLE:
                    yield ItemBehaviour(
                        organisation,
                        item,
                        people_band(n, k=k),
                        nearest(float(spread.mean[place]), MEAN_STEP) if numbers else None,
                        nearest(float(np.sqrt(spread.covariance[place, place])), STEP) if numbers else None,
                        _with_rest(spread, place) if numbers else None,
                        missing_of(n, asked[item]),
                    )


def _all_may_be_shown(spread: ItemSpread) -> bool:
    """Whether every item of a scale leaves each answer open over two points: else none is shown, for one follows from others.

    Its mean must not lie at an end of the scale, and its spread must be more than one person's.
    """
    from_end = spread.n * np.minimum(spread.mean - 1, 5 - spread.mean)
    scatter = spread.covariance.diagonal() * (spread.n - 1)
    return bool(
        (spread.n >= LEAST_PEOPLE).all()
        and (from_end >= LEAST_WIDTH - _TINY).all()
        and (scatter >= LEAST_SCATTER - _TINY).all()
    )


def _with_rest(spread: ItemSpread, place: int) -> float | None:
    """Correlation of an item with the mean of the others; None where there is none."""
    others = np.arange(len(spread.n)) != place
    if not others.any():
        return None
    rest = float(spread.covariance[np.ix_(others, others)].mean())
    own = float(spread.covariance[place, place])
    if rest <= 0 or own <= 0:
        return None
    found = float(spread.covariance[place, others].mean()) / np.sqrt(own * rest)
    return nearest(float(np.clip(found, -1.0, 1.0)), STEP)


def missing_of(answered: int, asked: int) -> Missing:
    """How many left an item open, in three steps."""
    share = 1 - min(answered, asked) / asked
    if share < SOME_FROM:
        return Missing.FEW
    return Missing.SOME if share <= MANY_ABOVE + _TINY else Missing.MANY


def _asked_of_no_others(items: Sequence[str], instrument: Instrument) -> NDArray[np.bool_]:
    """(k, k) whether whoever was asked the second item was asked the first one: it is in all forms of the second."""
    held = np.array([[item in form.items for form in instrument.forms] for item in items], dtype=bool)
    alone: NDArray[np.bool_] = ~(held[np.newaxis] & ~held[:, np.newaxis]).any(axis=2)
    return alone


def _asked(gate: GatedStatistics, beside: NDArray[np.bool_], organisation: Path) -> Mapping[str, int]:
    """Of how many people each item was asked: of as many at least as answered any item that was asked of no others.

    Which form somebody got is not kept. But of the items in a form the one that most people answered was left open by
    hardly anybody.
    """
    inside = [group[0][:1] == organisation for group in gate.sums.groups]
    answered = gate.sums.counts[inside].sum(axis=(0, 2))
    most = np.where(beside, answered, 1).max(axis=1)
    return dict(zip(gate.sums.items, most.tolist(), strict=True))
