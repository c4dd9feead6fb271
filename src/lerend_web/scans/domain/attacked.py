"""The attackers look at every release before anybody sees it: alone, and together with all earlier ones.

They share no code with what made it. Those who attack it alone are told how many people answered in every team, which no
reader is; those who attack all together know what readers know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lerend.attack.attack import attack
from lerend.attack.crowd import Headcount
from lerend.attack.shown import read_shown
from lerend.release.value import Release
from lerend.release.writing import to_json
from lerend.statistics.frozen import FrozenStatistics


@dataclass(frozen=True, slots=True)
class Attacked:
    """What came of it: how many figures were looked at, and how many say too much about somebody."""

    figures: int
    breaches: int


def attacked(made: Release, text: str, earlier: Sequence[Release], statistics: FrozenStatistics) -> Attacked:
    """Let the attackers try a release.

    Args:
        made: the release.
        text: the same as a file.
        earlier: those of the same organisation before it, oldest first.
        statistics: sums behind it, of which the attackers get the numbers of people.
    """
    alone = attack(read_shown([text], [made.wave.code]), _headcount(statistics))
    if not earlier:
        return Attacked(alone.tried, len(alone.breaches))
    texts = [*(to_json(each) for each in earlier), text]
    together = attack(read_shown(texts, [each.digest[:12] for each in (*earlier, made)]))
    return Attacked(together.tried, len(alone.breaches) + len(together.breaches))


def _headcount(statistics: FrozenStatistics) -> Headcount:
    alone = zip(statistics.groups, statistics.people.tolist(), strict=True)
    return Headcount({group[0]: people for group, people in alone if len(group) == 1 and people > 0}, {}, {}, {})
