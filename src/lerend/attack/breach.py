"""What an attacker found, in words and as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lerend.wording import Message, say, say_many


class Attacker(StrEnum):
    """Who found it."""

    ROW_SPACE = "row-space"
    PROGRAMME = "linear-programme"
    SUBTRACTION = "subtraction"
    PANEL = "panel"
    SPREAD = "spread"


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that a release tells about fewer than k people.

    Attributes:
        attacker: who found it.
        about: scale or item.
        who: the people, as classes.
        people: how many at most.
        how: in words.
        low, high: the scores between which a person must lie, where that is what was found.
        right: whether it is so in the made-up truth; None when there is none to look in.
    """

    attacker: Attacker
    about: str
    who: str
    people: int
    how: Message
    low: float | None = None
    high: float | None = None
    right: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all attackers together found.

    Attributes:
        breaches: what may not be there.
        unsure: cells and classes of which too little is known to say; numbers of people would tell.
        tried: figures that were looked at.
        asked: kinds of people of whom bounds were computed or seen to be free.
        wrong: shown figures that do not agree with the made-up truth.
    """

    breaches: tuple[Breach, ...]
    unsure: int
    tried: int
    asked: int
    wrong: tuple[str, ...] = ()


def computed(who: str, people: int) -> Message:
    return say_many(
        "A figure about {count} person can be computed: {who}.",
        "A figure about {count} people can be computed: {who}.",
        people,
        who=who,
    )


def subtracted(first: str, second: str, who: str, people: int) -> Message:
    if not first:
        return say_many("{whole} is about {count} person.", "{whole} is about {count} people.", people, whole=second)
    return say_many(
        "“{whole}” minus “{part}” leaves {count} person: {who}.",
        "“{whole}” minus “{part}” leaves {count} people: {who}.",
        people,
        whole=first,
        part=second,
        who=who,
    )


def bounded(who: str, low: float, high: float) -> Message:
    return say("Somebody in {who} must have scored between {low} and {high}.", who=who, low=low, high=high)


def counted(who: str, people: int | None) -> Message:
    if people is None:
        return say("In {who} it is certain that too few people chose one of the answers.", who=who)
    return say_many(
        "In {who} {count} person chose one of the answers.",
        "In {who} {count} people chose one of the answers.",
        people,
        who=who,
    )


def too_near_the_end(who: str) -> Message:
    return say("The mean of {who} is so near the end of the scale that it says what each person answered.", who=who)


def changed(who: str, people: int) -> Message:
    return say_many(
        "Between two waves a figure about {count} person can be computed: {who}.",
        "Between two waves a figure about {count} people can be computed: {who}.",
        people,
        who=who,
    )
