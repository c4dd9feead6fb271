"""What a method is: its name, what it asks for, where it runs, and the one function that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lerend.errors import LerendError, Problem
from lerend.estimate.table import Table
from lerend.wording import Message, say


class Kind(StrEnum):
    """What is to be given for an option."""

    COLUMN = "column"
    COLUMNS = "columns"
    NUMBER = "number"
    WHOLE = "whole number"
    CHOICE = "choice"
    TEXT = "text"


class RunsOn(StrEnum):
    """What a method needs: rows of a file, the sums of a frozen wave, or either."""

    FILE = "file"
    FROZEN_WAVE = "frozen wave"
    BOTH = "file or frozen wave"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a method asks for.

    Attributes:
        meaning: in plain words, one line.
        default: the text that stands when nothing is given; None where it must be given, empty where it may be left out.
        choices: the only texts that will do, for a choice.
    """

    name: str
    kind: Kind
    meaning: str
    default: str | None = None
    choices: tuple[str, ...] = ()


class OptionsAreWrong(LerendError):
    """An option that is missing, unknown, or not of its kind."""


@dataclass(frozen=True, slots=True)
class Given:
    """The options of one call, all of them known to the method, each as text."""

    texts: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.texts[name]

    def has(self, name: str) -> bool:
        return bool(self.texts[name])

    def columns(self, name: str) -> tuple[str, ...]:
        """Names with commas between them."""
        return tuple(part.strip() for part in self.texts[name].split(",") if part.strip())

    def number(self, name: str) -> float:
        """Raises: OptionsAreWrong."""
        try:
            return float(self.texts[name])
        except ValueError:
            raise wrong_option(
                name, say("“{text}” is no number.", text=self.texts[name]), say("Write it with a point, such as 0.95.")
            ) from None

    def whole(self, name: str) -> int:
        """Raises: OptionsAreWrong."""
        value = self.number(name)
        if value != int(value):
            raise wrong_option(name, say("This must be a whole number."), say("Write 1000, for example."))
        return int(value)


@dataclass(frozen=True, slots=True)
class Method:
    """An estimator by its name.

    Attributes:
        name: as it is typed.
        what: what it estimates, one line in plain words.
        runs_on: what it needs (docs/methods says why).
        page: the page of it in docs/methods, without its ending.
        run: from a table and the options to a frozen result.
    """

    name: str
    what: str
    options: tuple[Option, ...]
    runs_on: RunsOn
    page: str
    run: Callable[[Table, Given], object]


def given_to(method: Method, texts: Mapping[str, str]) -> Given:
    """The options for a method, filled up with what stands when nothing is given.

    Raises:
        OptionsAreWrong: with everything that is wrong with them.
    """
    known = {option.name: option for option in method.options}
    problems = [_unknown(method, name) for name in texts if name not in known]
    filled: dict[str, str] = {}
    for option in method.options:
        text = texts.get(option.name, option.default)
        if text is None:
            what = say("{method} asks for this: {meaning}", method=method.name, meaning=option.meaning)
            problems.append(Problem(option.name, what, say("Add {name}=….", name=option.name)))
        elif text and option.choices and text not in option.choices:
            what = say("“{text}” is not among the choices.", text=text)
            problems.append(Problem(option.name, what, say("There are: {names}.", names=option.choices)))
        else:
            filled[option.name] = text
    if problems:
        raise OptionsAreWrong(problems)
    return Given(filled)


def wrong_option(name: str, what: Message, mend: Message) -> OptionsAreWrong:
    """The error for one option."""
    return OptionsAreWrong([Problem(name, what, mend)])


def _unknown(method: Method, name: str) -> Problem:
    what = say("{method} has no option of this name.", method=method.name)
    names = tuple(option.name for option in method.options)
    return Problem(name, what, say("There are: {names}.", names=names))
