"""The working group of a theme: inviting, joining, being on the contact list, leaving, and its agenda."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.community.domain.mails import send_group_invitation
from lerend_web.community.models import GroupDate, GroupMember
from lerend_web.community.queries import is_coordinator
from lerend_web.community.rules import GROUP_ROLES, CommunityRefused
from lerend_web.core.audit import record
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.themes.models import Theme

_INSIDE = [role.value for role in GROUP_ROLES if isinstance(role, OrganisationRole)]
_ABOVE = [role.value for role in GROUP_ROLES if isinstance(role, ProgrammeRole)]


@transaction.atomic
def invite_to_group(*, theme: Theme, email: str, by: Person, at: datetime) -> GroupMember:
    """Invite somebody who has a role in the programme or in one of its organisations.

    They get a mail, and answer on their first page.

    Raises:
        CommunityRefused: nobody with such a role has this address (whether or not there is an account), or they are
            in the group already.
    """
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None or not has_part_in(person, theme.programme):
        raise CommunityRefused(
            _(
                "Nobody with a role in this programme has this address. First let the contact of the organisation give "
                "this person a role."
            ),
            "email",
        )
    member, is_new = GroupMember.objects.get_or_create(
        theme=theme,
        person=person,
        defaults={"organisation": organisation_of(person, theme.programme), "invited_at": at},
    )
    if not is_new:
        raise CommunityRefused(_("This person is in the group already, or was invited."), "email")
    _note(theme, "group.invited", by=by, at=at)
    transaction.on_commit(lambda: send_group_invitation(member))
    return member


@transaction.atomic
def answer_invitation(*, member: GroupMember, joins: bool, on_list: bool, by: Person, at: datetime) -> None:
    """Join, with or without a place on the contact list; or say no, and then nothing is kept."""
    _own(member, by)
    if not joins:
        member.delete()
        _note(member.theme, "group.declined", by=by, at=at)
        return
    member.joined_at = member.joined_at or at
    member.on_list_at = at if on_list else None
    member.save()
    _note(member.theme, "group.joined", by=by, at=at)


@transaction.atomic
def set_on_list(*, member: GroupMember, on_list: bool, by: Person, at: datetime) -> None:
    """Agree to stand on the contact list, or take that back.

    Raises:
        CommunityRefused: not a member (yet).
    """
    _own(member, by)
    if member.joined_at is None:
        raise CommunityRefused(_("First join the group."))
    member.on_list_at = at if on_list else None
    member.save()
    _note(member.theme, "group.on_list" if on_list else "group.off_list", by=by, at=at)


@transaction.atomic
def leave_group(*, member: GroupMember, by: Person, at: datetime) -> None:
    """Out of the group and off its list, at once; by the member, or by the coordinator."""
    if member.person_id != by.pk and not is_coordinator(by, member.theme.programme_id):
        raise CommunityRefused(_("Only the member or the coordinator can do this."))
    member.delete()
    _note(member.theme, "group.left", by=by, at=at)


@transaction.atomic
def add_date(
    *, theme: Theme, on: date, begins: time | None, what: str, place: str, by: Person, at: datetime
) -> GroupDate:
    """Raises: CommunityRefused: it says nothing."""
    said = " ".join(what.split())
    if not said:
        raise CommunityRefused(_("Say what happens on this date."), "what")
    made = GroupDate.objects.create(theme=theme, on=on, begins=begins, what=said, place=" ".join(place.split()))
    _note(theme, "group.date_added", by=by, at=at)
    return made


@transaction.atomic
def remove_date(*, on_agenda: GroupDate, by: Person, at: datetime) -> None:
    on_agenda.delete()
    _note(on_agenda.theme, "group.date_removed", by=by, at=at)


def has_part_in(person: Person, programme: Programme) -> bool:
    """Whether somebody has a role in a programme or in one of its organisations."""
    above = person.programme_roles.filter(programme=programme, role__in=_ABOVE)
    return above.exists() or organisation_of(person, programme) is not None


def organisation_of(person: Person, programme: Programme) -> Organisation | None:
    """On whose behalf somebody takes part in a programme."""
    roles = person.organisation_roles.filter(role__in=_INSIDE).values("organisation")
    return programme.organisations.filter(pk__in=roles).order_by("name", "pk").first()


def _own(member: GroupMember, by: Person) -> None:
    if member.person_id != by.pk:
        raise CommunityRefused(_("Only this person can say so."))


def _note(theme: Theme, code: str, *, by: Person, at: datetime) -> None:
    record(by=by, at=at, code=code, programme=theme.programme_id, subject=str(theme.pk), name=theme.name_nl)
