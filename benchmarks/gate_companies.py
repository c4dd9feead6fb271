"""Made-up companies for the attackers: trees of one to three levels, teams of about nine of whom 68 % answer."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lerend.model import load_model_and_instrument
from lerend.simulate.programme import simulate_programme
from lerend.simulate.world import Trouble, WorldSettings

MODEL, INSTRUMENT = load_model_and_instrument("lerend")
RESPONSE = 0.68
SCALES: dict[str, list[str]] = {}
for _item in INSTRUMENT.items:
    SCALES.setdefault(_item.measures, []).append(_item.id)


@dataclass(frozen=True, slots=True)
class Company:
    """Files as a real company would have them: answers, the columns of its tree, and the made-up people."""

    csv: str
    by: str
    truth: str


def company(seed: int) -> Company:
    """The same seed makes the same company."""
    generator = np.random.default_rng([seed, 4])
    employed = int(np.exp(generator.uniform(np.log(10), np.log(300))))
    levels = int(generator.integers(1, 4))
    trouble = (Trouble.NONE, Trouble.SKEWED, Trouble.CARELESS)[int(generator.integers(3))]
    settings = WorldSettings(companies=1, people=(employed, employed), trouble=trouble)
    simulated = simulate_programme(MODEL, INSTRUMENT, settings, seed=seed, short=bool(generator.random() < 0.3))
    batch = simulated.filled.batch
    answered = generator.random(len(batch.codes)) < RESPONSE
    answered[: min(6, len(answered))] = True
    codes = np.where((batch.codes >= 1) & (batch.codes <= 5), batch.codes, 0).astype(int)[answered]
    paths = _paths(len(codes), levels, generator)
    codes = _extremes(codes, paths, list(batch.items), generator)
    return _written(codes, paths, list(batch.items))


def _paths(people: int, levels: int, generator: np.random.Generator) -> list[tuple[str, ...]]:
    """Teams of about six answers; on the second level some people in no team; on the third divisions of a few teams."""
    team = np.sort(generator.integers(0, max(1, round(people / (9 * RESPONSE))), people))
    direct = generator.random(people) < (0, 0.04, 0.04)[levels - 1]
    found: list[tuple[str, ...]] = []
    for own, alone in zip(team.tolist(), direct.tolist(), strict=True):
        name = "" if alone else f"Team {own:02}"
        found.append((f"Tak {own // 4}", name) if levels == 3 else ("Firma", name))
    return found


def _extremes(
    codes: NDArray[np.int64], paths: list[tuple[str, ...]], items: list[str], generator: np.random.Generator
) -> NDArray[np.int64]:
    """In some teams nearly everybody gives the same answer to a scale: the lowest, the highest, or one in the middle."""
    codes = codes.copy()
    place = {path: np.array([other == path for other in paths]) for path in dict.fromkeys(paths)}
    for members in place.values():
        for scale in SCALES.values():
            if generator.random() < 0.06:
                columns = np.array([items.index(item) for item in scale])
                follow = np.flatnonzero(members & (generator.random(len(paths)) < 0.93))
                block = codes[np.ix_(follow, columns)]
                codes[np.ix_(follow, columns)] = np.where(block > 0, generator.choice([1, 5, 5, 4, 2]), 0)
    return codes


def _written(codes: NDArray[np.int64], paths: list[tuple[str, ...]], items: list[str]) -> Company:
    kept = [index for index in range(len(paths)) if codes[index].any()]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    columns = ["company", "team"]
    writer.writerow(["simulated", *columns, *items])
    people = []
    for index in kept:
        answers = codes[index].tolist()
        writer.writerow(["yes", *paths[index], *(code or "" for code in answers)])
        given = [code or None for code in answers]
        people.append({"id": index, "path": paths[index], "answers": given})
    truth = json.dumps({"scales": SCALES, "items": items, "people": people})
    return Company(text.getvalue(), ",".join(columns), truth)
