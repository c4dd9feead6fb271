"""What four of the made-up companies say about themselves: their rules leave each only one kind of task."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from lerend_web.demo.company import BAKKERIJ, ZUIVEL
from lerend_web.organisations.domain.circumstances import note_circumstances
from lerend_web.organisations.models import Organisation

SMALL_PART_TASKS: Final = (ZUIVEL, BAKKERIJ, "Voorbeeld Groente", "Voorbeeld Drukkerij")
"""Where richer work fails on what it needs, so that the companies share a gap."""
SAID: Final = {"tasks_may_combine": False, "different_tasks": False}


def make_circumstances(*, at: datetime) -> None:
    for organisation in Organisation.objects.filter(name__in=SMALL_PART_TASKS):
        note_circumstances(organisation=organisation, said=SAID, by=None, at=at)
