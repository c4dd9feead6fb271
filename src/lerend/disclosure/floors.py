"""The floors: from how many answers something may be shown, and from how many it may be ranked."""

from __future__ import annotations

from typing import Final

from lerend.wording import Message, say

DEFAULT_FLOOR: Final = 5
"""A mean about a group: at least five people."""
FLOOR_ABOUT_A_MANAGER: Final = 10
"""A scale that is about one recognisable manager."""
FLOOR_FOR_RANKING: Final = 8
"""Below this a ranking would be mostly noise."""
FLOOR_FOR_A_BENCHMARK: Final = 5
"""Companies needed before the programme itself sets what is attainable."""


def floor_of(*, about_manager: bool, k: int) -> int:
    """People needed before the mean of a scale may be shown. `k` of one switches the floors off."""
    if k <= 1:
        return 1
    return max(k, FLOOR_ABOUT_A_MANAGER) if about_manager else k


def too_few(*, about_manager: bool, k: int) -> Message:
    """Why a place is empty. It reads the same for a small group and for one hidden to protect a small group."""
    if about_manager:
        return say(
            "This topic is about one manager. We show it from {floor} answers. Look at the unit above.",
            floor=floor_of(about_manager=True, k=k),
        )
    return say("We show nothing about a group this small. Look at the unit above.")


def tells_beside_others() -> Message:
    """Why a place is empty although the group is large enough."""
    return say("We don't show this: beside other figures it would tell too much about a few people.")
