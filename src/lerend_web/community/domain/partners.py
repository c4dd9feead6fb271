"""Learning partners: opting in, proposals over all who did, both sides saying yes, and only then names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend.errors import ModelIsWrong
from lerend.partners.assigning import propose
from lerend.partners.company import Company, topics_of
from lerend.partners.places import TOWNS
from lerend.partners.saying import to_the_giver, to_the_taker, what_it_tells
from lerend.report.words import spoken
from lerend.wording import Text
from lerend_web.community.domain.mails import send_proposals
from lerend_web.community.models import KeptApart, PartnerProposal, PartnerWish
from lerend_web.community.queries import proposals_of, wish_of
from lerend_web.community.rules import BRANCHES, LEAST_WISHES, MOST_PARTNERS, CommunityRefused
from lerend_web.core.audit import record
from lerend_web.instruments.domain.faults import language
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.newest import model_of_programme, newest_releases

Pair = frozenset[int]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a company can and wants; `reach_km` None for any distance."""

    town: str
    branch: str
    reach_km: int | None = None
    also_same_branch: bool = False
    capacity: int = 1


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposal as one side sees it. `partner`, `who` and `email` are empty until both said yes."""

    pk: int
    says: str
    gives: bool
    has_answered: bool
    partner: str
    who: str
    email: str


@transaction.atomic
def opt_in(*, organisation: Organisation, programme: Programme, wish: Wish, by: Person, at: datetime) -> PartnerWish:
    """Take part, or change what one can and wants.

    Raises:
        CommunityRefused: the organisation is not in the programme, or something is not one of the choices.
    """
    if not organisation.programmes.filter(pk=programme.pk).exists():
        raise CommunityRefused(_("Your organisation takes no part in this programme."))
    if wish.town not in TOWNS:
        raise CommunityRefused(_("Choose the town that is nearest to you."), "town")
    if wish.branch not in BRANCHES or not 1 <= wish.capacity <= MOST_PARTNERS:
        raise CommunityRefused(_("Choose your branch, and one to three partners."), "branch")
    kept, is_new = PartnerWish.objects.update_or_create(
        organisation=organisation,
        programme=programme,
        defaults={
            "town": wish.town,
            "branch": wish.branch,
            "reach_km": wish.reach_km,
            "also_same_branch": wish.also_same_branch,
            "capacity": wish.capacity,
            "by": by,
            "at": at,
        },
    )
    code = "partners.opted_in" if is_new else "partners.wish_changed"
    record(by=by, at=at, code=code, programme=programme, organisation=organisation)
    return kept


@transaction.atomic
def opt_out(*, organisation: Organisation, programme: Programme, by: Person, at: datetime) -> None:
    """Stop: no new proposals, and those that were not agreed end. Partners who know each other stay so."""
    gone, _which = PartnerWish.objects.filter(organisation=organisation, programme=programme).delete()
    for proposal in proposals_of(organisation, programme):
        if not proposal.is_agreed:
            proposal.ended_at = at
            proposal.save()
    if gone:
        record(by=by, at=at, code="partners.opted_out", programme=programme, organisation=organisation)


@transaction.atomic
def keep_apart(
    *, programme: Programme, one: Organisation, other: Organisation, apart: bool, by: Person, at: datetime
) -> None:
    """Say that two organisations are competitors, or that they are not after all.

    Raises:
        CommunityRefused: they are the same, or one is not in the programme.
    """
    inside = set(programme.organisations.filter(pk__in=[one.pk, other.pk]).values_list("pk", flat=True))
    if len(inside) < 2:
        raise CommunityRefused(_("Choose two different organisations of this programme."), "other")
    first, second = sorted(inside)
    rows = KeptApart.objects.filter(programme=programme, one=first, other=second)
    if apart:
        KeptApart.objects.get_or_create(programme=programme, one_id=first, other_id=second)
    else:
        rows.delete()
    record(by=by, at=at, code="partners.kept_apart" if apart else "partners.apart_no_more", programme=programme)


@transaction.atomic
def make_proposals(*, programme: Programme, by: Person, at: datetime) -> int:
    """Propose partners over all who opted in and still have room for one; gives how many proposals are new.

    Their contacts get a mail that one waits; with whom and about what stands in none.
    Proposals that wait for an answer stay, and two who did not want each other are not asked again.

    Raises:
        CommunityRefused: too few companies opted in and have an outcome, so that a proposal would name its other side.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    companies = _companies(programme)
    if len(companies) < LEAST_WISHES:
        raise CommunityRefused(
            _(
                "Proposals are made when three companies that have an outcome take part: else they would give names away."
            )
        )
    found = propose(companies, apart=frozenset(frozenset(map(str, pair)) for pair in _apart(programme)))
    PartnerProposal.objects.bulk_create(
        PartnerProposal(
            programme=programme, giver_id=int(pair.giver), taker_id=int(pair.taker), factor=pair.factor, made_at=at
        )
        for pair in found
    )
    record(by=by, at=at, code="partners.proposed", programme=programme, proposals=len(found))
    sides = {int(side) for pair in found for side in (pair.giver, pair.taker)}
    transaction.on_commit(lambda: send_proposals(programme, sides))
    return len(found)


