"""How often meetings would be called undecided, and how often the first option is the best one: on made-up meetings.

python -m benchmarks.choosing --meetings 400

Each option has a true worth; roles see it differently, people within a role too, and each mark has chance in it.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Final

import numpy as np

from lerend.choice.revealing import reveal
from lerend.choice.value import Firmness, Marks, Sheet

ROLES: Final = ("company", "teacher", "employees", "researcher")
OPTIONS: Final = tuple("ABCDEF")
PERSON, MARK = 0.5, 0.7
SIZES: Final = (10, 20, 40)
ROLE_EFFECTS: Final = (0.0, 0.3, 0.6)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of many meetings: those decided, those of the decided and of the undecided whose first option is the best one."""

    decided: float
    right_when_decided: float
    right_when_undecided: float


def a_meeting(people: int, role_effect: float, chance: np.random.Generator) -> tuple[list[Sheet], str]:
    """The sheets of a meeting, and the option that is best in truth."""
    truth = 3.2 + chance.normal(0, 0.5, len(OPTIONS))
    by_role = truth + chance.normal(0, role_effect, (len(ROLES), len(OPTIONS)))
    member = np.arange(people) % len(ROLES)
    by_person = by_role[member] + chance.normal(0, PERSON, (people, len(OPTIONS)))
    marks = by_person[:, :, None] + chance.normal(0, MARK, (people, len(OPTIONS), 3))
    whole = np.clip(np.rint(marks), 1, 5).astype(int).tolist()
    sheets = [Sheet(ROLES[role], tuple(map(_three, row))) for role, row in zip(member.tolist(), whole, strict=True)]
    return sheets, OPTIONS[int(truth.argmax())]


def tally(people: int, role_effect: float, meetings: int, seed: int) -> Tally:
    """What becomes of so many meetings of one kind."""
    chance = np.random.default_rng(seed)
    found = []
    for _meeting in range(meetings):
        sheets, best = a_meeting(people, role_effect, chance)
        shown = reveal(sheets, OPTIONS, ROLES)
        found.append((shown.stability.firmness is Firmness.DECIDED, shown.options[0].option == best))
    decided = [right for firm, right in found if firm]
    undecided = [right for firm, right in found if not firm]
    return Tally(len(decided) / meetings, _share(decided), _share(undecided))


def _three(marks: list[int]) -> Marks:
    need, influence, feasibility = marks
    return need, influence, feasibility


def _share(found: list[bool]) -> float:
    return sum(found) / len(found) if found else float("nan")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--meetings", type=int, default=400)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    print("people  roles differ  decided  right when decided  right when undecided")
    for people in SIZES:
        for effect in ROLE_EFFECTS:
            found = tally(people, effect, chosen.meetings, chosen.seed)
            print(
                f"{people:6}  {effect:12.1f}  {found.decided:7.2f}  {found.right_when_decided:18.2f}"
                f"  {found.right_when_undecided:20.2f}"
            )


if __name__ == "__main__":
    main()
