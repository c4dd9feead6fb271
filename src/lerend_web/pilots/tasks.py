"""What pilots leave to the background."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from lerend_web.core import clock
from lerend_web.core.jobs import background, start_every
from lerend_web.pilots.domain.reminding import remind_owners
from lerend_web.pilots.queries import going_on

REMINDERS: Final = "lerend_web.pilots.tasks.remind_owners_of_pilots"
LOOK_EVERY: Final = timedelta(hours=12)
"""How often is looked whether an owner must be reminded; each gets one mail a week at most."""


@background()
def remind_owners_of_pilots() -> None:
    """Mail the owners for whom something waits. Done again after a kill, it goes on and mails nobody twice."""
    remind_owners(at=clock.now())


def start_reminders() -> None:
    """Look again where pilots go on, unless that was done a short while ago."""
    if going_on().exists():
        start_every(REMINDERS, every=LOOK_EVERY, at=timezone.now())
