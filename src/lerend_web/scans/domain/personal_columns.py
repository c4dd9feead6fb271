"""Columns that say who somebody is, or hold free text: a file with one of them is not taken in.

Each column that holds no answers is judged by its header and by what stands in it. It errs on the safe side: a column
that is refused by mistake costs somebody one deletion in a spreadsheet, and none of these columns is ever needed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from lerend.answers.names import squeezed

LONGEST_TEAM: Final = 120
_FEW: Final = 5
"""Below so many filled cells nothing can be said from how much they differ."""
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_NAME: Final = re.compile(r"(?:[^\W\d_][\w.'’-]*,?\s+){0,4}[^\W\d_][\w.'’-]*")
_LONG_TEXT: Final = 60
_MANY_WORDS: Final = 8


class Personal(StrEnum):
    NAMES = "names"
    MAIL = "mail"
    MARK = "mark"
    TEXT = "text"


_HEADERS: Final[dict[Personal, frozenset[str]]] = {
    Personal.NAMES: frozenset(
        [
            *("naam", "namen", "name", "names", "voornaam", "achternaam", "volledigenaam", "naammedewerker"),
            *("firstname", "lastname", "surname", "fullname", "yourname", "jenaam", "uwnaam"),
            *("medewerker", "werknemer", "employee", "employeename", "respondent", "submittername", "submittedby"),
        ]
    ),
    Personal.MAIL: frozenset(
        ["mail", "email", "emailadres", "mailadres", "emailaddress", "mailaddress", "eadres", "epost"]
    ),
    Personal.MARK: frozenset(
        [
            *("personeelsnummer", "personeelsnr", "medewerkernummer", "medewerkersnummer", "medewerkernr"),
            *("werknemersnummer", "personnelnumber", "employeenumber", "employeeid", "staffnumber", "staffid"),
            *("bsn", "burgerservicenummer", "telefoon", "telefoonnummer", "phone", "phonenumber", "mobiel", "mobile"),
            *("token", "accesscode", "toegangscode", "ipaddr", "ipaddress", "ipadres", "username", "gebruikersnaam"),
            *("deviceid", "simserial", "subscriberid", "submitterid", "geolocation", "geboortedatum", "birthdate"),
            *("dateofbirth",),
        ]
    ),
    Personal.TEXT: frozenset(
        [
            *("opmerking", "opmerkingen", "toelichting", "suggestie", "suggesties", "comment", "comments"),
            *("remark", "remarks", "explanation", "freetext", "vrijetekst"),
        ]
    ),
}


def personal(names: Sequence[str], cells: Sequence[str], *, header_only: bool = False) -> Personal | None:
    """What makes a column personal; None when nothing does, or when nothing stands in it.

    Args:
        names: the header, and the parts of it that a survey program uses as a name.
        cells: everything below it.
        header_only: judge by the header and by mail addresses: for the columns that a survey program adds itself, such
            as the time of sending, which differ from row to row by nature.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled:
        return None
    called = {squeezed(name) for name in names}
    for kind, words in _HEADERS.items():
        if called & words:
            return kind
    if any(_MAIL.search(cell) for cell in filled):
        return Personal.MAIL
    return None if header_only else _by_content(filled)


def is_about_persons(teams: Sequence[str]) -> bool:
    """Whether a column of teams rather holds persons: mail addresses, sentences, or mostly teams of one."""
    filled = [team.strip() for team in teams if team.strip()]
    if any(_MAIL.search(team) or len(team) > LONGEST_TEAM for team in filled):
        return True
    people = Counter(filled)
    alone = sum(number == 1 for number in people.values())
    return len(people) >= _FEW and 2 * alone > len(people)


def _by_content(filled: Sequence[str]) -> Personal | None:
    if any(len(cell) > _LONG_TEXT or len(cell.split()) >= _MANY_WORDS for cell in filled):
        return Personal.TEXT
    if len(filled) < _FEW or _counts_rows(filled):
        return None
    differing = len(set(filled)) / len(filled)
    words = sum(len(cell.split()) for cell in filled) / len(filled)
    if differing > 0.8 and all(_NAME.fullmatch(cell) and cell[:1].isupper() for cell in filled):
        return Personal.NAMES
    if differing > 0.5 and words >= 3:
        return Personal.TEXT
    return Personal.MARK if differing > 0.8 and any(len(cell) > 2 for cell in filled) else None


def _counts_rows(filled: Sequence[str]) -> bool:
    """1, 2, 3 …: the number of the row, which is about nobody."""
    return list(filled) == [str(number) for number in range(1, len(filled) + 1)]
