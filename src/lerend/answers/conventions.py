"""How survey programs name their columns and answers. Each program has a file of its own; this is what they share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

BRACKETS: Final = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Convention:
    """The habits of one survey program.

    Attributes:
        name: as in `AnswerFile.format`; empty for a file that shows no program's habits.
        names_in: the names that a header may stand for, apart from the whole of it.
        texts_in: the same for the wording of a question.
        place_of: the place (1 is the first) that an answer code stands for, such as 4 for ``A4``.
        not_asked: texts (without capitals) that mean that the question was not shown.
        skipped: texts (without capitals) that mean that the question was shown and not answered.
        own_columns: names (without capitals) of the columns that the program adds.
    """

    name: str
    names_in: Callable[[str], tuple[str, ...]]
    texts_in: Callable[[str], tuple[str, ...]]
    place_of: Callable[[str], int | None]
    not_asked: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    own_columns: frozenset[str] = frozenset()


def no_place(_text: str) -> None:
    """For programs that write no answer codes of their own."""
    return


def last_in_brackets(header: str) -> str | None:
    """``SQ001`` in ``G01Q01[SQ001]``."""
    found = BRACKETS.findall(header)
    return found[-1].strip() if found else None


def _names_in(header: str) -> tuple[str, ...]:
    after_slash = header.rpartition("/")[2].strip() if "/" in header else None
    return tuple(name for name in (after_slash, last_in_brackets(header)) if name)


PLAIN: Final = Convention(name="", names_in=_names_in, texts_in=_names_in, place_of=no_place)
