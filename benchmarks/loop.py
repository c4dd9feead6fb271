"""How near the figures that the loop takes for released come to whole releases of the same answers.

    python -m benchmarks.loop --programmes 3 [--companies 20] [--seed 0]

The comparison itself is `lerend simulate loop`. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import AnswerBatch, Reading
from lerend.diagnosis.diagnose import Origin
from lerend.diagnosis.freezing import freeze
from lerend.disclosure.floors import DEFAULT_FLOOR
from lerend.loop.questionnaire import Questionnaire, packaged_questionnaire
from lerend.loop.released import released_companies, released_teams
from lerend.loop.rounds import of_factor, scan_table
from lerend.loop.world.answering import People
from lerend.loop.world.companies import draw_world
from lerend.loop.world.life import Life
from lerend.loop.world.numbers import Numbers
from lerend.release.gate import release_of
from lerend.release.value import Release, Wave


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """Ours against the whole release.

    Attributes:
        chances: (N) differences of the chance of being among the five, of factors of companies.
        ends: (N) differences of the upper end of a score.
        five: share of the five most probable factors of a company that are the same.
        shown: share of the means of teams shown by either that both show; `equal` of those that are the same.
        further: by how much the others differ at most.
    """

    chances: NDArray[np.float64]
    ends: NDArray[np.float64]
    five: float
    shown: float
    equal: float
    further: float


def difference(seed: int, companies: int) -> Difference:
    """The first scan of one programme."""
    asked = packaged_questionnaire()
    world = draw_world(Numbers(companies=companies), asked.ranked, len(asked.factors), asked.outcomes, seed)
    answers = People(world, asked.measures).scan(Life(world))
    table = scan_table(asked, world, answers, np.ones(companies, dtype=bool), year=0)
    whole = whole_release(asked, table)
    ours = released_companies(asked, table, companies, seed=seed)
    chances, ends, five = [], [], []
    for company, unit in enumerate(whole.diagnosis.companies):
        ranked = {one.scale: one for one in unit.findings if one.room is not None and one.score is not None}
        places = [asked.factors.index(name) for name in ranked]
        theirs = np.array([one.room.top_five if one.room else 0.0 for one in ranked.values()])
        chances.append(ours.chance[company, places] - theirs)
        highs = np.array([one.score.high if one.score else np.nan for one in ranked.values()])
        ends.append(ours.high[company, places] - highs)
        first = set(np.argsort(-theirs, kind="stable")[:5])
        five.append(len(first & set(np.argsort(-ours.chance[company, places], kind="stable")[:5])) / 5)
    shown, equal, further = _teams(asked, table, whole)
    return Difference(np.concatenate(chances), np.concatenate(ends), float(np.mean(five)), shown, equal, further)


def whole_release(asked: Questionnaire, table: AnswerBatch) -> Release:
    """All that the gate lets through of these answers."""
    origin = Origin(Reading(), "made up", ("company", "team"), simulated=True)
    frozen = freeze(table, model=asked.model, instrument=asked.instrument, k=DEFAULT_FLOOR)
    wave = Wave("loop", "Made up", "Programme")
    return release_of(
        frozen, model=asked.model, instrument=asked.instrument, wave=wave, made_on="2026-01-01", origin=origin
    )


def _teams(asked: Questionnaire, table: AnswerBatch, whole: Release) -> tuple[float, float, float]:
    both = either = equal = 0
    further = 0.0
    for place in asked.ranked[:5]:
        name = asked.factors[place]
        theirs = {cell.name[1]: cell.mean for cell in whole.cells if cell.scale == name and len(cell.name) == 2}
        ours = {team: cell.mean for team, cell in released_teams(asked, of_factor(asked, table, int(place))).items()}
        common = set(theirs) & set(ours)
        either += len(set(theirs) | set(ours))
        both += len(common)
        for team in common:
            a, b = theirs[team], ours[team]
            equal += a == b
            further = max(further, abs(a - b)) if a is not None and b is not None else further
    return both / max(either, 1), equal / max(both, 1), further


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programmes", type=int, default=3)
    parser.add_argument("--companies", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    found = [difference(options.seed + place, options.companies) for place in range(options.programmes)]
    chances, ends = np.concatenate([one.chances for one in found]), np.concatenate([one.ends for one in found])
    print("| what | against whole releases |\n|---|---|")
    print(
        f"| chance of being among the five: mean difference, largest | {np.abs(chances).mean():.3f}, {np.abs(chances).max():.2f} |"
    )
    print(f"| upper end of a score: mean difference, largest | {np.abs(ends).mean():.3f}, {np.abs(ends).max():.2f} |")
    print(f"| same factors among a company's five | {np.mean([one.five for one in found]):.3f} |")
    print(f"| means of teams that both show, of those that one shows | {np.mean([one.shown for one in found]):.3f} |")
    print(
        f"| of these the same; largest difference | {np.mean([one.equal for one in found]):.3f}; {max(one.further for one in found):.1f} |"
    )


if __name__ == "__main__":
    main()