@transaction.atomic
def answer_proposal(
    *, proposal: PartnerProposal, organisation: Organisation, accepts: bool, by: Person, at: datetime
) -> None:
    """One side says yes or no. A no ends it for both, and who said it is not kept.

    Raises:
        CommunityRefused: it has ended, both agreed already, or the organisation opted out.
    """
    proposal.refresh_from_db(from_queryset=PartnerProposal.objects.select_for_update())
    if proposal.ended_at is not None or proposal.is_agreed or wish_of(organisation, proposal.programme) is None:
        raise CommunityRefused(_("This proposal cannot be answered any more."))
    if not accepts:
        proposal.ended_at = at
        proposal.giver_by = proposal.taker_by = proposal.giver_at = proposal.taker_at = None
    elif proposal.giver_id == organisation.pk:
        proposal.giver_by, proposal.giver_at = by, at
    else:
        proposal.taker_by, proposal.taker_at = by, at
    proposal.save()
    record(by=by, at=at, code="partners.answered", organisation=organisation, subject=str(proposal.pk))
    if proposal.is_agreed:
        for side in (proposal.giver_id, proposal.taker_id):
            record(by=None, at=at, code="partners.agreed", programme=proposal.programme_id, organisation=side)


def shown_to(organisation: Organisation, programme: Programme) -> list[ShownProposal]:
    """The proposals of an organisation as it may see them."""
    return [_shown(one, organisation) for one in proposals_of(organisation, programme)]


def agreed_in(programme: Programme) -> list[tuple[str, str, str]]:
    """Pairs that know each other: who tells, who listens, about what."""
    rows = PartnerProposal.objects.filter(programme=programme).select_related("giver", "taker")
    return [(one.giver.name, one.taker.name, _topic(one)) for one in rows if one.is_agreed]


def waiting_in(programme: Programme) -> int:
    """How many proposals have not been agreed or ended."""
    rows = PartnerProposal.objects.filter(programme=programme, ended_at=None)
    return sum(not one.is_agreed for one in rows)


def what_a_proposal_tells() -> tuple[str, ...]:
    """To be read before opting in."""
    return tuple(spoken(sentence, language()) for sentence in what_it_tells())


def towns() -> tuple[str, ...]:
    return tuple(TOWNS)


def _shown(proposal: PartnerProposal, organisation: Organisation) -> ShownProposal:
    gives = proposal.giver_id == organisation.pk
    says = to_the_giver(_name(proposal)) if gives else to_the_taker(_name(proposal))
    partner, who = (proposal.taker, proposal.taker_by) if gives else (proposal.giver, proposal.giver_by)
    known = proposal.is_agreed
    return ShownProposal(
        pk=proposal.pk,
        says=spoken(says, language()),
        gives=gives,
        has_answered=(proposal.giver_at if gives else proposal.taker_at) is not None,
        partner=partner.name if known else "",
        who=who.name if known and who else "",
        email=who.email if known and who else "",
    )


def _name(proposal: PartnerProposal) -> Text:
    try:
        return model_of_programme(proposal.programme).name_of(proposal.factor)
    except (KeyError, LookupError, ModelIsWrong):
        return Text(nl=proposal.factor, en=proposal.factor)


def _topic(proposal: PartnerProposal) -> str:
    return _name(proposal).in_language(language())


def _companies(programme: Programme) -> list[Company]:
    """Those that opted in, have an outcome of the programme's model, and room for one more partner."""
    model = model_of_programme(programme).reference
    releases = {one.organisation: one.release for one in newest_releases(programme)}
    busy = Counter(
        side
        for one in PartnerProposal.objects.filter(programme=programme, ended_at=None)
        for side in (one.giver_id, one.taker_id)
    )
    found = []
    for wish in PartnerWish.objects.filter(programme=programme):
        release = releases.get(wish.organisation_id)
        if release is None or release.trail.model != model or release.diagnosis.companies[0].hidden is not None:
            continue
        topics = topics_of(release.diagnosis.companies[0])
        left = max(wish.capacity - busy[wish.organisation_id], 0)
        reach = None if wish.reach_km is None else float(wish.reach_km)
        found.append(Company(str(wish.organisation_id), topics, TOWNS[wish.town], reach, left))
    return found


def _apart(programme: Programme) -> frozenset[Pair]:
    """Competitors by branch or by what the coordinator says, and pairs that were proposed before."""
    pairs = {frozenset((one.one_id, one.other_id)) for one in KeptApart.objects.filter(programme=programme)}
    pairs |= {frozenset((one.giver_id, one.taker_id)) for one in PartnerProposal.objects.filter(programme=programme)}
    wishes = list(PartnerWish.objects.filter(programme=programme))
    pairs |= {
        frozenset((one.organisation_id, other.organisation_id))
        for one, other in combinations(wishes, 2)
        if one.branch == other.branch and not (one.also_same_branch and other.also_same_branch)
    }
    return frozenset(pairs)
