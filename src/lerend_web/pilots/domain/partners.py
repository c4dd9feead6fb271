"""Companies in a pilot: they are asked, and the contact of each says yes or no for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import lock_draft, must_edit, note
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Partner, Pilot, PilotTeam
from lerend_web.pilots.rules import PARTNERS, PilotRefused


@transaction.atomic
def ask_company(
    *, pilot: Pilot, organisation: Organisation, compares: bool = False, by: Person | None, at: datetime
) -> Partner:
    """Ask a company of the programme; `compares`: it is only measured, and goes on as it did.

    Raises:
        PilotRefused: not an editor, the plan is frozen, another programme's company, or it was asked already.
    """
    must_edit(by, pilot.programme)
    lock_draft(pilot)
    if not organisation.programmes.filter(pk=pilot.programme_id).exists():
        raise PilotRefused(_("Ask companies that take part in this programme."), "organisation")
    if pilot.partners.filter(organisation=organisation).exists():
        raise PilotRefused(_("This company was asked already."), "organisation")
    partner = Partner.objects.create(pilot=pilot, organisation=organisation, compares=compares, asked_at=at)
    note(pilot, "pilot.company_asked", by=by, at=at, organisation=organisation.pk)
    return partner


@transaction.atomic
def agree(*, partner: Partner, by: Person | None, at: datetime) -> None:
    """The contact of the company says that it takes part. Twice is once.

    Raises:
        PilotRefused: somebody who does not speak for the company, or the plan is frozen.
    """
    must_speak_for(by, partner.organisation)
    lock_draft(partner.pilot)
    if partner.agreed_at is None:
        partner.agreed_at = at
        partner.save()
        note(partner.pilot, "pilot.company_agreed", by=by, at=at, organisation=partner.organisation_id)


@transaction.atomic
def decline(*, partner: Partner, by: Person | None, at: datetime) -> None:
    """The company does not take part (any more): its contact says so, or who asked takes the question back.

    Raises:
        PilotRefused: neither of them, or the plan is frozen: then the pilot is stopped, with a reason.
    """
    if not speaks_for(by, partner.organisation):
        must_edit(by, partner.pilot.programme)
    lock_draft(partner.pilot)
    PilotTeam.objects.filter(pilot=partner.pilot, organisation=partner.organisation).delete()
    note(partner.pilot, "pilot.company_left", by=by, at=at, organisation=partner.organisation_id)
    partner.delete()


@transaction.atomic
def agree_to_publish(*, partner: Partner, agrees: bool = True, by: Person | None, at: datetime) -> None:
    """The company agrees that the case is told in public, or takes that back. It is told once all companies agree.

    Raises:
        PilotRefused: somebody who does not speak for the company, or the pilot is not over.
    """
    must_speak_for(by, partner.organisation)
    if partner.pilot.state not in {PilotState.FINISHED, PilotState.STOPPED}:
        raise PilotRefused(_("Decide on this once the pilot is over, and you know what came of it."))
    partner.may_publish_at = at if agrees else None
    partner.save()
    code = "pilot.may_be_told" if agrees else "pilot.may_not_be_told"
    note(partner.pilot, code, by=by, at=at, organisation=partner.organisation_id)


def speaks_for(by: Person | None, organisation: Organisation) -> bool:
    """Whether somebody says for this company that it takes part; None is the platform itself."""
    roles = [role.value for role in PARTNERS]
    return by is None or by.organisation_roles.filter(organisation=organisation, role__in=roles).exists()


def must_speak_for(by: Person | None, organisation: Organisation) -> None:
    """Raises: PilotRefused."""
    if not speaks_for(by, organisation):
        raise PilotRefused(_("The contact of the company says whether it takes part."))


def companies_to_ask(pilot: Pilot) -> list[Organisation]:
    """Companies of the programme that were not asked yet."""
    asked = pilot.partners.values("organisation")
    return list(Organisation.objects.filter(programmes=pilot.programme_id).exclude(pk__in=asked).order_by("name", "pk"))


def to_answer_by(person: Person) -> list[Partner]:
    """Companies for which this person has not said yes or no yet, while the pilot is prepared."""
    roles = [role.value for role in PARTNERS]
    mine = person.organisation_roles.filter(role__in=roles).values("organisation")
    open_ones = Partner.objects.filter(organisation__in=mine, agreed_at=None, pilot__state=PilotState.DRAFT.value)
    return list(open_ones.select_related("pilot", "organisation"))
