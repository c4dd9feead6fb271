"""From how many answers a team sees what, as the library's rules say it."""

from __future__ import annotations

from typing import Final

from lerend.disclosure.floors import FLOOR_ABOUT_A_MANAGER, FLOOR_FOR_RANKING

ABOUT_A_LEADER: Final = FLOOR_ABOUT_A_MANAGER
MOST_ROOM: Final = FLOOR_FOR_RANKING
