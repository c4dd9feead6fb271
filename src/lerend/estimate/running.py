"""Finding a method by its name, and running it: the one call of the library."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from lerend.errors import LerendError, Problem
from lerend.estimate import methods
from lerend.estimate.method import Method, given_to
from lerend.estimate.table import Table
from lerend.wording import say


class NoSuchMethod(LerendError):
    """A name that no method has."""


def estimate(method: str, table: Table, **options: str) -> object:
    """What a method finds in a table: a frozen value of its own kind.

    Args:
        method: its name, such as ``alpha``; `all_methods` has them all.
        options: as text, the way the command line takes them.

    Raises:
        NoSuchMethod: nothing is called so.
        OptionsAreWrong: an option is missing, unknown or not of its kind.
        AnswersAreWrong: the table lacks a column, or holds what is no number.
    """
    found = method_named(method)
    return found.run(table, given_to(found, options))


def method_named(name: str) -> Method:
    """Raises: NoSuchMethod."""
    by_name = {method.name: method for method in all_methods()}
    if name not in by_name:
        what = say("There is no method of this name.")
        raise NoSuchMethod([Problem(name, what, say("There are: {names}.", names=tuple(by_name)))])
    return by_name[name]


def all_methods() -> tuple[Method, ...]:
    """Every method, by its name."""
    return tuple(sorted(_found(), key=lambda method: method.name))


def _found() -> Iterator[Method]:
    for module in pkgutil.iter_modules(methods.__path__):
        family = importlib.import_module(f"{methods.__name__}.{module.name}")
        yield from family.METHODS
