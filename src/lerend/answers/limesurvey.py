"""Response exports of LimeSurvey, as CSV, XLSX or SPSS.

Headers are a code (``pfr1``, ``G01Q01[SQ001]``, ``G01Q01_SQ001``), the full text (``How is your work? [My tasks are
clear]``) or both with a full stop between. Answers are codes (``A4``, ``AO04`` or whatever the maker chose) or the
full labels. ``N/A`` stands for a question that was not shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lerend.answers.conventions import Convention, last_in_brackets
from lerend.answers.names import plain

_CODE_AND_TEXT: Final = re.compile(r"\s*([A-Za-z][\w\[\]]*)\.\s+(.*)", re.DOTALL)
_ANSWER_CODE: Final = re.compile(r"AO?0*([1-9]\d?)", re.IGNORECASE)
_GIVEAWAYS: Final = frozenset(
    [
        *("submitdate", "lastpage", "startlanguage"),
        *("date submitted", "last page", "start language"),
        *("datum ingediend", "laatste pagina", "begintaal", "starttaal"),
    ]
)
_OTHERS: Final = frozenset(
    [
        *("id", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl", "interviewtime"),
        *("response id", "access code", "date started", "date last action", "ip address", "referrer url", "total time"),
        *("antwoord id", "antwoord-id", "toegangscode"),
    ]
)


def recognises(header: Sequence[str]) -> bool:
    """Two of the columns that only LimeSurvey adds."""
    return sum(_code_of(name) in _GIVEAWAYS for name in header[:40]) >= 2


def _code_of(header: str) -> str:
    both = _CODE_AND_TEXT.fullmatch(header)
    return plain(both[1] if both else header)


def names_in(header: str) -> tuple[str, ...]:
    """The question code, and the code of the sub-question on its own.

    >>> names_in("G01Q01[SQ001]. How is your work? [My tasks are clear]")
    ('G01Q01[SQ001]', 'SQ001')
    """
    both = _CODE_AND_TEXT.fullmatch(header)
    code = both[1] if both else header
    within = last_in_brackets(code)
    if within is None and " " not in code and "_" in code:
        within = code.rpartition("_")[2]
    return tuple(name for name in (both[1] if both else None, within) if name)


def texts_in(header: str) -> tuple[str, ...]:
    """The wording of the question, and of the sub-question on its own."""
    both = _CODE_AND_TEXT.fullmatch(header)
    text = both[2] if both else header
    return tuple(found for found in (text, last_in_brackets(text)) if found)


def place_of(text: str) -> int | None:
    """4 for ``A4`` and ``AO04``."""
    found = _ANSWER_CODE.fullmatch(text.strip())
    return int(found[1]) if found else None


LIMESURVEY: Final = Convention(
    name="limesurvey",
    names_in=names_in,
    texts_in=texts_in,
    place_of=place_of,
    not_asked=frozenset({"n/a"}),
    skipped=frozenset({"no answer", "geen antwoord"}),
    own_columns=_GIVEAWAYS | _OTHERS,
)
