"""The loop of a programme, and honestly how far the software is with each step."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is, what you can do today (nothing yet: None), and what comes (nothing more: None)."""

    name: Promise
    meaning: Promise
    now: Promise | None
    later: Promise | None


STEPS = (
    Step(
        name=_("Scan"),
        meaning=_("Employees say how their work helps them to learn. Management fills in a form of its own."),
        now=_("People answer here without giving their name, on a phone or a tablet, with a card or an invitation."),
        later=None,
    ),
    Step(
        name=_("Outcome"),
        meaning=_("A report shows where there is most room for improvement, and how sure that is."),
        now=_("A company sees its outcome when the round is closed. Groups that are too small stay hidden."),
        later=None,
    ),
    Step(
        name=_("Choice"),
        meaning=_("People discuss the outcome and choose a few themes. Each theme gets an owner and a date."),
        now=_(
            "Meetings are prepared, led and written down here, with phones or on paper. What is chosen becomes an action."
        ),
        later=None,
    ),
    Step(
        name=_("Pilot"),
        meaning=_("Is there no solution yet? Then companies and schools make one and try it, with a fair comparison."),
        now=_(
            "Here you plan a pilot, see beforehand what it could show, draw lots, follow it, and read what came of it."
        ),
        later=None,
    ),
    Step(
        name=_("Evidence"),
        meaning=_("Everybody can see what worked, where, and how sure that is. The next company starts from there."),
        now=_("Results of pilots come together here, and change what is said of an approach."),
        later=None,
    ),
)
