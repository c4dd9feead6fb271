"""The pages of an outcome: they say what the release says, to those whose outcome it is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from lerend.release.value import Release
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.scans.domain.people_since import CameAndLeft
from lerend_web.scans.domain.releasing import read, release_wave
from lerend_web.scans.models import Wave, WaveUnit
from tests.lerend_web.released import TEAMS, closed_wave
from tests.lerend_web.workbench.outcomes.conftest import Company

CONTACT = OrganisationRole.COMPANY_CONTACT
PAGES = (
    "wave-outcome",
    "wave-outcome-motivation",
    "wave-outcome-map",
    "wave-outcome-rounds",
    "wave-outcome-trail",
    "wave-outcome-files",
)


def shown_of_teams(release: Release) -> list[str]:
    """What stands in the cells of the map, layer by layer: a score, or nothing."""
    return [
        "hidden" if finding.score is None and finding.words is None else "shown"
        for team in release.diagnosis.teams
        if team.hidden is None
        for finding in team.findings
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_carries_the_digest_of_the_release(company: Company, page: str) -> None:
    assert company.stored.digest[:12] in company.seen(page)


def test_report_begins_with_the_five_sentences_of_the_release(company: Company) -> None:
    page = company.seen("wave-outcome")
    for message in read(company.stored).diagnosis.companies[0].headline:
        assert message.in_language("en") in page.replace("&#x27;", "'").replace("&#39;", "'")


def test_map_shows_exactly_the_cells_that_the_release_shows(company: Company) -> None:
    page = company.seen("wave-outcome-map")
    body = "".join(re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL))
    cells = ["hidden" if name == "hidden" else "shown" for name in re.findall(r'<td class="(\w+)', body)]
    wanted = shown_of_teams(read(company.stored))
    assert sorted(cells) == sorted(wanted)
    assert {"hidden", "shown"} <= set(cells), "a test with one kind only would prove nothing"


def test_no_page_says_how_many_people_answered_exactly(company: Company) -> None:
    total = sum(answered for _team, answered in TEAMS)
    for page in PAGES:
        assert not re.search(rf">\s*{total}\s*<", company.seen(page))


def test_topic_tells_teams_and_statements_and_leads_to_its_trail(company: Company) -> None:
    page = company.seen("wave-outcome-topic", "psychological_safety")
    finding = read(company.stored).diagnosis.companies[0].finding("psychological_safety")
    assert finding.score is not None
    assert f">{finding.score.value:.1f}</a>" in page
    assert page.count('class="statement"') == 4
    trail = re.search(r'href="(/waves/\d+/outcome/trail\?topic=psychological_safety)"', page)
    assert trail
    told = company.client(CONTACT).get(trail[1]).content.decode()
    assert f"{finding.score.value:.1f}" in told
    assert company.stored.digest in told


def test_topic_that_is_not_in_the_model_does_not_exist(company: Company) -> None:
    assert company.status("wave-outcome-topic", "shoe_size", role=CONTACT) == 404


def test_topic_about_the_leader_is_hidden_for_a_team_of_eight(company: Company) -> None:
    small = next(team for team in read(company.stored).diagnosis.teams if team.label == "Onderhoud")
    assert small.finding("supervisor_support").score is None
    assert small.finding("workload").score is not None


def test_only_the_company_sees_its_outcome(company: Company) -> None:
    others = [role for role in (*OrganisationRole, *ProgrammeRole) if role is not CONTACT]
    for role in others:
        assert {company.status(page, role=role) for page in PAGES} == {404}, role


@pytest.mark.parametrize(("slug", "starts"), [("report", b"%PDF"), ("slides", b"PK"), ("workbook", b"PK")])
def test_files_are_handed_out_and_noted(company: Company, slug: str, starts: bytes) -> None:
    answer = company.client(CONTACT).get(reverse("wave-outcome-file", args=[company.wave.pk, slug]))
    assert answer.content.startswith(starts)
    assert company.stored.digest[:8] in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(code="sheet.seen").count() == 1


def test_files_for_researchers_are_not_offered_to_the_company(company: Company) -> None:
    assert company.status("wave-outcome-file", "lavaan", role=CONTACT) == 404
    assert "lavaan" not in company.seen("wave-outcome-files")


def test_team_sheet_is_one_file(company: Company) -> None:
    answer = company.client(CONTACT).get(reverse("wave-outcome-team-sheet", args=[company.wave.pk, 1]))
    assert answer.content.startswith(b"%PDF")


def test_first_round_says_what_will_stand_beside_it_later(company: Company) -> None:
    assert "This is the first round with an outcome" in company.seen("wave-outcome-rounds")


def later_round(company: Company, numbers: CameAndLeft | None) -> Wave:
    where = company.where
    wave = closed_wave(where.organisation, where.programme, name="Autumn", closed_on=date(2026, 11, 11), seed=2)
    if numbers is not None:
        WaveUnit.objects.filter(wave=wave).update(came=numbers.came, left=numbers.left)
    assert wave.closed_at is not None
    assert release_wave(wave.frozen, at=wave.closed_at) is not None
    return wave


def rounds_of(company: Company, wave: Wave) -> str:
    return company.client(CONTACT).get(reverse("wave-outcome-rounds", args=[wave.pk])).content.decode()


def test_rounds_are_compared_where_it_is_known_that_nobody_came_or_left(company: Company) -> None:
    page = rounds_of(company, later_round(company, CameAndLeft(0, 0)))
    assert "Since Spring" in page
    assert len(re.findall(r"(?:can be chance|probably not chance)</td>", page)) > 10


def test_rounds_are_not_compared_where_nobody_said_who_came(company: Company) -> None:
    page = rounds_of(company, later_round(company, None))
    assert "Nobody said how many people came or left since" in page
    assert not re.search(r"(?:can be chance|probably not chance)</td>", page)


def test_reading_the_same_outcome_twice_in_a_day_is_noted_once(company: Company) -> None:
    company.seen("wave-outcome")
    company.seen("wave-outcome")
    assert AuditEntry.objects.filter(code="outcome.seen").count() == 1
