"""Whether a scale may be compared between waves, as a value with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lerend.statistics.frozen import LEAST_PEOPLE
from lerend.statistics.structure.ordinal_layout import Shared
from lerend.statistics.structure.stepwise import Verdict
from lerend.wording import Message, say

LEAST_ITEMS: Final = 3
"""With fewer items a factor model has more unknowns than there are numbers."""


class Comparable(StrEnum):
    """Whether people read the items of a scale alike in all waves."""

    ALIKE = "alike"
    """Nothing beyond chance, and enough people to have seen what would matter."""
    NEARLY = "nearly"
    """A difference beyond chance, too small to matter."""
    UNCLEAR = "unclear"
    """Nothing beyond chance, but too few people to have seen what would matter; on a page of many scales also what one of so
    many tests would find by chance."""
    CHANGED = "changed"
    """A difference beyond chance that can matter: the change of the mean is not only one of the factor."""
    NO_ONE_SCALE = "no_one_scale"
    """One factor does not describe the answers, even with all numbers apart: there is nothing to compare by."""
    NOT_FOUND = "not_found"
    """The sums belong to no such model, or the search for it had no proven end."""
    TOO_FEW_ITEMS = "too_few_items"
    TOO_FEW_PEOPLE = "too_few_people"
    NOT_SHOWN = "not_shown"
    """There are enough people, but figures about the items of this scale may not be shown."""

    @property
    def is_checked(self) -> bool:
        """Whether there is an answer at all."""
        return self in (Comparable.ALIKE, Comparable.NEARLY, Comparable.UNCLEAR, Comparable.CHANGED)

    @property
    def may_be_compared(self) -> bool:
        """Whether it was shown that means may be compared."""
        return self in (Comparable.ALIKE, Comparable.NEARLY)

    @property
    def sentence(self) -> Message:
        """For people."""
        return _SENTENCES[self]


_SENTENCES: Final[dict[Comparable, Message]] = {
    Comparable.ALIKE: say("Checked: people read these statements as they did before."),
    Comparable.NEARLY: say(
        "Checked: people read these statements a little differently than before, too little to matter."
    ),
    Comparable.UNCLEAR: say("Checked: no other way of reading was seen, but too few people answered to rule one out."),
    Comparable.CHANGED: say(
        "Checked: people read these statements differently than before. So a difference is not only about the topic."
    ),
    Comparable.NO_ONE_SCALE: say("Not checked: these statements do not go together well enough as one topic."),
    Comparable.NOT_FOUND: say("Not checked: no model was found that describes the answers."),
    Comparable.TOO_FEW_ITEMS: say("Not checked: that takes {least} statements.", least=LEAST_ITEMS),
    Comparable.TOO_FEW_PEOPLE: say("Not checked: fewer than {least} people.", least=LEAST_PEOPLE),
    Comparable.NOT_SHOWN: say(
        "Not checked: too few people answered all of these statements, or figures about them may not be shown."
    ),
}


@dataclass(frozen=True, slots=True)
class SharedStep:
    """One thing more that the waves share.

    Attributes:
        adds: loadings, or intercepts.
        verdict: of sharing it for all items that still share what came before.
        statistic, degrees, p_value: of the test of the difference, chi-square for normal answers.
        cfi_falls: by how much CFI falls from the step before.
        rmsea_rises: by how much RMSEA rises.
        released: items that were let go because it failed, the worst first.
        explained: whether the others share it once these are let go; true where none was.
    """

    adds: Shared
    verdict: Verdict
    statistic: float
    degrees: int
    p_value: float
    cfi_falls: float
    rmsea_rises: float
    released: tuple[str, ...]
    explained: bool


@dataclass(frozen=True, slots=True)
class ScaleComparison:
    """Whether one scale may be compared between waves.

    Attributes:
        scale: its id.
        items: ids.
        waves, people: their names, and how many people are behind the numbers of each.
        comparable: the answer.
        steps: loadings, then intercepts, as far as was gone; none where it was not checked.
        unseen: by how many points of the scale's mean a shift of a single item, in the last wave, can move it and still
            be missed in one of five; None where nothing was looked for, or where another way of reading was found.
    """

    scale: str
    items: tuple[str, ...]
    waves: tuple[str, ...]
    people: tuple[int, ...]
    comparable: Comparable
    steps: tuple[SharedStep, ...] = ()
    unseen: float | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """Items that people read differently, as far as that can be told."""
        return tuple(item for step in self.steps for item in step.released)

    @property
    def sentence(self) -> Message:
        """For people; it names the items that changed."""
        if self.comparable is Comparable.CHANGED and self.changed:
            return say(
                "Checked: people read these statements differently than before: {items}. So a difference is not only "
                "about the topic.",
                items=self.changed,
            )
        return self.comparable.sentence
