"""The company form on screen: said before question 1 who sees it, kept at every step, and only for who may."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.company_form.domain.questions import pages_of
from lerend_web.company_form.enums import FormState, InformantRole
from lerend_web.company_form.models import CompanyForm
from lerend_web.core import clock
from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.scans.domain.cards import void_cards
from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.domain.releasing import read, renew_release
from lerend_web.scans.models import Wave
from tests.lerend_web.actors import person
from tests.lerend_web.company_form.forms import draft_of, sent_by
from tests.lerend_web.scans.dairy import CLOSES, add_holders, let_answer, opened, plan
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

PAGES = pages_of("company-form@1", "en")
FACTS = next(page.number for page in PAGES if any(one.id == "fact_headcount" for one in page.questions))


def start(client: Client, dairy: Organisation, role: str = "management") -> CompanyForm:
    data = {"role": role, "programme": str(dairy.programmes.get().pk)}
    answer = client.post(reverse("company-form", args=[dairy.pk]), data)
    assert answer.status_code == 302, answer.content.decode()
    return CompanyForm.objects.latest("pk")


def informant_of(dairy: Organisation, name: str) -> Person:
    one = person(name)
    OrganisationMember.objects.create(organisation=dairy, person=one, role=OrganisationRole.INFORMANT)
    return one


def page_of(form: CompanyForm, number: int) -> str:
    return reverse("company-form-page", args=[form.pk, number])


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_form_says_before_question_one_that_it_is_signed_and_who_will_see_it(
    informant: Client, dairy: Organisation
) -> None:
    text = shown(informant, reverse("company-form", args=[dairy.pk]))
    assert "This form is not anonymous" in text
    assert "your name, director, stands with your answers" in text
    assert "the contact of Example Dairy: contact" in text
    assert "once they have sent theirs" in text
    assert PAGES[0].questions[0].text not in text
    assert not CompanyForm.objects.exists()


def test_form_goes_from_the_first_page_to_its_picture(informant: Client, director: Person, dairy: Organisation) -> None:
    form = start(informant, dairy)
    for page in PAGES:
        text = shown(informant, page_of(form, page.number))
        assert f"Page {page.number} of {len(PAGES)}" in text
        typed = {one.id: one.options[0][0] for one in page.questions if one.kind == "choice"}
        answer = informant.post(page_of(form, page.number), typed | {"do": "on"})
        assert answer.status_code == 302
    assert answer["Location"] == reverse("company-form-send", args=[form.pk])
    assert "You sign as director, Board or management" in shown(informant, answer["Location"])
    answer = informant.post(answer["Location"])
    text = shown(informant, answer["Location"])
    assert "Your form is signed and sent." in text
    assert "One form alone finds about half of a company&#x27;s true five points." in text.replace("'", "&#x27;")
    assert text.count("1.0 – 2.4") == 24
    assert informant.get(page_of(form, 1))["Location"] == reverse("company-form-picture", args=[form.pk])
    assert informant.post(page_of(form, 1), {"company_variety_1": "5"}).status_code == 302
    assert CompanyForm.objects.get().answers["company_variety_1"] == "1"


@pytest.mark.parametrize("wish", ["on", "back", "stop"])
def test_every_button_keeps_what_was_typed(informant: Client, dairy: Organisation, wish: str) -> None:
    form = start(informant, dairy)
    informant.post(page_of(form, 2), {PAGES[1].questions[0].id: "3", "do": wish})
    assert re.search(r'value="3" checked', shown(informant, page_of(form, 2)))
    assert "Go on with my form" in shown(informant, reverse("company-form", args=[dairy.pk]))


@pytest.mark.parametrize("wish", ["on", "back", "stop"])
def test_wrong_input_is_marked_and_stays_as_it_was_typed(informant: Client, dairy: Organisation, wish: str) -> None:
    form = start(informant, dairy)
    answer = informant.post(page_of(form, FACTS), {"fact_headcount": "about <100>", "do": wish})
    assert answer.status_code == (400 if wish == "on" else 302)
    text = shown(informant, page_of(form, FACTS))
    assert "Write a number here" in text
    assert 'value="about &lt;100&gt;"' in text
    send = reverse("company-form-send", args=[form.pk])
    assert "not right yet" in shown(informant, send)
    assert informant.post(send).status_code == 400
    assert CompanyForm.objects.get().state == FormState.DRAFT


def test_draft_is_its_authors_alone(desk: Desk, informant: Client, dairy: Organisation) -> None:
    form = start(informant, dairy)
    addresses = [page_of(form, 1), *(reverse(f"company-form-{name}", args=[form.pk]) for name in ("send", "picture"))]
    for client in (desk.contact, desk.works_council, desk.coordinator, desk.outsider):
        for address in addresses:
            assert client.get(address).status_code == 404
            assert client.post(address, {"do": "on"}).status_code in {404, 405}
    assert CompanyForm.objects.get().answers == {}


def test_who_lost_the_role_no_longer_gets_in(informant: Client, director: Person, dairy: Organisation) -> None:
    form = start(informant, dairy)
    OrganisationMember.objects.filter(person=director).delete()
    assert informant.get(page_of(form, 1)).status_code == 404


def test_forms_stand_beside_each_other_for_insiders_only(
    desk: Desk, informant: Client, director: Person, dairy: Organisation
) -> None:
    sent_by(director, dairy, changed={"open_what_may_change": "The <night> shift"})
    sent_by(informant_of(dairy, "personnel"), dairy)
    address = reverse("company-forms", args=[dairy.pk])
    assert "The &lt;night&gt; shift" in shown(desk.contact, address)
    assert "The &lt;night&gt; shift" in shown(informant, address)
    assert desk.outsider.get(address).status_code == 404
    council = shown(desk.works_council, address)
    assert "First send your own form" in council
    assert "night" not in council
    seen = AuditEntry.objects.filter(code="company_forms.seen").values_list("actor", flat=True)
    assert set(seen) == {director.pk, desk.people["contact"].pk}


def test_form_that_stands_alone_is_not_shown_to_others_and_nobody_is_noted_as_reader(
    desk: Desk, director: Person, dairy: Organisation
) -> None:
    sent_by(director, dairy, changed={"open_what_may_change": "The night shift"})
    text = shown(desk.contact, reverse("company-forms", args=[dairy.pk]))
    assert "One form was sent that you may see, by director." in text
    assert "The night shift" not in text
    assert not AuditEntry.objects.filter(code="company_forms.seen").exists()


def test_works_council_chooses_on_sending_and_may_say_yes_later(
    desk: Desk, director: Person, dairy: Organisation
) -> None:
    for one in (director, informant_of(dairy, "personnel")):
        sent_by(one, dairy)
    form = start(desk.works_council, dairy, "works_council")
    desk.works_council.post(page_of(form, 1), {"company_variety_1": "2"})
    send = reverse("company-form-send", args=[form.pk])
    assert desk.works_council.post(send).status_code == 400
    assert desk.works_council.post(send, {"apart": "no"}).status_code == 302
    beside = reverse("company-forms", args=[dairy.pk])
    assert "council (" not in shown(desk.contact, beside)
    assert "Nobody but you sees these answers." in shown(
        desk.works_council, reverse("company-form-picture", args=[form.pk])
    )
    assert desk.contact.post(reverse("company-form-apart", args=[form.pk])).status_code == 404
    desk.works_council.post(reverse("company-form-apart", args=[form.pk]))
    assert "council (Works council or staff representation)" in shown(desk.contact, beside)


def test_others_have_no_choice_about_being_shown(informant: Client, director: Person, dairy: Organisation) -> None:
    form = draft_of(director, dairy)
    assert 'name="apart"' not in shown(informant, reverse("company-form-send", args=[form.pk]))


def test_informant_finds_the_form_from_the_first_page(desk: Desk, informant: Client, dairy: Organisation) -> None:
    for client, address in (
        (informant, "/work"),
        (desk.works_council, "/work"),
        (desk.contact, f"/organisations/{dairy.pk}"),
    ):
        assert f'href="{reverse("company-form", args=[dairy.pk])}"' in shown(client, address)


@pytest.fixture
def closed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Wave:
    wave = opened_one(desk)
    monkeypatch.setattr(clock, "now", lambda: CLOSES)
    let_answer(wave)
    for name in ("contact", "coordinator"):
        void_cards(wave=wave, by=desk.people[name], at=CLOSES)
    close_wave(wave=wave, holder_file=desk.dairy.files[0], by=desk.people["contact"], at=CLOSES)
    return wave


def opened_one(desk: Desk) -> Wave:
    wave = plan(desk.dairy)
    add_holders(wave, desk.dairy)
    return opened(wave, desk.dairy)


def test_outcome_lays_the_form_of_management_beside_employees(
    desk: Desk, closed: Wave, director: Person, dairy: Organisation
) -> None:
    address = reverse("wave-outcome", args=[closed.pk])
    before = shown(desk.contact, address)
    frozen = closed.frozen.statistics
    first = closed.releases.get()
    sent_by(director, dairy, answer="5")
    renew_release(dairy.pk, at=first.made_at)  # what the page does on which the form is sent
    after = shown(desk.contact, address)
    assert "more positively than employees" in after
    assert "more positively than employees" not in before
    closed.frozen.refresh_from_db()
    assert closed.frozen.statistics == frozen
    second = read(closed.releases.get(number=2))
    assert second.cells == read(first).cells, "about people it says what it said"


def test_works_council_is_no_part_of_managements_view(desk: Desk, closed: Wave, dairy: Organisation) -> None:
    address = reverse("wave-outcome", args=[closed.pk])
    before = shown(desk.contact, address)
    sent_by(desk.people["council"], dairy, InformantRole.WORKS_COUNCIL, answer="5", is_shown_apart=True)
    assert shown(desk.contact, address) == before
    draft_of(desk.people["contact"], dairy)
    assert shown(desk.contact, address) == before
