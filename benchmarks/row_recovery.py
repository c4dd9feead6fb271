"""Whether answers of persons can be recovered from what a freeze keeps.

    python -m benchmarks.row_recovery

The attackers (`benchmarks.attackers`) are first set on what we do *not* keep, where they have to win. Prints a Markdown
table: of how many persons (or answers) they are certain, of how many that they were set on.
"""

from __future__ import annotations

import dataclasses
import operator
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from benchmarks.attackers import PairSum, Row, answers_left_open, certain, rows_in_span
from lerend.answers.table import AnswerBatch
from lerend.diagnosis.freezing import freeze
from lerend.model import load_model_and_instrument
from lerend.simulate.programme import simulate_programme
from lerend.simulate.world import WorldSettings
from lerend.statistics.frozen import STEP, FrozenStatistics

MODEL, INSTRUMENT = load_model_and_instrument("lerend")
TEAM = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often an attacker was certain and right."""

    recovered: int
    tried: int

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.recovered + other.recovered, self.tried + other.tried)


@cache
def company(people: int, seed: int) -> AnswerBatch:
    """One company in teams of five who all answered every item: the smallest atoms that there are."""
    settings = WorldSettings(companies=1, people=(people, people))
    batch = simulate_programme(MODEL, INSTRUMENT, settings, seed=seed).filled.batch
    generator = np.random.default_rng(seed)
    codes = batch.codes.copy()
    for row in codes:
        answered = (row >= 1) & (row <= 5)
        row[~answered] = generator.choice(row[answered], size=int((~answered).sum()))
    teams = tuple(("Company", f"Team {number:02}") for number in range(max(people // TEAM, 1)))
    group = np.minimum(np.arange(people) // TEAM, len(teams) - 1).astype(np.int32)
    return dataclasses.replace(batch, codes=codes[:people], paths=teams, group=group[: len(codes)])


def frozen(batch: AnswerBatch) -> FrozenStatistics:
    return freeze(batch, model=MODEL, instrument=INSTRUMENT, k=TEAM)


def skipped(batch: AnswerBatch, person: int, item: int) -> AnswerBatch:
    """The same answers, but one person skipped one item."""
    codes = batch.codes.copy()
    codes[person, item] = 0
    return dataclasses.replace(batch, codes=codes)


def small_scales(kept: FrozenStatistics, most: int) -> Iterator[list[int]]:
    """The items of each scale of at most so many."""
    for scale in range(len(kept.scales)):
        items = [item for item, belongs in enumerate(kept.scale_of) if belongs == scale]
        if 2 <= len(items) <= most:
            yield items


def whole_rows(batch: AnswerBatch, items: int, *, joined: bool, tries: int) -> Outcome:
    """People found in pairwise tables of their answers.

    With `joined` tables as they are. Without, only tables of items of one scale, which is more than we keep; the tables
    of other pairs then are what they would be if nothing went together.
    """
    codes = batch.codes[:, :items].astype(int) - 1
    chosen = np.eye(5)[codes].reshape(len(codes), -1)
    tables = chosen.T @ chosen
    if not joined:
        counts = chosen.sum(axis=0)
        scale_of = np.repeat(np.array(frozen(batch).scale_of[:items]), 5)
        tables = np.where(scale_of[:, np.newaxis] == scale_of, tables, np.outer(counts, counts) / len(codes))
    people = {tuple(row) for row in codes.tolist()}
    return Outcome(len(rows_in_span(tables, items, tries=tries) & people), len(people))


def answers_to_a_scale(batch: AnswerBatch, items: Sequence[int], *, pairs: bool, whole: bool = False) -> Outcome:
    """People who alone gave their answers to a scale, and of whom it is certain that there is such a person."""
    kept = frozen(batch)
    margins, people = _margins(kept, items)
    sums = list(_kept_pairs(kept, items)) if pairs else []
    rows = Counter(tuple(row) for row in batch.codes[:, items].tolist())
    alone = [row for row, times in rows.items() if times == 1]
    found = [certain(margins, people, sums, partial(operator.eq, row), whole=whole)[0] for row in alone]
    return Outcome(sum(least > 0.99 for least in found), len(alone))


def answer_of_a_skipper(
    batch: AnswerBatch, person: int, items: Sequence[int], *, exact_sums: bool, whole: bool = False
) -> Outcome:
    """The answer to the first item of a scale of the one person who skipped the second.

    With `exact_sums` the attacker has what raw pair sums would hold: the sum of the first item among those who answered
    the second. Without, what we keep.
    """
    first, second = items[:2]
    batch = skipped(batch, person, second)
    kept = frozen(batch)
    margins, people = _margins(kept, items)
    both = int(kept.pair_n[0, kept.pairs.index((first, second))])
    if exact_sums:
        answered = batch.codes[:, second] > 0
        total = float(batch.codes[answered, first].sum())
        sums = [PairSum(lambda row: row[0] * (row[1] > 0), total, total)]
    else:
        sums = [_pair_with_a_skipper(kept, first, second, both)]
    possible = []
    for answer in range(1, 6):
        try:
            most = certain(margins, people, sums, partial(_is_the_skipper, answer), with_skips=True, whole=whole)[1]
        except ValueError:
            continue
        possible += [answer] if most > 0.99 else []
    return Outcome(int(possible == [int(batch.codes[person, first])]), 1)


def answer_by_whole_numbers(batch: AnswerBatch, person: int, items: Sequence[int], *, exact: bool) -> Outcome:
    """The same answer, from the fact that sums of products are whole numbers."""
    first, second = items[:2]
    batch = skipped(batch, person, second)
    kept = frozen(batch)
    x, y = (batch.codes[:, item].astype(int) for item in (first, second))
    others = y > 0
    scatter = float(x[others] @ y[others] - x[others].sum() * y.sum() / others.sum())
    if not exact:
        scatter = STEP * float(kept.pair_steps[0, kept.pairs.index((first, second))])
    left = answers_left_open(int(x.sum()), int(y.sum()), len(x), scatter, half_step=0 if exact else STEP / 2)
    return Outcome(int(left == [int(x[person])]), 1)


def score_of_the_lowest(batch: AnswerBatch, one: Sequence[int], other: Sequence[int], *, step: float) -> Outcome:
    """The score on one scale of whoever alone has the lowest score on another.

    The attacker is given how often each score occurs on both scales, which is more than we keep, and the sum of products
    of both to within half a step.
    """
    x, y = batch.codes[:, one].sum(axis=1).astype(int), batch.codes[:, other].sum(axis=1).astype(int)
    if (x == x.min()).sum() > 1:
        return Outcome(0, 0)
    margin = np.array([np.bincount(values, minlength=max(x.max(), y.max()) + 1)[1:] for values in (x, y)])
    total = float(x @ y)
    sums = [PairSum(lambda row: row[0] * row[1], total - step / 2 - 1e-6, total + step / 2 + 1e-6)]
    scores = sorted(set(y.tolist()))
    possible = [
        score
        for score in scores
        if certain([margin], [len(x)], sums, partial(operator.eq, (int(x.min()), score)), whole=True)[1] > 0.99
    ]
    return Outcome(int(possible == [int(y[x.argmin()])]), 1)


def _is_the_skipper(answer: int, row: Row) -> bool:
    return row[1] == 0 and row[0] == answer


def _product(a: int, b: int, row: Row) -> float:
    return row[a] * row[b]


def _margins(kept: FrozenStatistics, items: Sequence[int]) -> tuple[list[NDArray[np.int64]], list[int]]:
    scale = kept.scale_of[items[0]]
    groups = np.flatnonzero(kept.scale_people[:, scale])
    return [kept.counts[group][list(items)] for group in groups], [int(kept.scale_people[g, scale]) for g in groups]


def _kept_pairs(kept: FrozenStatistics, items: Sequence[int]) -> Iterator[PairSum]:
    """What the kept scatter says of sums of products where everybody answered everything."""
    totals = kept.counts.sum(axis=0) @ np.arange(1, 6)
    for place, (i, j) in enumerate(kept.pairs):
        if i in items:
            a, b = items.index(i), items.index(j)
            middle = STEP * kept.pair_steps[0, place] + totals[i] * totals[j] / kept.pair_n[0, place]
            reach = STEP / 2 + 1e-6
            yield PairSum(partial(_product, a, b), float(middle - reach), float(middle + reach))


def _pair_with_a_skipper(kept: FrozenStatistics, first: int, second: int, both: int) -> PairSum:
    """Exact as well: everybody who answered the second item answered the first, so that its total is known."""
    total = float(kept.counts[:, second].sum(axis=0) @ np.arange(1, 6))
    middle = STEP * float(kept.pair_steps[0, kept.pairs.index((first, second))])
    reach = STEP / 2 + 1e-6
    return PairSum(lambda row: row[0] * row[1] - row[0] * (row[1] > 0) * total / both, middle - reach, middle + reach)


def _told(what: str, outcome: Outcome) -> None:
    print(f"| {what} | {outcome.recovered} of {outcome.tried} |", flush=True)


def _sum(outcomes: Iterator[Outcome]) -> Outcome:
    return sum(outcomes, Outcome(0, 0))


def main() -> None:
    print("| attacker | certain of |\n|---|---|")
    for people in (30, 60):
        batch = company(people, 1)
        _told(
            f"rows, from all pairwise tables, {people} people (not kept)", whole_rows(batch, 64, joined=True, tries=300)
        )
        _told(
            f"rows, from tables within each scale, {people} people (more than kept)",
            whole_rows(batch, 64, joined=False, tries=300),
        )
    seeds, fifty = (1, 2, 3), 50
    for pairs, name in ((False, "counts per team of five"), (True, "counts and pairs as kept")):
        outcome = _sum(
            answers_to_a_scale(company(fifty, seed), items, pairs=pairs)
            for seed in seeds
            for items in small_scales(frozen(company(fifty, seed)), 3)
        )
        _told(f"all answers to a scale of a person who is alone in them, {name}, {fifty} people", outcome)
    for exact, name in ((True, "raw pair sums (not kept)"), (False, "what is kept")):
        outcome = _sum(
            answer_of_a_skipper(company(fifty, seed), 7 * seed, items, exact_sums=exact, whole=not exact)
            for seed in seeds
            for items in small_scales(frozen(company(fifty, seed)), 3)
        )
        _told(f"an answer of the one who skipped another item, {name}", outcome)
    for exact, name in ((True, "exact covariances (not kept)"), (False, "what is kept")):
        outcome = _sum(
            answer_by_whole_numbers(company(fifty, seed), person, items, exact=exact)
            for seed in seeds
            for person in range(0, fifty, 7)
            for items in small_scales(frozen(company(fifty, seed)), 8)
        )
        _told(f"the same by whole numbers, {name}", outcome)
    for people, step, name in ((TEAM, 0.0, "exactly, 5 people (not kept)"), (fifty, STEP, "as kept, 50 people")):
        batch = company(people, 1)
        scales = list(small_scales(frozen(company(fifty, 1)), 3))
        outcome = _sum(
            score_of_the_lowest(batch, one, other, step=step) for one in scales for other in scales if one != other
        )
        _told(f"a score of who alone is lowest on another scale, sums of products {name}", outcome)


if __name__ == "__main__":
    main()
