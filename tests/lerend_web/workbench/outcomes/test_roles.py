"""What a leader, a researcher and the people of a programme see of outcomes."""

from __future__ import annotations

import re

from django.urls import reverse

from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.scans.domain.releasing import read
from tests.lerend_web.released import released
from tests.lerend_web.workbench.outcomes.conftest import Company

LEADER = OrganisationRole.TEAM_LEADER
RESEARCHER = ProgrammeRole.RESEARCHER


def leads(company: Company, name: str) -> Unit:
    here = company.where.organisation
    unit = Unit.objects.create(organisation=here, name=name, headcount=20)
    person = company.where.people[LEADER]
    OrganisationMember.objects.create(organisation=here, person=person, role=LEADER, unit=unit)
    return unit


def test_leader_reads_the_sheet_of_the_own_team_and_of_no_other(company: Company) -> None:
    mine = leads(company, "Nachtploeg")
    other = Unit.objects.create(organisation=company.where.organisation, name="Kantoor", headcount=22)
    page = company.seen("leader-outcome", mine.pk, role=LEADER)
    assert "Nachtploeg" in page
    assert "Kantoor" not in page
    assert company.status("leader-outcome", other.pk, role=LEADER) == 404


def test_leader_takes_the_own_sheet_along_and_no_other(company: Company) -> None:
    mine = leads(company, "Nachtploeg")
    labels = [team.label for team in read(company.stored).diagnosis.teams]
    own, other = labels.index("Nachtploeg") + 1, labels.index("Kantoor") + 1
    assert company.status("leader-sheet", mine.pk, own, role=LEADER) == 200
    assert company.status("leader-sheet", mine.pk, other, role=LEADER) == 404


def test_leader_of_a_team_without_a_sheet_reads_the_companys_and_why(company: Company) -> None:
    mine = leads(company, "Portiers")
    page = company.seen("leader-outcome", mine.pk, role=LEADER)
    assert "Too few people of Portiers answered" in page
    assert company.where.organisation.name in page
    assert "<svg" in page


def test_home_of_the_leader_leads_to_the_outcome(company: Company) -> None:
    mine = leads(company, "Nachtploeg")
    page = company.client(LEADER).get(reverse("my-team", args=[company.where.organisation.pk])).content.decode()
    assert reverse("leader-outcome", args=[company.wave.pk, mine.pk]) in page


def test_researcher_reads_how_well_the_round_measured_but_no_scores_of_teams(company: Company) -> None:
    page = company.seen("wave-quality", role=RESEARCHER)
    assert "ICC(1)" in page
    assert "Nachtploeg" not in page
    assert company.stored.digest[:12] in page
    assert company.status("wave-outcome", role=RESEARCHER) == 404


def test_researcher_takes_files_to_compute_with(company: Company) -> None:
    for slug, starts in (("spss", b"$FL2"), ("tables", b"PK"), ("lavaan", b"PK")):
        address = reverse("wave-quality-file", args=[company.wave.pk, slug])
        assert company.client(RESEARCHER).get(address).content.startswith(starts)


def test_home_of_the_researcher_leads_to_both(company: Company) -> None:
    page = company.client(RESEARCHER).get(reverse("my-work")).content.decode()
    assert reverse("wave-quality", args=[company.wave.pk]) in page
    assert reverse("programme-outcomes", args=[company.where.programme.pk]) in page


def shared(company: Company) -> str:
    address = reverse("programme-outcomes", args=[company.where.programme.pk])
    return company.client(ProgrammeRole.COORDINATOR).get(address).content.decode()


def more_companies(company: Company, count: int) -> None:
    for number in range(count):
        other = Organisation.objects.create(name=f"Company {number}")
        other.programmes.add(company.where.programme)
        released(other, company.where.programme, seed=number + 3)


def test_two_companies_are_too_few_to_say_what_they_share(company: Company) -> None:
    more_companies(company, 1)
    assert "you see here which themes they share" in shared(company)


def test_three_companies_share_themes_and_six_have_a_usual_score(company: Company) -> None:
    more_companies(company, 2)
    page = shared(company)
    assert "newest round of 3 companies" in page
    assert "That takes 6 companies" in page
    for number in range(3):
        other = Organisation.objects.create(name=f"Later {number}")
        other.programmes.add(company.where.programme)
        released(other, company.where.programme, seed=number + 20)
    page = shared(company)
    assert "That takes 6 companies" not in page
    assert "Mean of the companies" in page


def test_no_company_is_named_in_what_they_share(company: Company) -> None:
    more_companies(company, 2)
    body = re.sub(r"<header>.*?</header>", "", shared(company), flags=re.DOTALL)
    for name in ("Company 0", "Company 1", company.where.organisation.name):
        assert name not in body
