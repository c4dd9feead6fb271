"""Why there is no model of these answers: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from lerend.errors import LerendError, Problem
from lerend.wording import Message, say, say_many


class ModelCannotBeFitted(LerendError):
    """These answers cannot bear this model."""


def too_few_people(people: int, least: int, group: str = "people") -> ModelCannotBeFitted:
    """A group with fewer rows than the method needs."""
    return _one(
        group,
        say_many("There is {count} row with all answers.", "There are {count} rows with all answers.", people),
        say("It takes {least} or more: join the group with another, or wait for more answers.", least=least),
    )


def too_few_categories(items: Sequence[str]) -> ModelCannotBeFitted:
    """Items that everybody answered the same."""
    return ModelCannotBeFitted(
        [
            Problem(
                item,
                say("Everybody gave the same answer, so it goes with nothing."),
                say("Leave the item out."),
            )
            for item in items
        ]
    )


def no_tables() -> ModelCannotBeFitted:
    """Sums that were gathered without tables of pairs."""
    return _one(
        "statistics",
        say("These sums do not hold how often each pair of answers was given."),
        say("Gather them again with tables of pairs, or give the answers themselves."),
    )


def not_two_categories(items: Sequence[str]) -> ModelCannotBeFitted:
    """Items with more than two answers, where two are needed."""
    return ModelCannotBeFitted(
        [
            Problem(
                item,
                say("A tetrachoric correlation is of answers in two categories, and this item has more."),
                say("Use polychoric correlations."),
            )
            for item in items
        ]
    )


def same_answers(pairs: Sequence[tuple[str, str]]) -> ModelCannotBeFitted:
    """Pairs of items that are one."""
    return ModelCannotBeFitted(
        [
            Problem(
                f"{first}, {second}",
                say("The answers to these two items go together perfectly."),
                say("Leave one of the two out."),
            )
            for first, second in pairs
        ]
    )


def never_varies(name: str) -> ModelCannotBeFitted:
    """A number that is the same for everybody."""
    return _one(name, say("This column does not vary, so nothing goes with it."), say("Leave it out."))


def follows_exactly(item: str, name: str) -> ModelCannotBeFitted:
    """An item whose answer is known once a number is."""
    return _one(
        f"{item}, {name}", say("The answer follows from the number without fault."), say("Leave one of the two out.")
    )


def nobody_answered_both(pairs: Sequence[tuple[str, str]]) -> ModelCannotBeFitted:
    """Pairs of items without people who answered both."""
    return ModelCannotBeFitted(
        [
            Problem(
                f"{first}, {second}",
                say("Hardly anybody answered both items."),
                say("Leave one of the two out, or wait for more answers."),
            )
            for first, second in pairs
        ]
    )


def _one(where: str, what: Message, mend: Message) -> ModelCannotBeFitted:
    return ModelCannotBeFitted([Problem(where, what, mend)])
