"""How well sorting does, judged on comments that people labelled: precision, recall and the share left to a human.

*Precision* of a factor: of the comments sorted under it, how many are about it (mostly, or among two things). *Recall*:
of the comments that are mostly about it, how many were sorted under it. *Unsure*: of those, how many were left to a human,
so that recall is at most 1 minus that. All three are shares of few comments, so that each has its interval: Wilson's score
interval (1927), which stays within 0 and 1 and says something at 0 of 5 too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lerend.comments.sorting import Sorted

NOTHING: Final = "none"
"""Label of a comment about nothing in the model."""
QUANTILE_95: Final = 1.959963984540054
"""Standard errors to either side of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`, with the ends of its 95 % interval; of a total of 0 nothing is known."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval of 95 %; 0 to 1 of nothing."""
        if not self.total:
            return 0.0, 1.0
        share, z = self.count / self.total, QUANTILE_95
        scale = 1 + z * z / self.total
        middle = (share + z * z / (2 * self.total)) / scale
        half = z * math.sqrt(share * (1 - share) / self.total + (z / (2 * self.total)) ** 2) / scale
        low = 0.0 if self.count == 0 else middle - half
        return low, 1.0 if self.count == self.total else middle + half


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says that a comment is about: mostly `factor` (or `NOTHING`), and perhaps `also` something else."""

    factor: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """How sorting did for one label, or over all of them."""

    precision: Share
    recall: Share
    unsure: Share


@dataclass(frozen=True, slots=True)
class Judged:
    """How sorting did: over all comments, and per label in the order in which labels came.

    `guessed` is, of the comments that were left to a human with a best guess, how many of those guesses were right.
    """

    overall: Judgement
    per_label: tuple[tuple[str, Judgement], ...]
    guessed: Share


def judge(labels: Sequence[Label], results: Sequence[Sorted]) -> Judged:
    """How `results` of sorting agree with the labels of the same comments.

    Raises:
        ValueError: there is not one result per label.
    """
    pairs = list(zip(labels, results, strict=True))
    names = dict.fromkeys([label.factor for label in labels])
    names |= dict.fromkeys(_place(result) for result in results if result.sure)
    guesses = [(label, result.factor) for label, result in pairs if not result.sure and result.factor]
    right = sum(guess in (label.factor, *label.also) for label, guess in guesses)
    return Judged(
        _judgement(pairs, None), tuple((name, _judgement(pairs, name)) for name in names), Share(right, len(guesses))
    )


def _place(result: Sorted) -> str:
    return result.factor or NOTHING


def _judgement(pairs: Sequence[tuple[Label, Sorted]], name: str | None) -> Judgement:
    """The judgement for one label; for all together when it is None."""
    there = [(label, _place(result)) for label, result in pairs if result.sure and name in (None, _place(result))]
    about = [(label, result) for label, result in pairs if name in (None, label.factor)]
    return Judgement(
        Share(sum(place in (label.factor, *label.also) for label, place in there), len(there)),
        Share(sum(result.sure and _place(result) == label.factor for label, result in about), len(about)),
        Share(sum(not result.sure for _, result in about), len(about)),
    )
