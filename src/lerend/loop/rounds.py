"""Rounds of answers as tables, and the raw means that today's practice looks at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import NOT_ASKED, AnswerBatch, Path
from lerend.loop.questionnaire import Questionnaire
from lerend.loop.world.answering import Answers
from lerend.loop.world.companies import World

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def company_name(company: int) -> str:
    return f"Company {company + 1:02d}"


def team_name(team: int) -> str:
    return f"Team {team + 1:03d}"


def scan_table(
    asked: Questionnaire, world: World, answers: Answers, there: NDArray[np.bool_], *, year: int
) -> AnswerBatch:
    """The scan of a year: each person got one form of the rotation.

    Args:
        there: (C) companies that are still in the programme.
    """
    rng = np.random.default_rng([world.seed, 7, year])
    form = rng.integers(0, len(asked.asked), len(answers.team))
    codes = np.where(asked.asked[form], answers.codes, np.uint8(NOT_ASKED))
    inside = there[world.company_of_team[answers.team]]
    return _table(asked.items, codes[inside], world, answers.team[inside])


def of_factor(asked: Questionnaire, table: AnswerBatch, factor: int) -> AnswerBatch:
    """The same people, with the items of one factor only."""
    columns = np.flatnonzero(asked.measures == factor)
    items = tuple(asked.items[column] for column in columns)
    return AnswerBatch(items, table.codes[:, columns], table.paths, table.group)


def pulse_table(asked: Questionnaire, world: World, answers: Answers, factor: int) -> AnswerBatch:
    """Answers to the items of one factor."""
    items = tuple(item for item, one in zip(asked.items, asked.measures, strict=True) if one == factor)
    return _table(items, answers.codes, world, answers.team)


def by_company(table: AnswerBatch) -> AnswerBatch:
    """The same table without teams."""
    paths = tuple(sorted({path[:1] for path in table.paths}))
    place = np.array([paths.index(path[:1]) for path in table.paths], dtype=np.int32)
    return AnswerBatch(table.items, table.codes, paths, place[table.group])


def raw_means(asked: Questionnaire, table: AnswerBatch, companies: int) -> Floats:
    """(C, F) plain means of a company's answers to the items of a factor; NaN where nobody answered."""
    company = np.array([int(path[0].split()[-1]) - 1 for path in table.paths], dtype=np.intp)[table.group]
    known = table.codes != NOT_ASKED
    found = np.full((companies, len(asked.factors)), np.nan)
    for factor in range(len(asked.factors)):
        columns = asked.measures == factor
        count = np.bincount(company, known[:, columns].sum(axis=1), minlength=companies)
        total = np.bincount(company, (table.codes * known)[:, columns].sum(axis=1), minlength=companies)
        found[count > 0, factor] = total[count > 0] / count[count > 0]
    return found


def _table(items: tuple[str, ...], codes: NDArray[np.uint8], world: World, team: Places) -> AnswerBatch:
    there = np.unique(team)
    paths: tuple[Path, ...] = tuple(
        (company_name(int(world.company_of_team[one])), team_name(int(one))) for one in there
    )
    return AnswerBatch(items, codes, paths, np.searchsorted(there, team).astype(np.int32))
