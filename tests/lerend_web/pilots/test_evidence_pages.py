"""Pages of evidence and advice: who reads what, what is signed, and that the catalogue shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.pilots.domain.grade_history import change_of
from lerend_web.pilots.domain.grades import propose_grade
from lerend_web.pilots.domain.results import look
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Advice, Pilot
from tests.lerend_web.actors import Place, place
from tests.lerend_web.pilots.browsers import by, of, said
from tests.lerend_web.pilots.judged import ENTRY, Wish, judged, some_judged
from tests.lerend_web.pilots.test_evidence import led
from tests.lerend_web.pilots.test_grades import AT
from tests.lerend_web.pilots.world import World, build, moment_at
from tests.lerend_web.released import some_outcome

pytestmark = pytest.mark.django_db

FACTOR = "psychological_safety"
HARM = Wish(title="Fridays", estimate=-0.5, se=0.1, verdict="stop")


@pytest.fixture
def here() -> Place:
    return place("A")


def grade_page(pilot: Pilot) -> str:
    return reverse("pilot-grade", args=[pilot.key])


def propose_and_sign(here: Place, pilot: Pilot) -> Client:
    researcher = by(here, ProgrammeRole.RESEARCHER)
    researcher.post(reverse("pilot-grade-propose", args=[pilot.key]))
    researcher.post(reverse("pilot-grade-sign", args=[pilot.key]))
    return researcher


def test_researcher_works_it_out_reads_why_and_signs_and_the_catalogue_shows_it(here: Place) -> None:
    pilot = judged(here, HARM, organisation=here.organisation)
    researcher = by(here, ProgrammeRole.RESEARCHER)
    assert "Work it out" in said(researcher, grade_page(pilot))
    researcher.post(reverse("pilot-grade-propose", args=[pilot.key]))
    page = said(researcher, grade_page(pilot))
    assert "waits for a researcher" in page
    assert "found harm" in page
    catalogue = reverse("catalogue-entry", args=[ENTRY])
    assert "2 November" not in said(researcher, catalogue)
    answer = researcher.post(reverse("pilot-grade-sign", args=[pilot.key]), follow=True)
    assert "Signed. The catalogue shows it" in answer.content.decode()
    shown = said(researcher, catalogue)
    assert "A → B" in shown
    assert "What pilots of Programme A add" in shown


def test_signing_the_verdict_makes_the_pilot_propose(here: Place) -> None:
    pilot = build(World(state=PilotState.FINISHED, moments=2, measured=2), here=here).pilot
    look(pilot, 1, at=moment_at(1))
    researcher = by(here, ProgrammeRole.RESEARCHER)
    researcher.post(reverse("pilot-verdict", args=[pilot.key]), {"note": ""})
    change = change_of(pilot)
    assert change is not None
    assert change.state == "proposed"
    assert reverse("evidence-entry", args=[here.programme.pk, ENTRY]) in said(researcher, grade_page(pilot))


def test_not_taking_it_over_needs_a_reason_that_stays(here: Place) -> None:
    pilot = judged(here, HARM)
    researcher = by(here, ProgrammeRole.RESEARCHER)
    researcher.post(reverse("pilot-grade-propose", args=[pilot.key]))
    refuse = reverse("pilot-grade-refuse", args=[pilot.key])
    assert researcher.post(refuse, {"why": ""}).status_code == 400
    researcher.post(refuse, {"why": "Two teams swapped halfway."})
    assert "Two teams swapped halfway." in said(researcher, grade_page(pilot))
    history = said(researcher, reverse("evidence-entry", args=[here.programme.pk, ENTRY]))
    assert "Two teams swapped halfway." in history


def test_coordinator_and_teacher_read_and_do_not_sign(here: Place) -> None:
    pilot = judged(here, HARM)
    propose_grade(pilot=pilot, at=AT)
    for role in (ProgrammeRole.COORDINATOR, ProgrammeRole.TEACHER):
        page = said(by(here, role), grade_page(pilot))
        assert "found harm" in page
        assert reverse("pilot-grade-sign", args=[pilot.key]) not in page
    assert by(here, OrganisationRole.COMPANY_CONTACT).get(grade_page(pilot)).status_code == 404


def test_signing_something_that_is_not_there_or_is_decided_says_so(here: Place) -> None:
    pilot = judged(here, HARM)
    researcher = by(here, ProgrammeRole.RESEARCHER)
    sign = reverse("pilot-grade-sign", args=[pilot.key])
    assert researcher.post(sign).status_code == 400
    propose_and_sign(here, pilot)
    assert researcher.post(sign).status_code == 400


def test_a_new_proposal_with_a_newer_grade_must_be_worked_out_anew(here: Place) -> None:
    first, second = some_judged(here, [-0.5, -0.5], wish=replace(HARM, se=0.05))
    propose_grade(pilot=second, at=AT)
    researcher = propose_and_sign(here, first)
    assert "Work it out anew" in said(researcher, grade_page(second))
    assert researcher.post(reverse("pilot-grade-sign", args=[second.key])).status_code == 400
    propose_and_sign(here, second)
    change = change_of(second)
    assert change is not None
    assert change.state == "signed"


def test_each_pilot_stands_there_with_those_without_effect_and_the_share_of_publications(here: Place) -> None:
    some_judged(here, [0.4, 0.0, -0.3])
    page = said(by(here, ProgrammeRole.TEACHER), reverse("evidence-entry", args=[here.programme.pk, ENTRY]))
    for title in ("Pilot 1", "Pilot 2", "Pilot 3"):
        assert title in page
    assert "what we held likely before still carries" in page
    assert "In a company that starts now" in page
    assert "Pilot 1" not in said(by(here, ProgrammeRole.TEACHER), reverse("evidence", args=[here.programme.pk]))


def test_people_of_companies_see_no_number_that_is_about_one_or_two_companies(here: Place) -> None:
    propose_and_sign(here, judged(here, HARM))
    contact = by(here, OrganisationRole.COMPANY_CONTACT)
    page = said(contact, reverse("catalogue-entry", args=[ENTRY]))
    assert "A → B" in page
    assert "A few pilots were judged" in page
    assert "found harm" not in page
    assert "Expected in a company that starts now:" not in page
    some_judged(here, [0.1, 0.0])
    assert "Expected in a company that starts now:" in said(contact, reverse("catalogue-entry", args=[ENTRY]))


def test_a_company_reads_why_of_its_own_pilot_and_visitors_read_nothing_of_it(here: Place) -> None:
    propose_and_sign(here, judged(here, HARM, organisation=here.organisation))
    address = reverse("catalogue-entry", args=[ENTRY])
    assert "found harm" in said(by(here, OrganisationRole.COMPANY_CONTACT), address)
    assert "What pilots of" not in said(of(None), address)
    assert "What pilots of" not in said(by(place("B"), ProgrammeRole.RESEARCHER), address)


def test_a_company_does_not_read_what_one_other_company_found_in_the_reasons_of_its_own_pilot(here: Place) -> None:
    other = judged(here, replace(HARM, title="Theirs"))
    propose_and_sign(here, other)
    own = judged(here, replace(HARM, day=20), organisation=here.organisation)
    propose_and_sign(here, own)
    address = reverse("catalogue-entry", args=[ENTRY])
    assert "It was" in said(by(here, ProgrammeRole.RESEARCHER), address)
    assert "It was" not in said(by(here, OrganisationRole.COMPANY_CONTACT), address)


def test_open_proposals_wait_on_the_page_of_the_researcher(here: Place) -> None:
    propose_grade(pilot=judged(here, HARM), at=AT)
    home = reverse("my-work")
    assert "What the catalogue can learn" in said(by(here, ProgrammeRole.RESEARCHER), home)
    assert "What the catalogue can learn" not in said(by(here, ProgrammeRole.TEACHER), home)


def test_success_factors_are_hypotheses_on_screen_and_on_paper(here: Place) -> None:
    led(here, 10)
    teacher = by(here, ProgrammeRole.TEACHER)
    page = said(teacher, reverse("success-factors", args=[here.programme.pk]))
    assert "Hypotheses." in page
    assert "The leader was there" in page
    paper = teacher.get(reverse("success-report", args=[here.programme.pk]))
    assert paper.content.startswith(b"%PDF")
    assert b"pdfuaid" in paper.content


def test_with_too_few_pilots_page_and_paper_say_so(here: Place) -> None:
    teacher = by(here, ProgrammeRole.TEACHER)
    assert "From three judged pilots" in said(teacher, reverse("success-factors", args=[here.programme.pk]))
    assert teacher.get(reverse("success-report", args=[here.programme.pk])).content.startswith(b"%PDF")


def test_contact_reads_three_steps_chooses_another_with_a_reason_and_finds_it_back(here: Place) -> None:
    some_outcome(here.organisation, here.programme)
    contact = by(here, OrganisationRole.COMPANY_CONTACT)
    address = reverse("advice-about", args=[here.organisation.pk, FACTOR])
    page = said(contact, address)
    assert page.count("best of all here") == 3
    assert "Nothing is drawn by lot here" in page
    digest = page.split('name="digest" value="')[1].split('"')[0]
    wrong = contact.post(address, {"digest": digest, "chosen": "other", "why": ""})
    assert wrong.status_code == 400
    assert not Advice.objects.exists()
    answer = contact.post(address, {"digest": digest, "chosen": "other", "why": "We move first."}, follow=True)
    kept = answer.content.decode()
    assert "We move first." in kept
    assert "another step than the first" in kept


def test_advice_can_be_kept_and_chosen_from_later(here: Place) -> None:
    some_outcome(here.organisation, here.programme)
    contact = by(here, OrganisationRole.COMPANY_CONTACT)
    address = reverse("advice-about", args=[here.organisation.pk, FACTOR])
    digest = said(contact, address).split('name="digest" value="')[1].split('"')[0]
    contact.post(address, {"digest": digest, "later": "yes"})
    kept = Advice.objects.get()
    assert not kept.chosen
    choose = reverse("advice-choose", args=[here.organisation.pk, kept.pk])
    assert contact.post(choose, {"chosen": ""}).status_code == 400
    contact.post(choose, {"chosen": kept.content["steps"][0]["ref"]})
    kept.refresh_from_db()
    assert kept.chosen == kept.content["steps"][0]["ref"]


def test_without_an_outcome_the_page_says_so(here: Place) -> None:
    contact = by(here, OrganisationRole.COMPANY_CONTACT)
    assert "no outcome yet" in said(contact, reverse("advice-about", args=[here.organisation.pk, FACTOR]))
    assert contact.get(reverse("advice-about", args=[here.organisation.pk, "nothing"])).status_code == 404


def test_topic_of_an_outcome_leads_to_the_advice(here: Place) -> None:
    wave = some_outcome(here.organisation, here.programme)
    contact = by(here, OrganisationRole.COMPANY_CONTACT)
    topics = said(contact, reverse("wave-outcome", args=[wave.pk]))
    linked = [part.split('"')[0].split("#")[0] for part in topics.split(f"/waves/{wave.pk}/outcome/topics/")[1:]]
    pages = [said(contact, reverse("wave-outcome-topic", args=[wave.pk, topic])) for topic in dict.fromkeys(linked)]
    assert any("Three steps to choose from" in page for page in pages)


def test_pages_ask_no_more_of_the_database_for_more_pilots(here: Place) -> None:
    teacher = by(here, ProgrammeRole.TEACHER)

    def asked(address: str) -> int:
        said(teacher, address)
        with CaptureQueriesContext(connection) as queries:
            said(teacher, address)
        return len(queries)

    addresses = [
        reverse("success-factors", args=[here.programme.pk]),
        reverse("evidence-entry", args=[here.programme.pk, ENTRY]),
    ]
    led(here, 4)
    few = [asked(one) for one in addresses]
    led(here, 4)
    assert [asked(one) for one in addresses] == few
