"""Proposals, scripts and workshops, as far as a person reaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from lerend_web.community.queries import membership_of
from lerend_web.interventions.enums import ProposalState, ScriptState, Seat
from lerend_web.interventions.models import OwnEntry, OwnScript, Proposal, Session, Workshop
from lerend_web.interventions.rules import ACCEPTERS, PROPOSERS, REVIEWERS
from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme, ProgrammeMember
from lerend_web.themes.models import Theme
from lerend_web.themes.queries import programmes_reached

_TEACHES = (ProgrammeRole.TEACHER.value,)
_APPROVES = (ProgrammeRole.TEACHER.value, ProgrammeRole.RESEARCHER.value)


def may_change_proposal(person: Person, proposal: Proposal) -> bool:
    """Its author as long as they have a part here, and the contacts of the company on whose behalf it is."""
    if proposal.organisation_id is not None and _is_contact(person, proposal.organisation_id):
        return True
    return proposal.author_id == person.pk and may_propose(person, proposal.programme)


def may_propose(person: Person, programme: Programme) -> bool:
    return programmes_reached(person, *PROPOSERS).filter(pk=programme.pk).exists()


def may_read_proposal(person: Person, proposal: Proposal) -> bool:
    """Whoever reaches the programme reads what was sent; a draft, and what was taken back, only who may change it."""
    hidden = proposal.state in {ProposalState.DRAFT, ProposalState.WITHDRAWN}
    return not hidden or may_change_proposal(person, proposal)


def proposals_of(programme: Programme) -> QuerySet[Proposal]:
    return Proposal.objects.filter(programme=programme).select_related("programme", "organisation", "author")


def proposals_for(person: Person, programme: Programme) -> list[Proposal]:
    return [one for one in proposals_of(programme) if may_read_proposal(person, one)]


def seats_of(person: Person, proposal: Proposal) -> tuple[Seat, ...]:
    """As what somebody can look at a proposal: never at their own, and never at one of their own company."""
    if may_change_proposal(person, proposal) or proposal.author_id == person.pk:
        return ()
    held = set(person.programme_roles.filter(programme=proposal.programme_id).values_list("role", flat=True))
    found = [seat for seat in (Seat.TEACHER, Seat.RESEARCHER) if REVIEWERS[seat].value in held]
    if _is_peer(person, proposal):
        found.insert(0, Seat.PEER)
    return tuple(found)


def open_seats_of(person: Person, proposal: Proposal) -> tuple[Seat, ...]:
    """Those that nobody has taken in this round; none when this person looked already: it takes three people."""
    if proposal.state != ProposalState.IN_REVIEW:
        return ()
    given = proposal.reviews.filter(round=proposal.round)
    if given.filter(by=person).exists():
        return ()
    taken = set(given.values_list("seat", flat=True))
    return tuple(seat for seat in seats_of(person, proposal) if seat not in taken)


def reviews_waiting_for(person: Person) -> list[Proposal]:
    """Proposals at which somebody can look now, the oldest first."""
    programmes = programmes_reached(person, *REVIEWERS.values())
    found = Proposal.objects.filter(programme__in=programmes, state=ProposalState.IN_REVIEW.value)
    rows = found.select_related("programme", "organisation", "author").order_by("sent_at", "pk")
    return [one for one in rows if open_seats_of(person, one)]


def may_accept(person: Person, proposal: Proposal) -> bool:
    """The coordinator, of what all three reviewers agree on."""
    held = person.programme_roles.filter(programme=proposal.programme_id, role__in=ACCEPTERS)
    return proposal.state == ProposalState.AGREED and held.exists()


def to_accept_by(person: Person) -> QuerySet[Proposal]:
    reached = programmes_reached(person, *ACCEPTERS)
    found = Proposal.objects.filter(programme__in=reached, state=ProposalState.AGREED.value)
    return found.select_related("programme", "organisation").order_by("sent_at", "pk")


def seats_without_anybody(proposal: Proposal) -> tuple[Seat, ...]:
    """Seats for which this programme has nobody who may sit there."""
    people = Person.objects.filter(pk__in=_possible_reviewers(proposal.programme), is_active=True)
    filled = {seat for person in people for seat in seats_of(person, proposal)}
    return tuple(seat for seat in Seat if seat not in filled)


def to_mend_by(person: Person) -> QuerySet[Proposal]:
    """Proposals of somebody for which a change was asked, and drafts that they began."""
    states = (ProposalState.CHANGE_ASKED.value, ProposalState.DRAFT.value)
    reached = programmes_reached(person, *PROPOSERS)
    found = Proposal.objects.filter(author=person, programme__in=reached, state__in=states)
    return found.select_related("programme")


def newest_entries_of(programmes: Iterable[Programme]) -> list[OwnEntry]:
    """The newest version of every entry of these programmes, in the order in which they came."""
    newest: dict[str, OwnEntry] = {}
    rows = OwnEntry.objects.filter(programme__in=programmes).select_related("programme")
    for row in rows.order_by("version", "pk"):
        newest[row.entry] = row
    return sorted(newest.values(), key=lambda one: one.pk)


def versions_of(entry: str) -> list[OwnEntry]:
    """All versions of an own entry, the newest first."""
    return list(OwnEntry.objects.filter(entry=entry).select_related("programme").order_by("-version"))


def programmes_shown_to(person: Person | None) -> QuerySet[Programme]:
    """Programmes whose own entries somebody reads: the public ones, and those in which they have a part."""
    public = Q(is_public=True)
    if person is None:
        return Programme.objects.filter(public).order_by("pk")
    reached = programmes_reached(person, *ProgrammeRole, *OrganisationRole)
    return Programme.objects.filter(public | Q(pk__in=reached.values("pk"))).order_by("pk")


def approved_scripts_of(programmes: Iterable[Programme]) -> dict[str, OwnScript]:
    rows = OwnScript.objects.filter(programme__in=programmes, state=ScriptState.APPROVED.value)
    return {one.entry: one for one in rows.order_by("-pk")}


def script_of(programme: Programme, entry: str) -> OwnScript | None:
    rows = OwnScript.objects.filter(programme=programme, entry=entry)
    return rows.select_related("programme", "writer", "reviewer").first()


def is_teacher(person: Person, programme: Programme) -> bool:
    return person.programme_roles.filter(programme=programme, role__in=_TEACHES).exists()


def may_approve_script(person: Person, script: OwnScript) -> bool:
    """Another teacher, or a researcher."""
    held = person.programme_roles.filter(programme=script.programme_id, role__in=_APPROVES)
    return script.writer_id != person.pk and script.state == ScriptState.IN_REVIEW and held.exists()


def scripts_to_approve_by(person: Person) -> list[OwnScript]:
    rows = OwnScript.objects.filter(state=ScriptState.IN_REVIEW.value, programme__members__person=person)
    found = rows.select_related("programme").distinct()
    return [one for one in found if may_approve_script(person, one)]


def scripts_written_by(person: Person) -> QuerySet[OwnScript]:
    """Scripts that somebody claimed and has to go on with."""
    states = (ScriptState.CLAIMED.value, ScriptState.CHANGE_ASKED.value)
    taught = person.programme_roles.filter(role__in=_TEACHES).values("programme")
    found = OwnScript.objects.filter(writer=person, state__in=states, programme__in=taught)
    return found.select_related("programme")


def is_maker(person: Person, theme: Theme) -> bool:
    """Whether somebody takes part in the workshops of a theme: the members of its working group do, and nobody else."""
    member = membership_of(person, theme)
    return member is not None and member.joined_at is not None


def workshops_of(programme: Programme) -> QuerySet[Workshop]:
    return Workshop.objects.filter(programme=programme).select_related("theme", "programme")


def workshops_made_by(person: Person) -> QuerySet[Workshop]:
    """Workshops in which somebody takes part."""
    rows = Workshop.objects.filter(theme__group__person=person, theme__group__joined_at__isnull=False)
    return rows.select_related("theme", "programme").distinct()


def coming_sessions_of(person: Person, *, today: date) -> QuerySet[Session]:
    rows = Session.objects.filter(workshop__in=workshops_made_by(person).order_by().values("pk"), on__gte=today)
    return rows.select_related("workshop__theme", "workshop__programme").order_by("on", "begins", "pk")


def _is_contact(person: Person, organisation: int) -> bool:
    role = OrganisationRole.COMPANY_CONTACT
    return person.organisation_roles.filter(organisation=organisation, role=role).exists()


def _is_peer(person: Person, proposal: Proposal) -> bool:
    """A contact of a company of this programme, with no part in the company on whose behalf it is proposed."""
    own = person.organisation_roles.filter(organisation=proposal.organisation_id)
    if proposal.organisation_id is not None and own.exists():
        return False
    role = REVIEWERS[Seat.PEER]
    inside = person.organisation_roles.filter(role=role, organisation__programmes=proposal.programme_id)
    return inside.exists()


def _possible_reviewers(programme: Programme) -> set[int]:
    above = ProgrammeMember.objects.filter(programme=programme, role__in=_APPROVES)
    inside = OrganisationMember.objects.filter(organisation__programmes=programme, role=REVIEWERS[Seat.PEER])
    return {*above.values_list("person", flat=True), *inside.values_list("person", flat=True)}
