"""Themes and actions, as far as a person reaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme, ProgrammeMember
from lerend_web.themes.models import Action, ActionStep, Theme
from lerend_web.themes.rules import ACTION_READERS, LIVE, MUST_BE_OWNED, THEME_OWNERS


def programmes_reached(person: Person, *roles: Role) -> QuerySet[Programme]:
    """Programmes in which somebody has one of the roles, or in which their organisation takes part."""
    in_programme = [role.value for role in roles if isinstance(role, ProgrammeRole)]
    inside = [role.value for role in roles if isinstance(role, OrganisationRole)]
    mine = person.programme_roles.filter(role__in=in_programme).values("programme")
    through = person.organisation_roles.filter(role__in=inside).values("organisation")
    reached = Q(pk__in=mine) | Q(pk__in=Programme.objects.filter(organisations__in=through).values("pk"))
    return Programme.objects.filter(reached).order_by("name", "pk")


def themes_of(programme: Programme) -> QuerySet[Theme]:
    return Theme.objects.filter(programme=programme).select_related("owner")


def possible_owners(programme: Programme) -> list[Person]:
    """People whose name may stand beside a theme: those with a part in the programme itself."""
    roles = [role.value for role in THEME_OWNERS]
    members = ProgrammeMember.objects.filter(programme=programme, role__in=roles)
    return list(Person.objects.filter(pk__in=members.values("person"), is_active=True).order_by("name", "pk"))


def people_for_actions(organisation: Organisation) -> list[Person]:
    """People of an organisation who can own an action or a step."""
    roles = [role.value for role in ACTION_READERS]
    members = OrganisationMember.objects.filter(organisation=organisation, role__in=roles)
    return list(Person.objects.filter(pk__in=members.values("person"), is_active=True).order_by("name", "pk"))


def themes_looked_after_by(person: Person) -> QuerySet[Theme]:
    """Themes that somebody owns and that are worked on, in programmes in which they still have a part."""
    programmes = programmes_reached(person, *THEME_OWNERS)
    owned = Theme.objects.filter(owner=person, programme__in=programmes, state__in=[one.value for one in MUST_BE_OWNED])
    return owned.order_by("next_on", "pk")


def actions_of(organisation: Organisation) -> QuerySet[Action]:
    return Action.objects.filter(organisation=organisation).select_related("owner", "theme").prefetch_related("steps")


def open_steps_of(person: Person, organisations: QuerySet[Organisation]) -> QuerySet[ActionStep]:
    """What somebody still has to do in organisations in which they have a role, soonest first."""
    mine = ActionStep.objects.filter(owner=person, done_on=None, action__state__in=[one.value for one in LIVE])
    return mine.filter(action__organisation__in=organisations).select_related("action__organisation")


def late_steps_of(person: Person, organisations: QuerySet[Organisation], *, today: date) -> QuerySet[ActionStep]:
    """Those whose last day is over."""
    return open_steps_of(person, organisations).filter(due_on__lt=today)


def organisations_that_act(themes: Sequence[Theme]) -> dict[int, int]:
    """Per theme in how many organisations something is being done about it, or was."""
    found = Theme.objects.filter(pk__in=[theme.pk for theme in themes])
    counted = found.annotate(acting=Count("actions__organisation", distinct=True))
    return dict(counted.values_list("pk", "acting"))
