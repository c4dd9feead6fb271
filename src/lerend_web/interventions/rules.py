"""The parts of a card, who may do what, and how much fits."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.interventions.enums import Seat
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role

PROPOSERS: Final[tuple[Role, ...]] = (
    OrganisationRole.COMPANY_CONTACT,
    ProgrammeRole.TEACHER,
    ProgrammeRole.RESEARCHER,
)
PROPOSAL_READERS: Final[tuple[Role, ...]] = (*PROPOSERS, ProgrammeRole.COORDINATOR)
"""Who sees what has been sent to be reviewed. A draft is its author's and their company's."""
REVIEWERS: Final[dict[Seat, Role]] = {
    Seat.PEER: OrganisationRole.COMPANY_CONTACT,
    Seat.TEACHER: ProgrammeRole.TEACHER,
    Seat.RESEARCHER: ProgrammeRole.RESEARCHER,
}
ACCEPTERS: Final[tuple[Role, ...]] = (ProgrammeRole.COORDINATOR,)
"""Who puts into the catalogue what all three reviewers agree on."""
SCRIPT_READERS: Final[tuple[Role, ...]] = (ProgrammeRole.TEACHER, ProgrammeRole.RESEARCHER)
"""Teachers write scripts; another teacher or a researcher approves one."""

TEXTS: Final[dict[str, int]] = {
    "name": 100,
    "what": 600,
    "mechanism": 400,
    "dose": 300,
    "delivered_by": 300,
    "before": 600,
    "during": 600,
    "after": 600,
    "note": 600,
    "measured_on": 300,
}
"""Parts of a card that are one text, with how many signs fit."""
LISTS: Final[dict[str, int]] = {"needs": 600, "fails": 600}
"""Parts that are several texts, one on each line."""
NUMBERS: Final[dict[str, int]] = {
    "weeks_first": 520,
    "weeks_done": 520,
    "hours_each": 10_000,
    "hours_to_run": 10_000,
    "euro_low": 1_000_000,
    "euro_high": 1_000_000,
}
"""Parts that are a whole number, with the largest."""
PARTS: Final[tuple[tuple[str, ...], ...]] = (
    ("name", "what", "mechanism"),
    ("targets", "level"),
    ("dose", "weeks_first", "weeks_done", "hours_each", "hours_to_run", "euro_low", "euro_high", "delivered_by"),
    ("before", "during", "after", "circumstances", "needs", "fails"),
    ("grade", "measured_on", "note", "source_text", "source_address"),
)
"""The form in the order in which it is filled in; the parts of a card on each page."""
TITLES: Final[tuple[Promise, ...]] = (
    _("What it is"),
    _("What it works on"),
    _("What it takes"),
    _("How to do it, and how it fails"),
    _("How sure it is"),
)
OPTIONAL: Final = frozenset({"circumstances", "needs", "measured_on", "source_text", "source_address"})
LABELS: Final[dict[str, Promise]] = {
    "name": pgettext_lazy("of an approach", "Name"),
    "what": _("What people do, in two sentences"),
    "mechanism": _("Why it may work"),
    "targets": _("Factors that it works on"),
    "level": _("Where it takes place"),
    "dose": _("How much, how often, how long"),
    "weeks_first": _("Weeks until you may notice something"),
    "weeks_done": _("Weeks until it is done, or a habit"),
    "hours_each": _("Hours for each who takes part"),
    "hours_to_run": _("Hours to organise and guide it"),
    "euro_low": _("Euros paid to others, at least"),
    "euro_high": _("Euros paid to others, at most"),
    "delivered_by": _("Who does it"),
    "before": _("Before"),
    "during": _("During"),
    "after": _("After"),
    "circumstances": _("What must be so in the company"),
    "needs": _("What people must agree on first"),
    "fails": _("How it fails"),
    "grade": _("What is known about whether it works"),
    "measured_on": _("What was measured, and with whom"),
    "note": _("What you know about that, in your own words"),
    "source_text": _("Source"),
    "source_address": _("Address of the source"),
}
MOST_FACTORS: Final = 4
LONGEST_WORDS: Final = 1000
MOST_STEPS: Final = 10
LONGEST_STEP: Final = 400
WORKSHOP_PARTS: Final = ("what", "mechanism", "dose", "delivered_by", "needs", "before", "during", "after", "fails")
"""The text of an approach in a workshop: the parts of the card that need words."""
LONGEST_STORY: Final = 2000


class InterventionRefused(Exception):
    """A change that cannot be: `field` of the form (empty: all of it), and a sentence that says what to do."""

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field
