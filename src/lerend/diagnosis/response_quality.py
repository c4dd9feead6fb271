"""How people went through the questionnaire, per team and without flagging anybody: computed while there are people.

Two things are looked at, of everybody who answered at least `LEAST_ANSWERS` questions: the same answer nearly everywhere
(long-string index; Johnson 2005, Curran 2016), and much left open. Of a team only two steps are kept: *notable*, where that
holds for k people or more and for a tenth of them, and *not notable*. So nothing is ever said about fewer than k people, and
nobody is left out of the sums for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import NOT_APPLICABLE, SKIPPED, AnswerBatch, Path
from lerend.model.structure import Instrument
from lerend.statistics.frozen import Group

LEAST_ANSWERS: Final = 15
SAME_EVERYWHERE: Final = 0.9
"""Share of the answers that are the same one, as it stood on the form."""
LEFT_OPEN: Final = 0.5
"""Share of the questions that were asked."""
NOTABLE: Final = 0.1
"""Share of the people of a team."""
LEAST_IN_A_TEAM: Final = 20


@dataclass(frozen=True, slots=True)
class TeamResponse:
    """One team, or teams taken together.

    Attributes:
        units: the units whose people they are.
        same_everywhere: notably many gave the same answer nearly everywhere.
        left_open: notably many left half of the questions open.
    """

    units: tuple[Path, ...]
    same_everywhere: bool
    left_open: bool


def response_of_teams(
    batch: AnswerBatch, groups: Sequence[Group], *, instrument: Instrument, k: int
) -> tuple[TeamResponse, ...]:
    """Every group of `LEAST_IN_A_TEAM` people or more, in their order.

    Args:
        batch: everybody who answered something.
        groups: the atoms that are kept of them.
        instrument: says which items are reversed.
        k: the smallest number.
    """
    same, open_ = _same_everywhere(batch, instrument), _left_open(batch)
    found = []
    for group in groups:
        places = [place for place, path in enumerate(batch.paths) if path in group]
        inside = np.isin(batch.group, places)
        people = int(inside.sum())
        if people >= LEAST_IN_A_TEAM:
            found.append(TeamResponse(group, _notable(same[inside], k), _notable(open_[inside], k)))
    return tuple(found)


def _notable(hit: NDArray[np.bool_], k: int) -> bool:
    return bool(hit.sum() >= max(k, NOTABLE * len(hit)))


def _same_everywhere(batch: AnswerBatch, instrument: Instrument) -> NDArray[np.bool_]:
    """(people) the same place on the form nearly everywhere; reversed items are turned back first."""
    known = {item.id: item for item in instrument.items}
    codes = batch.codes.astype(np.int64)
    answered = (batch.codes > SKIPPED) & (batch.codes < NOT_APPLICABLE)
    for column, name in enumerate(batch.items):
        if name in known and known[name].reversed:
            categories = len(instrument.answer_scale_of(known[name]).labels)
            codes[:, column] = np.where(answered[:, column], categories + 1 - codes[:, column], codes[:, column])
    n = answered.sum(axis=1)
    width = int(codes[answered].max(initial=1))
    most = np.max([((codes == answer) & answered).sum(axis=1) for answer in range(1, width + 1)], axis=0)
    found: NDArray[np.bool_] = (n >= LEAST_ANSWERS) & (most >= SAME_EVERYWHERE * np.maximum(n, 1))
    return found


def _left_open(batch: AnswerBatch) -> NDArray[np.bool_]:
    skipped = (batch.codes == SKIPPED).sum(axis=1)
    said = ((batch.codes > SKIPPED) & (batch.codes <= NOT_APPLICABLE)).sum(axis=1)
    found: NDArray[np.bool_] = skipped >= LEFT_OPEN * np.maximum(skipped + said, 1)
    return found
