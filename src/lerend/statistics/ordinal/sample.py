"""The answers of one group, ready for factor analysis: tables, correlations, and the rows that fourth moments need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.ordinal.normal import BEYOND
from lerend.statistics.ordinal.polychoric import Polychoric, pairs_of, polychoric
from lerend.statistics.ordinal.tables import MOST_CATEGORIES, PairTables, pair_tables
from lerend.statistics.ordinal.trouble import too_few_people

MOST_ROWS: Final = 20_000
"""Above this, fourth moments are taken over so many people, drawn with a fixed seed."""
LEAST_PEOPLE: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalSample:
    """One group of people who answered every item.

    Attributes:
        tables: counts of pairs of answers, over everybody.
        estimates: thresholds and polychoric correlations, over everybody.
        rows: (k, n) answers, renumbered as in the tables, of those that fourth moments are taken over.
        left_out: people left out because an answer is missing.
    """

    tables: PairTables
    estimates: Polychoric
    rows: NDArray[np.uint8]
    left_out: int

    @property
    def items(self) -> tuple[str, ...]:
        return self.tables.items

    @property
    def people(self) -> int:
        return self.tables.people

    @property
    def drawn(self) -> bool:
        """Whether `rows` are a part of the people."""
        return bool(self.rows.shape[1] < self.people)

    @property
    def thresholds(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Item and step of each threshold there is, in the order of every axis of thresholds."""
        item, step = np.nonzero(self.estimates.thresholds < BEYOND)
        return item, step

    @property
    def pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Both items of each correlation, in the order of every axis of pairs."""
        return pairs_of(len(self.items))


def sample_of(
    codes: NDArray[np.uint8],
    items: Sequence[str],
    *,
    group: str = "people",
    lowest: int = 1,
    most_rows: int = MOST_ROWS,
) -> OrdinalSample:
    """Count and correlate the answers of one group.

    Args:
        codes: (people, k) answers from 1 up; whoever has anything else in any column is left out.
        items: ids of the k columns.
        group: what the group is called when something is wrong with it.
        lowest: as `pair_tables`.
        most_rows: over how many people fourth moments are taken at most; the same ones each time.

    Raises:
        ModelCannotBeFitted: fewer than ten people with all answers, an item that everybody answered the same, two
            items that go together perfectly.
    """
    whole = ((codes >= 1) & (codes <= MOST_CATEGORIES)).all(axis=1)
    kept = codes if whole.all() else codes[whole]
    if len(kept) < LEAST_PEOPLE:
        raise too_few_people(len(kept), LEAST_PEOPLE, group)
    tables, columns = pair_tables(kept, items, lowest=lowest)
    if len(kept) > most_rows:
        drawn = np.sort(np.random.default_rng(0).choice(len(kept), most_rows, replace=False))
        columns = np.ascontiguousarray(columns[:, drawn])
    return OrdinalSample(tables, polychoric(tables), columns, int(len(codes) - len(kept)))
