"""Drafts lose nothing and are their author's alone; what was sent stands."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from lerend_web.company_form.domain.filling import FormIsWrong, keep_page, send_form, show_apart, start_form
from lerend_web.company_form.domain.questions import ON_A_PAGE, pages_of
from lerend_web.company_form.enums import FormState, InformantRole
from lerend_web.company_form.models import CompanyForm, FormWasSent
from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from tests.lerend_web.company_form.forms import AT, draft_of, sent_by
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def test_every_question_is_on_one_page_of_five_at_most() -> None:
    pages = pages_of("company-form@1", "nl")
    asked = [question.id for page in pages for question in page.questions]
    assert len(asked) == len(set(asked)) == 54
    assert max(len(page.questions) for page in pages) == ON_A_PAGE
    assert "role" not in asked


def test_page_of_a_draft_is_kept_and_leaves_other_pages_alone(director: Person, dairy: Organisation) -> None:
    form = draft_of(director, dairy)
    first, second = (page.questions[0].id for page in pages_of(form.instrument, "en")[:2])
    keep_page(form=form, page=1, typed={first: "2"}, by=director)
    keep_page(form=form, page=2, typed={second: "na"}, by=director)
    assert CompanyForm.objects.get().answers == {first: "2", second: "na"}
    keep_page(form=form, page=1, typed={}, by=director)
    assert CompanyForm.objects.get().answers == {second: "na"}


def test_what_cannot_be_right_yet_is_kept_and_named_but_not_sent(director: Person, dairy: Organisation) -> None:
    form = draft_of(director, dairy)
    page = next(page for page in pages_of(form.instrument, "en") if page.is_about_facts)
    wrong = keep_page(form=form, page=page.number, typed={"fact_headcount": "about a hundred"}, by=director)
    assert list(wrong) == ["fact_headcount"]
    assert CompanyForm.objects.get().answers == {"fact_headcount": "about a hundred"}
    keep_page(form=form, page=1, typed={"company_variety_1": "3"}, by=director)
    with pytest.raises(FormIsWrong):
        send_form(form=form, is_shown_apart=False, by=director, at=AT)


def test_answer_that_does_not_exist_is_not_kept(director: Person, dairy: Organisation) -> None:
    form = draft_of(director, dairy)
    keep_page(form=form, page=1, typed={"company_variety_1": "17", "fact_headcount": "3"}, by=director)
    assert CompanyForm.objects.get().answers == {}


def test_empty_form_is_not_sent(director: Person, dairy: Organisation) -> None:
    with pytest.raises(FormIsWrong):
        send_form(form=draft_of(director, dairy), is_shown_apart=False, by=director, at=AT)


def test_sent_form_is_signed_and_never_changes(director: Person, dairy: Organisation) -> None:
    form = sent_by(director, dairy)
    before = CompanyForm.objects.get()
    assert (before.state, before.signed_as, before.sent_at) == (FormState.SENT, "director", AT)
    for change in (
        lambda: keep_page(form=form, page=1, typed={"company_variety_1": "1"}, by=director),
        lambda: send_form(form=form, is_shown_apart=False, by=director, at=AT),
        before.save,
    ):
        with pytest.raises(FormWasSent):
            change()
    assert CompanyForm.objects.get().answers == before.answers
    assert draft_of(director, dairy).pk == form.pk


def test_nobody_else_writes_in_a_draft(desk: Desk, director: Person, dairy: Organisation) -> None:
    form = draft_of(director, dairy)
    with pytest.raises(CompanyForm.DoesNotExist):
        keep_page(form=form, page=1, typed={"company_variety_1": "1"}, by=desk.people["contact"])


def test_nobody_signs_for_a_works_council_they_are_not_in(desk: Desk, director: Person, dairy: Organisation) -> None:
    for one, role in (
        (director, InformantRole.WORKS_COUNCIL),
        (desk.people["council"], InformantRole.MANAGEMENT),
        (desk.people["outsider"], InformantRole.HR),
    ):
        with pytest.raises(FormIsWrong):
            draft_of(one, dairy, role)


def test_form_is_of_a_programme_that_the_organisation_takes_part_in(director: Person, dairy: Organisation) -> None:
    other = Programme.objects.create(name="Other")
    with pytest.raises(FormIsWrong):
        start_form(organisation=dairy, programme=other, role=InformantRole.HR, by=director, at=AT)


def test_only_a_works_council_is_shown_apart_and_by_its_own_choice(
    desk: Desk, director: Person, dairy: Organisation
) -> None:
    council = desk.people["council"]
    form = sent_by(council, dairy, InformantRole.WORKS_COUNCIL)
    show_apart(form=form, by=director, at=AT)
    assert not CompanyForm.objects.get().is_shown_apart
    show_apart(form=form, by=council, at=AT)
    show_apart(form=form, by=council, at=AT)
    assert CompanyForm.objects.get().is_shown_apart
    assert AuditEntry.objects.filter(code="company_form.shown_apart").count() == 1
    other = sent_by(director, dairy, is_shown_apart=True)
    assert not other.is_shown_apart
    with pytest.raises(IntegrityError), transaction.atomic():
        CompanyForm.objects.filter(pk=other.pk).update(is_shown_apart=True)


def test_history_tells_of_beginning_and_sending_without_answers(director: Person, dairy: Organisation) -> None:
    sent_by(director, dairy)
    rows = AuditEntry.objects.filter(organisation=dairy.pk, code__startswith="company_form").order_by("id")
    assert [row.code for row in rows] == ["company_form.started", "company_form.sent"]
    assert [row.detail for row in rows] == [{"informant": "hr"}] * 2
