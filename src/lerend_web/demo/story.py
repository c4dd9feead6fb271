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
    CHOICE = "choice"
    MEETING = "meeting"
    PILOT = "pilot"
    TRIED = "tried"
    JUDGED = "judged"
    EVIDENCE = "evidence"
    END = "end"


class Character(StrEnum):
    """Who can be played. Sanne only answers: she has no account, and no row anywhere."""

    SANNE = "sanne"
    MARLOES = "marloes"
    ARJEN = "arjen"
    FENNA = "fenna"


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
        _("He leads the meeting in which the companies choose where to begin, and sees where a pilot is needed."),
        _("Play Arjen"),
    ),
)

RESEARCHER: Final = Part(
    Character.FENNA,
    "Fenna",
    _("Researcher of the programme"),
    _("She signs what pilots found, and what the catalogue learns from them."),
    _("Play Fenna"),
)
"""She has no door of her own on the front page: the story leads to her."""
ALL_PARTS: Final = (*PARTS, RESEARCHER)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps."""

    name: Promise


STEPS: Final = (
    Step(_("Scan")),
    Step(_("Outcome")),
    Step(_("Choice")),
    Step(_("Pilot")),
    Step(_("Evidence")),
)


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next: a sentence, and where its button leads. With `plays`, somebody else goes on.

    `pages` are those on which this is done already, so that nobody is sent where they are.
    """

    says: Promise
    button: Promise
    route: str
    plays: Character | None = None
    pages: tuple[str, ...] = ()


_OF_THE_MEETING: Final = ("meeting", "meeting-decision", "meeting-themes", "meeting-paper", "meeting-screen")
_OF_THE_EVIDENCE: Final = ("evidence", "evidence-entry", "success-factors")

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
    Chapter.CHOICE: Next(
        _("The companies meet to choose what they begin with. You lead that meeting."),
        _("To the meeting"),
        "demo-meeting",
        pages=_OF_THE_MEETING,
    ),
    Chapter.MEETING: Next(
        _("The meeting is open: here the companies choose what they begin with."),
        _("Go on as Arjen"),
        "demo-meeting",
        Character.ARJEN,
        pages=_OF_THE_MEETING,
    ),
    Chapter.PILOT: Next(
        _(
            "A theme is chosen. For one bottleneck there is an approach that worked elsewhere; for another there is none."
        ),
        _("See what now"),
        "demo-choice",
        Character.ARJEN,
    ),
    Chapter.TRIED: Next(
        _("In this programme three pilots were begun already. What became of them?"),
        _("To the three pilots"),
        "demo-pilots",
    ),
    Chapter.JUDGED: Next(
        _("One pilot was judged in three ways: as is usual, by the lot, and by the truth."),
        _("Who is right?"),
        "demo-judged",
    ),
    Chapter.EVIDENCE: Next(
        _("Something waits for a signature: a verdict, or a new grade. The researcher of the programme decides on it."),
        _("Go on as Fenna"),
        "demo-grade",
        Character.FENNA,
        pages=("pilot-grade", "pilot-verdict"),
    ),
    Chapter.END: Next(
        _("This is the end of the story: the next company begins with what these pilots found."),
        _("See what pilots found"),
        "demo-evidence",
        Character.ARJEN,
        pages=_OF_THE_EVIDENCE,
    ),
}

STEP_OF: Final = {
    Chapter.SANNE: STEPS[0],
    Chapter.OTHERS: STEPS[0],
    Chapter.CLOSING: STEPS[0],
    Chapter.OUTCOME: STEPS[1],
    Chapter.CHOICE: STEPS[2],
    Chapter.MEETING: STEPS[2],
    Chapter.PILOT: STEPS[3],
    Chapter.TRIED: STEPS[3],
    Chapter.JUDGED: STEPS[3],
    Chapter.EVIDENCE: STEPS[4],
    Chapter.END: STEPS[4],
}
"""Which of the five steps the story is at."""
