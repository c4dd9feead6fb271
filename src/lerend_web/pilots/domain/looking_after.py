"""Who looks after a pilot while it runs: who plans pilots, its owner, and the contact of a company for that company."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.pilots.domain.partners import speaks_for
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import EDITORS, PilotRefused


def looks_after(by: Person | None, pilot: Pilot, organisation: Organisation | None = None) -> bool:
    """Whether somebody sees to the pilot, or to the part of one company in it; None is the platform itself."""
    if by is None or pilot.owner_id == by.pk:
        return True
    roles = [role.value for role in EDITORS]
    if by.programme_roles.filter(programme=pilot.programme_id, role__in=roles).exists():
        return True
    return organisation is not None and speaks_for(by, organisation)


def must_look_after(by: Person | None, pilot: Pilot, organisation: Organisation | None = None) -> None:
    """Raises: PilotRefused."""
    if not looks_after(by, pilot, organisation):
        raise PilotRefused(_("Who looks after this pilot does that."))


def lock_in(pilot: Pilot, *states: PilotState) -> None:
    """The pilot as it is now, locked until the transaction ends.

    Raises:
        PilotRefused: it is not so far, or further already.
    """
    pilot.refresh_from_db(from_queryset=Pilot.objects.select_for_update())
    if pilot.state not in states:
        raise PilotRefused(_("This pilot is at another point now. Look again at what it still needs."))
