"""How many companies a theme concerns: from three companies, below three *a few*, never one by name."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.scans.models import Wave
from lerend_web.themes.domain.concerned import at_least_by, concerned_by, safe_count
from lerend_web.themes.models import Theme
from lerend_web.themes.rules import THEME_READERS
from tests.lerend_web.actors import Place
from tests.lerend_web.community.companies import three_companies
from tests.lerend_web.themes.conftest import Browse

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def page(by: Browse, theme: Theme, role: object = OrganisationRole.COMPANY_CONTACT) -> str:
    answer = by(role).get(reverse("theme", args=[theme.programme_id, theme.pk]))  # type: ignore[arg-type]  # a role
    return answer.content.decode()


def test_nothing_is_counted_while_two_companies_have_an_outcome(here: Place, theme: Theme, by: Browse) -> None:
    three_companies(here)
    Wave.objects.filter(organisation__name="Partner C").delete()
    assert concerned_by([theme], here.programme) == {}
    assert "one company could be recognised" in page(by, theme, ProgrammeRole.COORDINATOR)


def test_one_or_two_companies_are_a_few_and_their_people_are_not_said(here: Place, by: Browse, theme: Theme) -> None:
    """By these answers feeling safe has room in one company only."""
    three_companies(here)
    found = concerned_by([theme], here.programme)[theme.pk]
    assert found.companies == "3"
    assert {found.very_likely, found.possibly} <= {"0", "een paar"}
    assert "een paar" in {found.very_likely, found.possibly}
    assert found.people == 0
    assert "possibly in a few" in page(by, theme, ProgrammeRole.COORDINATOR)


def test_theme_of_several_factors_counts_each_company_once(here: Place, theme: Theme) -> None:
    three_companies(here)
    theme.factors = ["mobility", "coworker_support", "peer_feedback_reflection"]
    found = concerned_by([theme], here.programme)[theme.pk]
    numbers = [int(one) if one.isdigit() else 1 for one in (found.very_likely, found.possibly)]
    assert sum(numbers) <= 3
    assert found.people % 10 == 0


@pytest.mark.parametrize("role", THEME_READERS)
def test_nobody_reads_a_score_or_another_company_on_a_theme(
    here: Place, by: Browse, theme: Theme, role: OrganisationRole
) -> None:
    three_companies(here)
    for address in (reverse("themes", args=[here.programme.pk]), reverse("theme", args=[here.programme.pk, theme.pk])):
        shown = by(role).get(address).content.decode()
        main = shown[shown.index("<main") : shown.index("</main>")]
        assert "Partner B" not in main
        assert "Partner C" not in main
        assert not re.search(r"\b[1-5][.,]\d\b", main)


def test_company_reads_no_count_while_the_programme_is_small(here: Place, by: Browse, theme: Theme) -> None:
    """It knows its own outcome: three of three would tell it that of both others."""
    three_companies(here)
    assert at_least_by([theme], here.programme) == {}
    assert "one company could be recognised" in page(by, theme)


@pytest.mark.parametrize("companies", range(5, 9))
def test_whatever_a_company_reads_leaves_the_others_open(companies: int) -> None:
    """For each sentence, and whatever the own outcome is, any other company may have room there and may have none."""
    others: dict[tuple[int, bool], list[int]] = {}
    for concerned in range(companies + 1):
        for own in (False, True):
            if 0 <= concerned - own <= companies - 1:
                said = safe_count(concerned, companies).at_least
                others.setdefault((said, own), []).append(concerned - own)
    assert all(max(counts) > 0 and min(counts) < companies - 1 for counts in others.values())
    assert safe_count(companies, companies).at_least == companies - 2


def test_coordinator_with_a_role_in_a_company_reads_what_companies_read(here: Place, by: Browse, theme: Theme) -> None:
    three_companies(here)
    OrganisationMember.objects.create(
        organisation=here.organisation, person=here.people[ProgrammeRole.COORDINATOR], role=OrganisationRole.TEAM_LEADER
    )
    assert "possibly in a few" not in page(by, theme, ProgrammeRole.COORDINATOR)
