"""A proposal: kept as a draft, checked by the reader of every catalogue, read by three others, then in the catalogue."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.core.clock import now
from lerend_web.core.models import AuditEntry
from lerend_web.interventions.domain.card import card_of, faults_of
from lerend_web.interventions.domain.proposing import (
    begin_better_version,
    begin_proposal,
    save_part,
    send_proposal,
    withdraw_proposal,
)
from lerend_web.interventions.domain.reviewing import accept_proposal, review_proposal, send_back_proposal
from lerend_web.interventions.enums import ProposalState, Seat, Verdict, Wording
from lerend_web.interventions.models import OwnEntry, Proposal
from lerend_web.interventions.queries import open_seats_of, reviews_waiting_for, seats_without_anybody
from lerend_web.interventions.rules import PARTS, InterventionRefused
from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import ProgrammeMember
from lerend_web.workbench.domain.catalogue import entries, entry_of
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.interventions.cards import CARD, another, another_contact, three_reviewers
from tests.lerend_web.themes.conftest import Browse

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

CONTACT = OrganisationRole.COMPANY_CONTACT


def drafted(here: Place, **changed: Any) -> Proposal:
    by, content = here.people[CONTACT], CARD | changed
    return begin_proposal(programme=here.programme, wording=Wording.ENGLISH, content=content, by=by, at=now())


def sent(here: Place, **changed: Any) -> Proposal:
    proposal = drafted(here, **changed)
    send_proposal(proposal=proposal, by=here.people[CONTACT], at=now())
    return proposal


def says(proposal: Proposal, seat: Seat, by: Person, verdict: Verdict = Verdict.APPROVE, words: str = "") -> Any:
    return review_proposal(proposal=proposal, seat=seat, verdict=verdict, words=words, by=by, at=now())


def accepted(here: Place, **changed: Any) -> OwnEntry:
    return agreed(here, sent(here, **changed))


def agreed(here: Place, proposal: Proposal) -> OwnEntry:
    three = three_reviewers(here)
    says(proposal, Seat.PEER, three.peer)
    says(proposal, Seat.TEACHER, three.teacher)
    says(proposal, Seat.RESEARCHER, three.researcher)
    return accept_proposal(proposal=proposal, by=here.people[ProgrammeRole.COORDINATOR], at=now())


def test_coordinator_puts_into_the_catalogue_what_all_three_agree_on(here: Place, elsewhere: Place) -> None:
    proposal, coordinator = sent(here), here.people[ProgrammeRole.COORDINATOR]
    three = three_reviewers(here)
    says(proposal, Seat.TEACHER, three.teacher)
    says(proposal, Seat.PEER, three.peer)
    with pytest.raises(InterventionRefused):
        accept_proposal(proposal=proposal, by=coordinator, at=now())
    says(proposal, Seat.RESEARCHER, three.researcher)
    assert (proposal.state, OwnEntry.objects.count()) == (ProposalState.AGREED, 0)
    for one in (three.teacher, three.peer, here.people[CONTACT], elsewhere.people[ProgrammeRole.COORDINATOR]):
        with pytest.raises(InterventionRefused):
            accept_proposal(proposal=proposal, by=one, at=now())
        with pytest.raises(InterventionRefused):
            send_back_proposal(proposal=proposal, words="Not yet.", by=one, at=now())
    made = accept_proposal(proposal=proposal, by=coordinator, at=now())
    assert (proposal.state, made.accepted_by) == (ProposalState.ACCEPTED, coordinator)
    with pytest.raises(InterventionRefused):
        accept_proposal(proposal=proposal, by=coordinator, at=now())
    row = AuditEntry.objects.get(code="intervention.accepted")
    assert (row.programme, row.organisation) == (here.programme.pk, here.organisation.pk)
    found = entry_of(made.entry, programmes=[here.programme])
    assert (found.row.grade, found.hours_each, found.weeks, found.version) == ("D", 4, (3, 10), 1)
    assert "The manager does all the talking." in found.fails
    assert found.row.lang == "en"  # the page is Dutch here


def test_own_entries_are_those_of_their_programme_only(here: Place, elsewhere: Place) -> None:
    made = accepted(here)
    assert made.entry in {row.id for row in entries(programmes=[here.programme])}
    assert made.entry not in {row.id for row in entries(programmes=[elsewhere.programme])}
    address = reverse("catalogue-entry", args=[made.entry])
    assert client_of(here.people[OrganisationRole.TEAM_LEADER]).get(address).status_code == 200
    assert client_of(elsewhere.people[CONTACT]).get(address).status_code == 404
    assert Client().get(address).status_code == 404
    here.programme.is_public = True
    here.programme.save()
    assert Client().get(address).status_code == 200


def test_nobody_reviews_their_own_nor_what_their_company_proposes(here: Place) -> None:
    proposal = sent(here)
    author = here.people[CONTACT]
    ProgrammeMember.objects.create(programme=here.programme, person=author, role=ProgrammeRole.TEACHER)
    colleague = another_contact(here)
    OrganisationMember.objects.create(
        organisation=here.organisation, person=colleague, role=OrganisationRole.TEAM_LEADER
    )
    for seat, one in ((Seat.TEACHER, author), (Seat.PEER, author), (Seat.PEER, colleague)):
        with pytest.raises(InterventionRefused):
            says(proposal, seat, one)


def test_teacher_who_proposes_does_not_review_it_as_teacher(here: Place) -> None:
    teacher = here.people[ProgrammeRole.TEACHER]
    proposal = begin_proposal(programme=here.programme, wording=Wording.ENGLISH, content=CARD, by=teacher, at=now())
    assert proposal.organisation is None
    send_proposal(proposal=proposal, by=teacher, at=now())
    with pytest.raises(InterventionRefused):
        says(proposal, Seat.TEACHER, teacher)
    assert seats_without_anybody(proposal) == (Seat.TEACHER,)
    another(ProgrammeRole.TEACHER, here)
    assert seats_without_anybody(proposal) == ()


@pytest.mark.parametrize(
    ("seat", "role"),
    [
        (Seat.PEER, CONTACT),
        (Seat.TEACHER, ProgrammeRole.TEACHER),
        (Seat.RESEARCHER, ProgrammeRole.RESEARCHER),
        (Seat.RESEARCHER, ProgrammeRole.TEACHER),
    ],
)
def test_people_of_another_programme_review_nothing(here: Place, elsewhere: Place, seat: Seat, role: Any) -> None:
    proposal = sent(here)
    with pytest.raises(InterventionRefused):
        says(proposal, seat, elsewhere.people[role])
    assert proposal not in reviews_waiting_for(elsewhere.people[role])


def test_it_takes_three_people(here: Place) -> None:
    """Who is both teacher and researcher looks once."""
    proposal, teacher = sent(here), here.people[ProgrammeRole.TEACHER]
    ProgrammeMember.objects.create(programme=here.programme, person=teacher, role=ProgrammeRole.RESEARCHER)
    assert set(open_seats_of(teacher, proposal)) == {Seat.TEACHER, Seat.RESEARCHER}
    says(proposal, Seat.TEACHER, teacher)
    with pytest.raises(InterventionRefused):
        says(proposal, Seat.RESEARCHER, teacher)


def test_change_that_is_asked_for_needs_words_and_begins_the_reviews_anew(here: Place) -> None:
    proposal, three = sent(here), three_reviewers(here)
    says(proposal, Seat.PEER, three.peer)
    with pytest.raises(InterventionRefused):
        says(proposal, Seat.TEACHER, three.teacher, Verdict.CHANGE, "  ")
    says(proposal, Seat.TEACHER, three.teacher, Verdict.CHANGE, "Say who guides it.")
    assert proposal.state == ProposalState.CHANGE_ASKED
    assert open_seats_of(three.researcher, proposal) == ()
    author = here.people[CONTACT]
    save_part(proposal=proposal, values={"delivered_by_en": "A trained colleague."}, by=author, at=now())
    send_proposal(proposal=proposal, by=author, at=now())
    assert open_seats_of(three.peer, proposal) == (Seat.PEER,)
    page = in_english(client_of(three.peer)).get(reverse("proposal", args=[here.programme.pk, proposal.pk]))
    assert page.content.decode().count('class="is-new"') == 1
    assert "Say who guides it." in page.content.decode()


def test_what_the_coordinator_asks_for_goes_to_the_writer_and_then_to_all_three_again(here: Place, by: Browse) -> None:
    proposal, three = sent(here), three_reviewers(here)
    for seat, one in zip(Seat, (three.peer, three.teacher, three.researcher), strict=True):
        says(proposal, seat, one)
    coordinator = by(ProgrammeRole.COORDINATOR)
    address = [here.programme.pk, proposal.pk]
    assert "Put “Start the shift together” into the catalogue" in coordinator.get(reverse("my-work")).content.decode()
    assert coordinator.post(reverse("proposal-send-back", args=address), {"words": " "}).status_code == 400
    words = {"words": "Two things:\n- who guides it\n- **where**"}
    assert coordinator.post(reverse("proposal-send-back", args=address), words).status_code == 302
    page = by(CONTACT).get(reverse("proposal", args=address)).content.decode()
    assert "<li>who guides it" in page
    assert "<strong>where</strong>" in page
    by(CONTACT).post(reverse("proposal-send", args=address))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.asked) == (ProposalState.IN_REVIEW, "")
    assert open_seats_of(three.peer, proposal) == (Seat.PEER,)


def test_better_version_says_what_changed_and_the_earlier_one_stays_readable(here: Place) -> None:
    first = accepted(here)
    teacher = here.people[ProgrammeRole.TEACHER]
    better = begin_better_version(entry=first, by=teacher, at=now())
    with pytest.raises(InterventionRefused):
        begin_better_version(entry=first, by=here.people[CONTACT], at=now())
    save_part(proposal=better, values={"hours_each": 8, "dose_en": "Ten minutes."}, by=teacher, at=now())
    send_proposal(proposal=better, by=teacher, at=now())
    says(better, Seat.TEACHER, another(ProgrammeRole.TEACHER, here))
    says(better, Seat.PEER, another_contact(here))
    says(better, Seat.RESEARCHER, here.people[ProgrammeRole.RESEARCHER])
    second = accept_proposal(proposal=better, by=here.people[ProgrammeRole.COORDINATOR], at=now())
    assert (second.entry, second.version, second.changed) == (first.entry, 2, ["dose", "cost"])
    assert entry_of(first.entry, programmes=[here.programme]).hours_each == 8
    assert entry_of(first.entry, programmes=[here.programme], version=1).hours_each == 4
    with pytest.raises(LookupError):
        entry_of(first.entry, programmes=[here.programme], version=7)


def test_draft_is_not_there_for_others(here: Place) -> None:
    proposal = drafted(here)
    address = reverse("proposal", args=[here.programme.pk, proposal.pk])
    assert client_of(here.people[CONTACT]).get(address).status_code == 200
    for one in (another_contact(here), here.people[ProgrammeRole.TEACHER], here.people[ProgrammeRole.COORDINATOR]):
        assert client_of(one).get(address).status_code == 404


def test_other_company_changes_nothing(here: Place) -> None:
    proposal, stranger = drafted(here), another_contact(here)
    for verb in (send_proposal, withdraw_proposal):
        with pytest.raises(InterventionRefused):
            verb(proposal=proposal, by=stranger, at=now())
    with pytest.raises(InterventionRefused):
        save_part(proposal=proposal, values={"level": "job"}, by=stranger, at=now())


def test_what_is_being_reviewed_does_not_change_under_the_reviewers(here: Place) -> None:
    with pytest.raises(InterventionRefused):
        save_part(proposal=sent(here), values={"level": "job"}, by=here.people[CONTACT], at=now())


def test_every_part_that_must_be_there_is_asked_for(here: Place) -> None:
    proposal = drafted(here, fails_en="", weeks_done=None, targets=[])
    faults = faults_of(proposal.content, Wording.ENGLISH)
    assert sorted(fault.part for fault in faults) == [2, 3, 4]
    with pytest.raises(InterventionRefused):
        send_proposal(proposal=proposal, by=here.people[CONTACT], at=now())


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"weeks_first": 12, "weeks_done": 4}, 3),
        ({"euro_low": 900}, 3),
        ({"source_text": "A book"}, 5),
        ({"grade": "B"}, 5),
        ({"targets": ["no_such_factor"]}, 2),
        ({"source_text": "A book", "source_address": "www.example.org"}, 5),
    ],
)
def test_what_contradicts_itself_is_said_with_its_part(changed: dict[str, Any], part: int) -> None:
    assert [fault.part for fault in faults_of(CARD | changed, Wording.ENGLISH)] == [part]


def test_text_in_one_language_stands_for_both_and_both_are_kept_apart() -> None:
    one = card_of(CARD, Wording.ENGLISH, id="own", version=1).entry
    assert one.what.nl == one.what.en
    dutch = {name.replace("_en", "_nl"): f"NL {value}" for name, value in CARD.items() if name.endswith("_en")}
    both = card_of(CARD | dutch, Wording.BOTH, id="own", version=1).entry
    assert (both.name.nl, both.name.en) == ("NL Start the shift together", "Start the shift together")
    assert faults_of(CARD, Wording.BOTH)


def test_study_with_a_comparison_gets_its_grade_and_its_source(here: Place) -> None:
    study = {
        "grade": "B",
        "measured_on_en": "Errors that were told.",
        "source_text": "A study",
        "source_address": "https://example.org",
    }
    made = accepted(here, **study)
    found = entry_of(made.entry, programmes=[here.programme])
    assert (found.row.grade, found.sources) == ("B", (("A study", "https://example.org"),))


def test_signs_that_steer_a_screen_do_not_come_in(here: Place) -> None:
    nasty = "Start\u202e <script>alert(1)</script>\x07"
    made = accepted(here, name_en=nasty)
    page = client_of(here.people[CONTACT]).get(reverse("catalogue-entry", args=[made.entry])).content.decode()
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_form_keeps_each_part_and_a_draft_may_be_half_done(here: Place, by: Browse) -> None:
    browser, programme = by(CONTACT), here.programme.pk
    browser.post(reverse("proposal-new", args=[programme]), {"wording": "en"})
    proposal = Proposal.objects.get()
    first = reverse("proposal-part", args=[programme, proposal.pk, 1])
    assert browser.post(first, {"name_en": "Half"}).status_code == 400
    assert browser.post(first, {"name_en": "Half", "does": "keep"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.name == "Half"
    for number, fields in enumerate(PARTS, start=1):
        values = {name: CARD[name] for field in fields for name in (field, f"{field}_en") if name in CARD}
        answer = browser.post(reverse("proposal-part", args=[programme, proposal.pk, number]), values)
        assert answer.status_code == 302, answer.content.decode()
    browser.post(reverse("proposal-send", args=[programme, proposal.pk]))
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW


def test_number_that_is_none_is_refused_at_its_field(here: Place, by: Browse) -> None:
    proposal = drafted(here)
    address = reverse("proposal-part", args=[here.programme.pk, proposal.pk, 3])
    answer = by(CONTACT).post(address, {"hours_each": "some", "does": "keep"})
    assert answer.status_code == 400
    assert "Fill in a whole number, from 0 to 10000." in answer.content.decode()
