"""Working groups, cases and partners, as far as a person reaches."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from lerend_web.community.models import Case, GroupDate, GroupMember, KeptApart, PartnerProposal, PartnerWish
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.themes.models import Theme


def group_themes_of(programme: Programme) -> QuerySet[Theme]:
    """Themes of a programme with how many members their groups have."""
    members = Count("group", filter=Q(group__joined_at__isnull=False), distinct=True)
    return Theme.objects.filter(programme=programme).annotate(members=members)


def membership_of(person: Person, theme: Theme) -> GroupMember | None:
    return GroupMember.objects.filter(theme=theme, person=person).select_related("organisation").first()


def open_invitations_of(person: Person) -> QuerySet[GroupMember]:
    """Working groups to which somebody was invited and did not answer yet."""
    return GroupMember.objects.filter(person=person, joined_at=None).select_related("theme__programme")


def groups_of(person: Person) -> QuerySet[GroupMember]:
    return GroupMember.objects.filter(person=person, joined_at__isnull=False).select_related("theme__programme")


def is_coordinator(person: Person, programme: Programme | int) -> bool:
    roles = person.programme_roles.filter(programme=programme, role=ProgrammeRole.COORDINATOR)
    return roles.exists()


def may_read_group(person: Person, theme: Theme) -> bool:
    """Whether somebody sees what is in a working group: its members, and the coordinator who keeps it."""
    member = membership_of(person, theme)
    return (member is not None and member.joined_at is not None) or is_coordinator(person, theme.programme_id)


def contact_list_of(theme: Theme) -> QuerySet[GroupMember]:
    """Members who agreed that the others see their name and address."""
    agreed = GroupMember.objects.filter(theme=theme, on_list_at__isnull=False)
    return agreed.select_related("person", "organisation").order_by("person__name", "pk")


def dates_of(theme: Theme) -> QuerySet[GroupDate]:
    return GroupDate.objects.filter(theme=theme)


def may_change_case(person: Person, case: Case) -> bool:
    """Its author, and the contacts of the company that it is about: they can take it back whoever wrote it."""
    if case.organisation_id is None:
        return case.author_id == person.pk
    roles = person.organisation_roles.filter(organisation=case.organisation_id)
    held = set(roles.values_list("role", flat=True))
    return OrganisationRole.COMPANY_CONTACT in held or (case.author_id == person.pk and bool(held))


def cases_for(person: Person, theme: Theme) -> list[Case]:
    """What somebody may read of a group's cases: the published ones of their group, and drafts that are their own."""
    rows = Case.objects.filter(theme=theme).select_related("organisation", "author")
    reads = may_read_group(person, theme)
    return [case for case in rows if (reads and case.published_at) or may_change_case(person, case)]


def wish_of(organisation: Organisation, programme: Programme) -> PartnerWish | None:
    return PartnerWish.objects.filter(organisation=organisation, programme=programme).first()


def proposals_of(organisation: Organisation, programme: Programme) -> QuerySet[PartnerProposal]:
    """Those of an organisation that have not ended."""
    mine = Q(giver=organisation) | Q(taker=organisation)
    found = PartnerProposal.objects.filter(mine, programme=programme, ended_at=None)
    return found.select_related("giver", "taker", "giver_by", "taker_by", "programme")


def with_proposals_to_answer(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Those of the organisations that have a proposal which they did not answer yet."""
    open_ones = PartnerProposal.objects.filter(ended_at=None)
    gives = open_ones.filter(giver_at=None).values("giver")
    takes = open_ones.filter(taker_at=None).values("taker")
    return organisations.filter(Q(pk__in=gives) | Q(pk__in=takes))


def kept_apart_in(programme: Programme) -> QuerySet[KeptApart]:
    return KeptApart.objects.filter(programme=programme).select_related("one", "other").order_by("one__name", "pk")
