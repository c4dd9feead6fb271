"""What holds for series of pulses: who may do what, how many, how far apart, and refusals in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.scans.rules import Refused
from lerend_web.themes.rules import ACTION_READERS
from lerend_web.urn.key_series import MOST_KEYS

PLANNERS: Final[tuple[Role, ...]] = (OrganisationRole.COMPANY_CONTACT,)
"""Who plans a series and opens its pulses."""

READERS: Final[tuple[Role, ...]] = ACTION_READERS
"""Who sees what came of the pulses; a team leader only of everybody and of the own team."""
KEY_MAKERS: Final[tuple[Role, ...]] = (
    OrganisationRole.COMPANY_CONTACT,
    ProgrammeRole.COORDINATOR,
    OrganisationRole.WORKS_COUNCIL,
    OrganisationRole.KEY_HOLDER,
    ProgrammeRole.KEY_HOLDER,
)
"""Who comes near the keys of a series, as with a scan."""
ALL_PARTS: Final[tuple[Role, ...]] = (*READERS, *(role for role in KEY_MAKERS if role not in READERS))

USUAL_PULSES: Final = 3
MOST_PULSES: Final = MOST_KEYS
SHORTEST_GAP: Final = 14
"""Days from one pulse to the next: the questions are about the past two weeks."""
USUAL_GAP: Final = 30
LONGEST_GAP: Final = 183
DAYS_OPEN: Final = 7
HEARD_BACK_AFTER: Final = timedelta(days=7)
"""After the last day: the team reads what came of it while it still remembers the questions."""
PLAN_AHEAD: Final = timedelta(days=21)
"""So long before its date a pulse that nobody planned is brought up: consent, keys and cards take time."""


class SeriesIsWrong(Refused):
    """The plan of a series cannot be; `reasons` says why, each in one plain sentence."""


class TooFewForAPulse(SeriesIsWrong):
    """So few people work there that no pulse is possible. They have the form for the talk."""


class SeriesIsSealed(Refused):
    """The promise of the series is out: its rules stand."""
