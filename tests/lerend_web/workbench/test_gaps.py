"""The gap finder: bottlenecks beside proven approaches over all companies, and the brief of a pilot."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role
from lerend_web.pilots.models import Pilot
from lerend_web.workbench.domain.gaps import gaps_of
from tests.lerend_web.released import released
from tests.lerend_web.workbench.outcomes.conftest import Company, company

__all__ = ["company"]


def joined(company: Company, count: int) -> None:
    for number in range(count):
        other = Organisation.objects.create(name=f"Company {number}")
        other.programmes.add(company.where.programme)
        released(other, company.where.programme, seed=number + 3)


def seen(company: Company, route: str, *more: str, role: Role = ProgrammeRole.COORDINATOR) -> str:
    address = reverse(route, args=[company.where.programme.pk, *more])
    return company.client(role).get(address).content.decode()


def test_two_companies_are_too_few_for_a_matrix_and_a_brief(company: Company) -> None:
    joined(company, 1)
    assert "you see here which bottlenecks have no proven solution" in seen(company, "programme-gaps")
    address = reverse("programme-brief", args=[company.where.programme.pk, "psychological_safety"])
    assert company.client(ProgrammeRole.COORDINATOR).get(address).status_code == 404


def test_matrix_leads_to_approaches_and_briefs_and_names_no_company(company: Company) -> None:
    joined(company, 3)
    gaps = gaps_of(company.where.programme)
    assert gaps is not None
    page = seen(company, "programme-gaps")
    for row in gaps.rows:
        assert reverse("programme-brief", args=[company.where.programme.pk, row.factor.id]) in page
    brief = seen(company, "programme-brief", gaps.rows[0].factor.id)
    assert "Why something could work" in brief
    for text in (page, brief):
        assert not any(f"Company {number}" in text for number in range(3))
        assert company.where.organisation.name not in text
    becomes_a_pilot_in_one_click(company, gaps.rows[0].factor.id)


def becomes_a_pilot_in_one_click(company: Company, factor: str) -> None:
    """Its words are the charter; a teacher reads the brief, and begins no pilot."""
    assert "Make a pilot of it" in seen(company, "programme-brief", factor)
    assert "Make a pilot of it" not in seen(company, "programme-brief", factor, role=ProgrammeRole.TEACHER)
    address = reverse("pilot-from-brief", args=[company.where.programme.pk, factor])
    answer = company.client(ProgrammeRole.COORDINATOR).post(address)
    made = Pilot.objects.get()
    assert answer.headers["Location"] == f"/pilots/{made.key}?said=pilot-made"
    assert made.factor == factor
    assert made.problem
    assert made.theory
    assert made.owner == company.where.people[ProgrammeRole.COORDINATOR]
    assert made.partner == company.where.people[ProgrammeRole.TEACHER]


def test_without_a_brief_the_charter_is_empty_but_for_the_factor(company: Company) -> None:
    address = reverse("pilot-from-brief", args=[company.where.programme.pk, "psychological_safety"])
    answer = company.client(ProgrammeRole.RESEARCHER).post(address)
    new = reverse("pilot-new", args=[company.where.programme.pk])
    assert answer.headers["Location"] == f"{new}?factor=psychological_safety"
    assert not Pilot.objects.exists()


@pytest.mark.parametrize("role", [OrganisationRole.COMPANY_CONTACT, ProgrammeRole.MODERATOR])
def test_others_do_not_see_it(company: Company, role: Role) -> None:
    address = reverse("programme-gaps", args=[company.where.programme.pk])
    assert company.client(role).get(address).status_code == 404
