"""A half year in which too few people came: nothing is known of teams, and the programme goes on."""

from __future__ import annotations

import numpy as np

from lerend.loop.questionnaire import packaged_questionnaire
from lerend.loop.released import released_teams
from lerend.loop.rounds import of_factor, scan_table
from lerend.loop.world.answering import People
from lerend.loop.world.companies import draw_world
from lerend.loop.world.life import Life
from lerend.loop.world.numbers import Numbers


def test_of_four_people_no_team_is_known() -> None:
    asked = packaged_questionnaire()
    world = draw_world(Numbers(companies=3), asked.ranked, len(asked.factors), asked.outcomes, 1)
    answers = People(world, asked.measures).scan(Life(world))
    table = scan_table(asked, world, answers, np.ones(3, dtype=bool), year=0)
    few = np.zeros(len(table.codes), dtype=bool)
    few[:4] = True
    one = of_factor(asked, table, asked.ranked[0])
    assert released_teams(asked, one.select(few)) == {}
    assert released_teams(asked, one)
