"""The hunt for Sanne's answer, live: by what most tools show of the same answers, and by what this platform shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.wording import Language
from lerend_web.demo.company import TEAMS, everybody, number_of_sanne
from lerend_web.demo.domain.attack import Recipe, Table, possible_answers, recipe_for, table_of, usual_tables
from lerend_web.demo.domain.world import questions, workforce

STATEMENTS: Final = ("safety_2", "safety_3", "example_1", "say_1")
"""What the visitor can choose from; everybody was asked these."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the form and its answers from low to high, in one language."""

    id: str
    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hunt:
    """What the attacker got out of one set of tables.

    Attributes:
        tables: what he was given.
        recipe: his sum, when there is one.
        possible: what Sanne can have answered, as far as he knows afterwards.
        smallest: how many people are in the smallest group with Sanne that he has a table of.
    """

    tables: tuple[Table, ...]
    recipe: Recipe | None
    possible: tuple[int, ...]
    smallest: int

    @property
    def found(self) -> int | None:
        """Her answer, when only one is left."""
        return self.possible[0] if len(self.possible) == 1 else None


def statement(id: str, language: str) -> Statement:
    """One of `STATEMENTS`, as on the form in Dutch (``nl``) or English."""
    spoken: Language = "nl" if language == "nl" else "en"
    _model, instrument = questions()
    item = next(each for each in instrument.items if each.id == id)
    labels = (label.in_language(spoken) for label in instrument.answer_scale_of(item).labels)
    return Statement(id, item.text.in_language(spoken), tuple(labels))


def made_up_answer(id: str) -> int:
    """What the simulation would have Sanne answer."""
    return int(_answers(id)[number_of_sanne()])


def by_the_usual_rule(id: str, *, sanne: int) -> Hunt:
    """Every group of five or more is shown: the company, each shift, each team, and two filters over the company.

    Args:
        id: one of `STATEMENTS`.
        sanne: the answer (1 to 5) that she gave; the attacker is told only the tables.
    """
    return _hunt(usual_tables(_usual_groups(), _answers(id, sanne=sanne)))


def by_our_release(id: str, groups: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...], *, sanne: int) -> Hunt:
    """Only the groups that the platform shows something about.

    The attacker even gets more than it shows: of each group the exact mean of this one statement.

    Args:
        id: one of `STATEMENTS`.
        groups: name and team paths of each group that the release has figures of.
        sanne: the answer that she gave.
    """
    answers = _answers(id, sanne=sanne)
    paths = [team.path for team in everybody()]
    members = [(name, np.array([path in teams for path in paths])) for name, teams in groups]
    return _hunt(tuple(table_of(name, who, answers) for name, who in members), only_means=True)


def _hunt(tables: tuple[Table, ...], *, only_means: bool = False) -> Hunt:
    person = number_of_sanne()
    sizes = [int(table.counts.sum()) for table in tables if table.members[person]]
    possible = possible_answers(person, tables, only_means=only_means)
    return Hunt(tables, recipe_for(person, tables), possible, min(sizes, default=0))


def _answers(id: str, *, sanne: int | None = None) -> NDArray[np.int64]:
    """(120,) 1 to 5, or 0 for no answer."""
    batch = workforce().batch
    codes = batch.codes[:, batch.items.index(id)].astype(np.int64)
    codes[codes > 5] = 0
    if sanne is not None:
        codes[number_of_sanne()] = sanne
    return codes


def _usual_groups() -> list[tuple[str, NDArray[np.bool_]]]:
    teams = everybody()
    shifts = dict.fromkeys(team.shift for team in TEAMS)
    people = workforce()
    contract = np.array(people.agency)
    tenure = np.array(people.tenure)
    return [
        ("", np.ones(len(teams), dtype=bool)),
        *((shift, np.array([team.shift == shift for team in teams])) for shift in shifts),
        *((team.name, np.array([other is team for other in teams])) for team in TEAMS),
        ("contract:agency", contract),
        ("contract:own", ~contract),
        *((f"tenure:{years}", tenure == years) for years in dict.fromkeys(people.tenure)),
    ]
