"""Meetings as far as a person reaches, and what a screen needs to know of one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from lerend_web.meetings.enums import MeetingRole
from lerend_web.meetings.models import Meeting, Rating
from lerend_web.meetings.rules import LEADERS, READERS
from lerend_web.organisations.models import Organisation
from lerend_web.organisations.queries import organisations_for
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.programmes.queries import programmes_for


def meetings_led_by(person: Person) -> QuerySet[Meeting]:
    """Those of the programmes that somebody coordinates, and those of organisations of which they are the contact.

    What an organisation scores only that organisation sees, so its own meetings are not the coordinator's.
    """
    of_programme = Q(organisation=None, programme__in=programmes_for(person, *LEADERS))
    of_organisation = Q(organisation__in=_contact_of(person))
    return Meeting.objects.filter(of_programme | of_organisation).select_related("programme", "organisation")


def meetings_for(person: Person) -> QuerySet[Meeting]:
    """Those that somebody leads, and those of every programme in which they or their organisation take part."""
    taking_part = Q(programme__in=programmes_for(person, *READERS)) | Q(
        programme__organisations__in=_contact_of(person)
    )
    mine = Q(pk__in=meetings_led_by(person).values("pk"))
    found = Meeting.objects.filter(mine | (Q(organisation=None) & taking_part))
    return found.distinct().select_related("programme", "organisation")


def lock(meeting: Meeting) -> None:
    """Bring a meeting up to date and keep others from changing it until the transaction ends."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())


def seats_by_role(meeting: Meeting) -> dict[MeetingRole, int]:
    """How many take part as what; every role is there."""
    roles = list(meeting.seats.values_list("role", flat=True))
    return {role: roles.count(role) for role in MeetingRole}


def seats_that_rated(meeting: Meeting) -> int:
    """How many handed in a sheet in the round that runs. Which, nobody learns."""
    return Rating.objects.filter(option__meeting=meeting).values("seat").distinct().count()


def _contact_of(person: Person) -> QuerySet[Organisation]:
    return organisations_for(person, OrganisationRole.COMPANY_CONTACT).order_by()
