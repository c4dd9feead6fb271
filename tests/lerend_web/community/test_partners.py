"""Learning partners: only among those who opted in, no score and no name before both said yes."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.community.domain.partners import (
    Wish,
    answer_proposal,
    keep_apart,
    make_proposals,
    opt_in,
    opt_out,
    shown_to,
    waiting_in,
)
from lerend_web.community.models import PartnerProposal, PartnerWish
from lerend_web.community.rules import CommunityRefused
from lerend_web.core.clock import now
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.community.companies import Member, a_proposal, all_opt_in, three_companies
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.themes.conftest import Browse

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

COORDINATOR = ProgrammeRole.COORDINATOR
Three = tuple[Member, Member, Member]


@pytest.fixture
def three(here: Place) -> Three:
    """The first can tell the third about feedback; all opted in."""
    found = three_companies(here)
    all_opt_in(here, found)
    return found


def propose(here: Place) -> int:
    return make_proposals(programme=here.programme, by=here.people[COORDINATOR], at=now())


def sides() -> set[tuple[str, str]]:
    return set(PartnerProposal.objects.filter(ended_at=None).values_list("giver__name", "taker__name"))


def answer(proposal: PartnerProposal, member: Member, *, accepts: bool) -> None:
    answer_proposal(proposal=proposal, organisation=member.organisation, accepts=accepts, by=member.contact, at=now())


def browser_of(member: Member) -> Client:
    return in_english(client_of(member.contact))


def page_of(member: Member) -> str:
    return browser_of(member).get(reverse("partner", args=[member.organisation.pk])).content.decode()


def test_company_that_is_strong_is_proposed_to_one_that_has_room(here: Place, three: Three) -> None:
    assert propose(here) == 1
    assert sides() == {("Organisation A", "Partner C")}


def test_who_did_not_opt_in_is_in_no_proposal(here: Place, three: Three) -> None:
    PartnerWish.objects.filter(organisation=three[2].organisation).delete()
    with pytest.raises(CommunityRefused):
        propose(here)


def test_competitors_are_not_proposed(here: Place, three: Three) -> None:
    one, _two, third = (member.organisation for member in three)
    keep_apart(programme=here.programme, one=third, other=one, apart=True, by=here.people[COORDINATOR], at=now())
    propose(here)
    assert ("Organisation A", "Partner C") not in sides()


def test_same_branch_is_kept_apart_until_both_think_it_is_fine(here: Place, three: Three) -> None:
    PartnerWish.objects.update(branch="dairy")
    assert propose(here) == 0
    PartnerWish.objects.filter(organisation=three[0].organisation).update(also_same_branch=True)
    assert propose(here) == 0
    PartnerWish.objects.update(also_same_branch=True)
    assert propose(here) == 1


def test_nobody_is_asked_to_travel_further_than_they_want(here: Place, three: Three) -> None:
    PartnerWish.objects.filter(organisation=three[2].organisation).update(town="Maastricht", reach_km=50)
    propose(here)
    assert not any("Partner C" in pair for pair in sides())


def test_pair_that_waits_is_not_proposed_again(here: Place, three: Three) -> None:
    assert propose(here) == 1
    assert propose(here) == 0


def test_pair_that_ended_is_never_proposed_again(here: Place, three: Three) -> None:
    propose(here)
    answer(PartnerProposal.objects.get(), three[2], accepts=False)
    propose(here)
    assert ("Organisation A", "Partner C") not in sides()


def test_name_and_address_are_shown_when_both_said_yes_and_not_before(here: Place, three: Three) -> None:
    first, _second, third = three
    proposal = a_proposal(here, first, third)
    answer(proposal, first, accepts=True)
    for member, other in ((first, third), (third, first)):
        page = page_of(member)
        assert other.organisation.name not in page
        assert other.contact.email not in page
    answer(proposal, third, accepts=True)
    assert "Your partner: Organisation A" in page_of(third)
    assert first.contact.email in page_of(third)
    assert third.contact.email in page_of(first)


def test_no_ends_it_for_both_and_nobody_can_read_who_said_so(here: Place, three: Three) -> None:
    first, _second, third = three
    proposal = a_proposal(here, first, third)
    answer(proposal, first, accepts=True)
    answer(proposal, third, accepts=False)
    proposal.refresh_from_db()
    assert (proposal.giver_at, proposal.taker_at, proposal.giver_by, proposal.taker_by) == (None,) * 4
    assert shown_to(first.organisation, here.programme) == []
    answered = AuditEntry.objects.filter(code="partners.answered")
    assert all(row.detail == {} for row in answered)


def test_opting_out_ends_what_waits_and_keeps_what_was_agreed(here: Place, three: Three) -> None:
    first, second, third = three
    agreed, waits = a_proposal(here, first, third), a_proposal(here, first, second)
    answer(agreed, first, accepts=True)
    answer(agreed, third, accepts=True)
    opt_out(organisation=first.organisation, programme=here.programme, by=first.contact, at=now())
    waits.refresh_from_db()
    assert waits.ended_at is not None
    assert "Your partner: Organisation A" in page_of(third)
    with pytest.raises(CommunityRefused):
        answer(waits, second, accepts=True)


def test_coordinator_sees_who_takes_part_and_of_a_proposal_nothing(here: Place, three: Three, by: Browse) -> None:
    address = reverse("partners", args=[here.programme.pk])
    before = by(COORDINATOR).get(address).content.decode()
    propose(here)
    after = by(COORDINATOR).get(address).content.decode()
    assert waiting_in(here.programme) == 1
    assert before.count("Organisation A") == after.count("Organisation A")
    assert "feedback" not in after.lower()


def test_coordinator_sees_the_pair_when_both_said_yes(here: Place, three: Three, by: Browse) -> None:
    proposal = a_proposal(here, three[0], three[2])
    for member in (three[0], three[2]):
        answer(proposal, member, accepts=True)
    assert (
        "Organisation A tells Partner C"
        in by(COORDINATOR).get(reverse("partners", args=[here.programme.pk])).content.decode()
    )


def test_no_page_holds_a_score_a_probability_or_a_distance(here: Place, three: Three) -> None:
    propose(here)
    for member in three:
        page = page_of(member)
        main = page[page.index("<main") : page.index("</main>")].split("What a proposal tells")[0]
        assert not re.search(r"\d[.,]\d|\d\s*%|\d\s*km", re.sub(r"<[^>]+>", " ", main))


def test_opting_in_says_first_what_a_proposal_tells_and_asks_to_have_read_it(here: Place, by: Browse) -> None:
    contact = by(OrganisationRole.COMPANY_CONTACT)
    address = reverse("partner", args=[here.organisation.pk])
    page = contact.get(address).content.decode()
    assert page.index("may guess that it is you") < page.index("I have read above")
    said = {"town": "Groningen", "branch": "dairy", "reach_km": "50", "capacity": "1"}
    refused = contact.post(address, said)
    assert refused.status_code == 400
    assert not PartnerWish.objects.exists()
    contact.post(address, {**said, "is_read": "on"})
    assert PartnerWish.objects.get().reach_km == 50


@pytest.mark.parametrize(
    "wish", [Wish("Atlantis", "dairy"), Wish("Groningen", "magic"), Wish("Assen", "care", capacity=9)]
)
def test_wish_is_one_of_the_choices(here: Place, wish: Wish) -> None:
    contact = here.people[OrganisationRole.COMPANY_CONTACT]
    with pytest.raises(CommunityRefused):
        opt_in(organisation=here.organisation, programme=here.programme, wish=wish, by=contact, at=now())


def test_proposal_of_others_does_not_exist(here: Place, three: Three) -> None:
    proposal = a_proposal(here, three[1], three[2])
    address = reverse("partner-answer", args=[three[0].organisation.pk, proposal.pk])
    assert browser_of(three[0]).post(address, {"says": "yes"}).status_code == 404
    proposal.refresh_from_db()
    assert (proposal.giver_at, proposal.taker_at) == (None, None)


def test_first_page_says_that_a_proposal_waits(here: Place, three: Three) -> None:
    propose(here)
    for member, waits in zip(three, (True, False, True), strict=True):
        assert (
            "There is a proposal for a learning partner" in browser_of(member).get("/work").content.decode()
        ) is waits
