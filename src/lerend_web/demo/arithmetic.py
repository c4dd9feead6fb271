"""The attacker's sum in the words of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.demo.domain.attack import Term
from lerend_web.demo.domain.hunt import Hunt

_NAMES: Final = {
    "": _("Everybody"),
    "contract:agency": _("Everybody who works through an agency"),
    "contract:own": _("Everybody with a contract of the company"),
    "tenure:under_1": _("Less than 1 year in service"),
    "tenure:from_1_to_5": _("1 to 5 years in service"),
    "tenure:from_5_to_15": _("5 to 15 years in service"),
    "tenure:from_15": _("15 years or longer in service"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One table in the sum: added or taken off, its name, how many people, how many of them gave each answer."""

    is_added: bool
    name: str | Promise
    people: int
    counts: tuple[int, ...]


def lines_of(hunt: Hunt) -> tuple[Line, ...]:
    """The tables that the attacker adds, then those that he takes off."""
    terms = hunt.recipe.terms if hunt.recipe is not None else ()
    return tuple(_line(term) for term in sorted(terms, key=lambda term: -term.times))


def _line(term: Term) -> Line:
    counts = tuple(int(count) for count in term.table.counts)
    return Line(term.times > 0, _NAMES.get(term.table.name, term.table.name), sum(counts), counts)
