"""The case of a pilot, told to everybody once all companies that took part agree to exactly these words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import must_edit, note
from lerend_web.pilots.domain.teams import agreed_partners
from lerend_web.pilots.domain.verdicts import signed_verdict
from lerend_web.pilots.models import Partner, Pilot
from lerend_web.pilots.rules import PilotRefused

LONGEST: Final = 2000


@transaction.atomic
def write_case(*, pilot: Pilot, text: str, by: Person | None, at: datetime) -> None:
    """Write what is told beside the outcome. Other words are other consent: every company is asked again.

    Raises:
        PilotRefused: not an editor, no signed verdict, or nothing is written.
    """
    must_edit(by, pilot.programme)
    pilot.refresh_from_db(from_queryset=Pilot.objects.select_for_update())
    if signed_verdict(pilot) is None:
        raise PilotRefused(_("A case is told once the verdict is signed: then everybody knows what came of it."))
    said = text.strip()
    if not said:
        raise PilotRefused(_("Tell what you did, what was hard, and what you would do again."), "text")
    if said == pilot.public_case:
        return
    pilot.public_case = said[:LONGEST]
    pilot.save()
    for partner in agreed_partners(pilot):
        partner.may_publish_at = None
        partner.save()
        note(pilot, "pilot.case_written", by=by, at=at, organisation=partner.organisation_id)


def is_told(pilot: Pilot) -> bool:
    """Whether everybody may read it: there is a text, a signed verdict, and every company agreed to both."""
    partners = agreed_partners(pilot)
    agreed = bool(partners) and all(one.may_publish_at is not None for one in partners)
    return bool(pilot.public_case) and agreed and signed_verdict(pilot) is not None


def not_agreed_yet(pilot: Pilot) -> list[Partner]:
    """Companies that did not say yes to these words."""
    return [one for one in agreed_partners(pilot) if one.may_publish_at is None]
