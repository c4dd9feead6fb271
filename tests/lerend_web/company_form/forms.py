"""Company forms that are filled in for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from lerend_web.company_form.domain.filling import keep_page, send_form, start_form
from lerend_web.company_form.domain.questions import pages_of
from lerend_web.company_form.enums import InformantRole
from lerend_web.company_form.models import CompanyForm
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person

AT = datetime(2026, 9, 2, 8, tzinfo=UTC)


def draft_of(person: Person, organisation: Organisation, role: InformantRole = InformantRole.HR) -> CompanyForm:
    return start_form(organisation=organisation, programme=organisation.programmes.get(), role=role, by=person, at=AT)


def sent_by(
    person: Person,
    organisation: Organisation,
    role: InformantRole = InformantRole.HR,
    *,
    answer: str = "4",
    is_shown_apart: bool = False,
    changed: Mapping[str, str] | None = None,
) -> CompanyForm:
    """A form in which every statement has the same answer, but for those that are named."""
    form = draft_of(person, organisation, role)
    for page in pages_of(form.instrument, "en"):
        typed = {question.id: answer for question in page.questions if not page.is_about_facts} | dict(changed or {})
        keep_page(form=form, page=page.number, typed=typed, by=person)
    send_form(form=form, is_shown_apart=is_shown_apart, by=person, at=AT)
    return form
