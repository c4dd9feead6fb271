"""T13 and T18: nothing is computed by address, and a name is never a program."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from lerend_web.organisations.models import OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.scans.models import Wave
from tests.lerend_web.actors import place
from tests.lerend_web.released import released
from tests.lerend_web.workbench.outcomes.conftest import Company

CONTACT = OrganisationRole.COMPANY_CONTACT
LEADER = OrganisationRole.TEAM_LEADER
PAGES = (
    "wave-outcome",
    "wave-outcome-map",
    "wave-outcome-motivation",
    "wave-outcome-rounds",
    "wave-outcome-trail",
    "wave-outcome-files",
)
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'
"""A name that ends an attribute, brings a script and a picture that fails, and speaks the language of templates."""


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize(
    "asked",
    [
        "unit=7&age=-30&role=2",
        "tenure=under_1&tenure=from_15",
        "contract[]=agency&filter=shift:night",
        "team=-1&team=99&by=person",
    ],
)
@pytest.mark.parametrize("page", PAGES)
def test_t13_filters_in_the_address_change_nothing(company: Company, page: str, asked: str) -> None:
    client = company.client(CONTACT)
    address = reverse(page, args=[company.wave.pk])
    asked_for = client.get(f"{address}?{asked}").content.decode()
    assert without_tokens(asked_for) == without_tokens(client.get(address).content.decode())


def test_t13_only_what_was_declared_has_an_address(company: Company) -> None:
    client, base = company.client(CONTACT), f"/waves/{company.wave.pk}/outcome"
    for address in (
        f"{base}/teams/-1",
        f"{base}/teams/99",
        f"{base}/teams/1/age/under_30",
        f"{base}/topics/psychological_safety/contract",
        f"{base}/topics/..%2f..%2fetc",
        f"{base}/files/raw",
        f"{base}/files/answers",
        f"{base}/trail?topic=psychological_safety&team=99",
        f"{base}/trail?topic=no_such",
    ):
        assert client.get(address).status_code == 404, address


@pytest.fixture
def nasty(db: None) -> Company:
    """A company, a round and a team with names that are programs."""
    where = place("A")
    where.organisation.name = NASTY
    where.organisation.save()
    people = ((NASTY, 16), ("Dagploeg", 24), ("Kantoor", 23))
    stored = released(where.organisation, where.programme, name=NASTY, people=people)
    Wave.objects.filter(pk=stored.wave_id).update(name=NASTY)
    unit = Unit.objects.create(organisation=where.organisation, name=NASTY[:100], headcount=20)
    OrganisationMember.objects.create(
        organisation=where.organisation, person=where.people[LEADER], role=LEADER, unit=unit
    )
    return Company(where, stored)


def pages_with_names(nasty: Company) -> list[str]:
    unit = Unit.objects.get()
    found = [nasty.seen(page) for page in PAGES]
    found.append(nasty.seen("wave-outcome-team", 1))
    found.append(nasty.seen("wave-outcome-topic", "workload"))
    found.append(nasty.seen("leader-outcome", unit.pk, role=LEADER))
    found.append(nasty.seen("wave-quality", role=ProgrammeRole.RESEARCHER))
    return found


def test_t18_names_are_text_on_every_page(nasty: Company) -> None:
    for page in pages_with_names(nasty):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page
        assert "{{7*7}}" in page, "nor are they a template"


@pytest.mark.parametrize("slug", ["report", "slides", "workbook"])
def test_t18_names_are_text_in_every_file(nasty: Company, slug: str) -> None:
    answer = nasty.client(CONTACT).get(reverse("wave-outcome-file", args=[nasty.wave.pk, slug]))
    assert answer.status_code == 200
    assert "<" not in answer["Content-Disposition"]
