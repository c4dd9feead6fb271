"""Small worlds for the tests of the loop."""

from __future__ import annotations

from typing import Any

from lerend.loop.questionnaire import packaged_questionnaire
from lerend.loop.world.companies import World, draw_world
from lerend.loop.world.numbers import Numbers


def small_world(seed: int = 3, **numbers: Any) -> World:
    """Six companies over two years, nobody leaves."""
    asked = packaged_questionnaire()
    chosen: dict[str, Any] = {"companies": 6, "years": 2, "company_leaves": 1e-9} | numbers
    return draw_world(Numbers(**chosen), asked.ranked, len(asked.factors), asked.outcomes, seed)
