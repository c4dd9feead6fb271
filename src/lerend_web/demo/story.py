"""How far the story of the demo is, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Chapter(StrEnum):
    """Where the story of the newest round stands."""

    SANNE = "sanne"
    OTHERS = "others"
    CLOSING = "closing"
    OUTCOME = "outcome"


class Character(StrEnum):
    """Who can be played. Sanne only answers: she has no account, and no row anywhere."""

    SANNE = "sanne"
    MARLOES = "marloes"
    ARJEN = "arjen"


@dataclass(frozen=True, slots=True)
class Part:
    """A character as the doors show it."""

    character: Character
    name: str
    who: Promise
    does: Promise
    button: Promise


PARTS: Final = (
    Part(
        Character.SANNE,
        "Sanne",
        _("Packer, night shift"),
        _("She has drawn a card and answers the questions on her phone."),
        _("Play Sanne"),
    ),
    Part(
        Character.MARLOES,
        "Marloes",
        _("HR of Voorbeeld Zuivel: 120 people, 11 teams, three shifts"),
        _("She plans a round, closes it and sees the outcome."),
        _("Play Marloes"),
    ),
    Part(
        Character.ARJEN,
        "Arjen",
        _("Coordinator of a programme of 12 companies"),
        _("He sees which companies take part, and how far they are."),
        _("Play Arjen"),
    ),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps; `is_here` when it can be played today."""

    name: Promise
    is_here: bool


STEPS: Final = (
    Step(_("Scan"), is_here=True),
    Step(_("Outcome"), is_here=True),
    Step(_("Choice"), is_here=True),
    Step(_("Pilot"), is_here=False),
    Step(_("Evidence"), is_here=False),
)


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next: a sentence, and where its button leads. With `plays`, somebody else goes on."""

    says: Promise
    button: Promise
    route: str
    plays: Character | None = None


NEXT: Final = {
    Chapter.SANNE: Next(
        _("A round is open. Sanne has not answered yet."), _("Play Sanne"), "demo-sanne", Character.SANNE
    ),
    Chapter.OTHERS: Next(
        _("Sanne has answered. Her 119 colleagues have not."), _("Let the others answer"), "demo-others"
    ),
    Chapter.CLOSING: Next(
        _("Everybody has answered. Marloes can close the round."),
        _("Go on as Marloes"),
        "demo-closing",
        Character.MARLOES,
    ),
    Chapter.OUTCOME: Next(
        _("The round is closed. Can somebody find out what Sanne said?"), _("Find Sanne's answer"), "demo-attack"
    ),
}
