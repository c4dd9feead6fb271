"""Why a fit is not given at all, and what must be said beside one that is given."""

from __future__ import annotations

from collections.abc import Sequence

from lerend.errors import Problem
from lerend.statistics.ordinal.corners import CornerCell
from lerend.statistics.ordinal.trouble import ModelCannotBeFitted
from lerend.wording import Message, Text, say


class NotConverged(ModelCannotBeFitted):
    """The search did not end at a point that can be shown to be a minimum."""


class NotIdentified(ModelCannotBeFitted):
    """Many models fit these answers equally well."""


def not_converged() -> NotConverged:
    """A search whose end is no proven minimum."""
    return NotConverged(
        [
            Problem(
                "model",
                say("The search for the best fit did not end, so there is no result."),
                say("The answers may contradict the model: look at the correlations, or use fewer factors."),
            )
        ]
    )


def not_identified(unknowns: Sequence[str]) -> NotIdentified:
    """Unknowns that the answers do not pin down, by name."""
    return NotIdentified(
        [
            Problem(
                ", ".join(unknowns),
                say("The answers do not pin these numbers down: many models fit equally well."),
                say("Give each factor items of its own, or leave out what cannot be told apart."),
            )
        ]
    )


def too_many_unknowns(unknowns: int, known: int) -> NotIdentified:
    """More unknowns than numbers to fit them to."""
    return NotIdentified(
        [
            Problem(
                "model",
                say(
                    "The model has {unknowns} unknowns and the answers hold {known} numbers.",
                    unknowns=unknowns,
                    known=known,
                ),
                say("Use fewer factors or fewer residual covariances."),
            )
        ]
    )


def other_items(group: str) -> ModelCannotBeFitted:
    """A group with other items than the model has."""
    return ModelCannotBeFitted(
        [
            Problem(
                group,
                say("The items of this group are not those of the model, in the same order."),
                say("Count the answers to the items of the model."),
            )
        ]
    )


def other_categories(group: str, item: str, codes: Sequence[int]) -> ModelCannotBeFitted:
    """An item whose answers differ between groups that share its thresholds."""
    return ModelCannotBeFitted(
        [
            Problem(
                f"{group}, {item}",
                say(
                    "Groups can share thresholds only where the same answers occur in each; here these differ: {codes}.",
                    codes=tuple(codes),
                ),
                say("Join each such answer with the one next to it, in every group, or leave the item out."),
            )
        ]
    )


def two_answers(item: str) -> ModelCannotBeFitted:
    """An item with two answers, in a comparison of thresholds."""
    return ModelCannotBeFitted(
        [
            Problem(
                item,
                say("An item with two answers has one threshold, which cannot be compared apart from its loading."),
                say("Leave it out of the comparison, or release it."),
            )
        ]
    )


def one_group() -> ModelCannotBeFitted:
    """A comparison of one group with nothing."""
    return ModelCannotBeFitted(
        [Problem("groups", say("Comparing needs at least two groups."), say("Name a column that splits the people."))]
    )


def no_paths() -> ModelCannotBeFitted:
    """Paths between factors of ordinal answers."""
    return ModelCannotBeFitted(
        [
            Problem(
                "paths",
                say("Paths between factors are fitted to numbers, not to ordinal answers."),
                say("Leave the paths out, or take answers in five or more steps as numbers."),
            )
        ]
    )


def only_theta() -> ModelCannotBeFitted:
    """Shared residual variances where these are no numbers of their own."""
    return ModelCannotBeFitted(
        [
            Problem(
                "residuals",
                say("Residual variances can be shared only where they are numbers of their own."),
                say("Use the theta parameterisation."),
            )
        ]
    )


def three_decimals(value: float) -> Text:
    """A correlation or a fit index, with the decimal sign of the language."""
    text = f"{value:.3f}"
    return Text(nl=text.replace(".", ","), en=text)


def heywood(items: Sequence[str]) -> Message:
    """Residual variances that no people can have."""
    return say(
        "A residual variance is zero or negative ({items}): the numbers of this model cannot be those of real people.",
        items=tuple(items),
    )


def factors_alike(factors: Sequence[str]) -> Message:
    """Factors that correlate 1 or more."""
    return say("These factors cannot be told apart in these answers: {factors}.", factors=tuple(factors))


def not_positive_definite() -> Message:
    """Correlations that no one set of people can have."""
    return say(
        "The correlations do not fit together as those of one set of people, and a model of them gets no robust fit "
        "indices. More people or fewer items help."
    )


def contradicted(cells: Sequence[CornerCell]) -> Message:
    """A handful of people against everybody else."""
    worst = max(cells, key=lambda cell: abs(cell.moves))
    return say(
        "A handful of people answer against what everybody else does and move correlations; most of all {people} who "
        "answered {first} to {one} and {second} to {other} ({moves} points). Pairs of items with such people: {pairs}. "
        "Check whether the items were read, and keyed the right way round.",
        people=worst.people,
        first=worst.answers[0],
        one=worst.items[0],
        second=worst.answers[1],
        other=worst.items[1],
        moves=three_decimals(abs(worst.moves)),
        pairs=len({cell.items for cell in cells}),
    )


def empty_category(item: str) -> Message:
    """An answer between others that nobody chose."""
    return say("Nobody chose one of the answers in between to {item}; it was left out.", item=item)


def two_items(factor: str) -> Message:
    """A factor that rests on two items."""
    return say(
        "{factor} has two items: its loadings rest on how it goes with the other factors, and are less certain.",
        factor=factor,
    )


def few_people(people: int) -> Message:
    """Fewer people than the method is sure of."""
    return say(
        "With {people} people the test and the intervals are only roughly right; see the page on this method.",
        people=people,
    )


def drawn_rows(rows: int) -> Message:
    """Fourth-order moments over some of the people."""
    return say(
        "Test and standard errors rest on {rows} people drawn by lot (always the same), freed from the bias that brings.",
        rows=rows,
    )
