"""Words and numbers that every face uses, so that all of them say the same."""

from __future__ import annotations

import math
import unicodedata

from lerend.diagnosis.result import Band, Estimate, UnitLevel
from lerend.disclosure.bands import PeopleBand
from lerend.disclosure.cells import Extreme
from lerend.model.structure import Direction
from lerend.wording import Language, Message, say, shown

BANDS: dict[Band, Message] = {
    Band.VERY_LIKELY: say("very likely"),
    Band.POSSIBLY: say("possibly"),
    Band.UNLIKELY: say("unlikely"),
}

NOT_SHOWN = say("not shown")
CHANCE = say("can be chance")
NOT_CHANCE = say("probably not chance")
TOO_FEW = say("Too few people answered to show this.")
A_FEW = say("a few")

LEVELS: dict[UnitLevel, Message] = {
    UnitLevel.PROGRAMME: say("Programme"),
    UnitLevel.COMPANY: say("Company"),
    UnitLevel.TEAM: say("Team"),
}

DIRECTIONS: dict[Direction, Message] = {
    Direction.INVERTED_U: say("neither much nor little is best"),
    Direction.CONDITIONAL: say("helps in some situations only"),
}


def printable(text: str) -> str:
    """The text without signs that steer a screen: line breaks become spaces, control and direction signs go."""
    if text.isprintable():
        return text
    spaced = "".join(" " if unicodedata.category(sign).startswith("Z") or sign in "\t\r\n" else sign for sign in text)
    return "".join(sign for sign in spaced if sign.isprintable())


def spoken(message: Message, language: Language) -> str:
    """The finished sentence, safe to put on one line of any screen."""
    return printable(message.in_language(language))


def number(value: float, language: Language) -> str:
    """One decimal, with the decimal sign of the language."""
    return shown(float(value), language)


def signed(value: float, language: Language) -> str:
    """One decimal with its sign, also when it is positive."""
    text = number(value, language)
    return f"+{text}" if round(value, 1) > 0 else text


EXTREMES: dict[Extreme, Message] = {
    Extreme.VERY_LOW: say("very low"),
    Extreme.VERY_HIGH: say("very high"),
}


def people_text(people: int | PeopleBand) -> str:
    """A number of people, or the band that it lies in."""
    return people.text if isinstance(people, PeopleBand) else whole(people)


def whole(value: int) -> str:
    """A count; from 10,000 in groups of three, apart by a thin space that both languages read."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}") if value >= 10_000 else str(value)


def interval(estimate: Estimate, language: Language) -> str:
    return f"{number(estimate.low, language)}\N{EN DASH}{number(estimate.high, language)}"


def half_width(estimate: Estimate) -> float:
    """The longer side of the interval, rounded up to a tenth: never promises more than we know."""
    longer = max(estimate.high - estimate.value, estimate.value - estimate.low)
    return max(math.ceil(longer * 10 - 1e-9), 1) / 10


def out_of_hundred(score: float) -> int:
    """The score of 1 to 5 on a scale of 0 to 100."""
    return round((score - 1) * 25)


def count_of_companies(count: int, language: Language) -> str:
    """A number of companies; one or two are *a few*, so that nobody can tell which."""
    return A_FEW.in_language(language) if 0 < count < 3 else whole(count)
