"""Practical cases: a draft is the company's alone, a published one the group's, and the company can take it back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lerend_web.community.domain.cases import change_case, publish_case, take_back_case, write_case
from lerend_web.community.models import Case, GroupMember
from lerend_web.community.rules import PARTS, CommunityRefused
from lerend_web.core.clock import now
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.themes.models import Theme
from tests.lerend_web.actors import Place, client_of, person
from tests.lerend_web.themes.conftest import Browse

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

CONTACT, LEADER = OrganisationRole.COMPANY_CONTACT, OrganisationRole.TEAM_LEADER
TOLD = dict.fromkeys(PARTS, "We tried it for ten weeks.")


def member(theme: Theme, one: Person) -> Person:
    GroupMember.objects.create(theme=theme, person=one, invited_at=now(), joined_at=now())
    return one


def other_company(here: Place) -> Person:
    """A contact of another company in the same programme."""
    company, one = Organisation.objects.create(name="Bakery"), person("baker")
    company.programmes.add(here.programme)
    OrganisationMember.objects.create(organisation=company, person=one, role=CONTACT)
    return one


def written(theme: Theme, by: Person, **parts: str) -> Case:
    return write_case(theme=theme, title="Start together", parts=TOLD | parts, by=by, at=now())


def status(case: Case, one: Person, route: str = "case") -> int:
    address = reverse(route, args=[case.theme.programme_id, case.theme_id, case.pk])
    browser = client_of(one)
    return (browser.get(address) if route == "case" else browser.post(address)).status_code


def test_draft_does_not_exist_for_other_members(here: Place, theme: Theme) -> None:
    case = written(theme, member(theme, here.people[LEADER]))
    baker = member(theme, other_company(here))
    assert case.organisation == here.organisation
    assert status(case, here.people[CONTACT]) == 200
    assert status(case, baker) == 404
    assert status(case, here.people[ProgrammeRole.COORDINATOR]) == 404


def test_published_case_is_read_by_the_group_and_by_nobody_else(here: Place, theme: Theme) -> None:
    author = member(theme, here.people[LEADER])
    case = written(theme, author)
    publish_case(case=case, by=author, at=now())
    baker = other_company(here)
    assert status(case, baker) == 403
    assert status(case, member(theme, baker)) == 200


def test_contact_takes_back_what_somebody_else_of_the_company_published(here: Place, theme: Theme) -> None:
    author = member(theme, here.people[LEADER])
    case = written(theme, author)
    publish_case(case=case, by=author, at=now())
    baker = member(theme, other_company(here))
    assert status(case, here.people[CONTACT], "case-take-back") == 302
    assert status(case, baker) == 404


@pytest.mark.parametrize("verb", [publish_case, take_back_case])
def test_other_company_decides_nothing_about_it(here: Place, theme: Theme, verb: object) -> None:
    case = written(theme, member(theme, here.people[LEADER]))
    with pytest.raises(CommunityRefused):
        verb(case=case, by=member(theme, other_company(here)), at=now())  # type: ignore[operator]  # one of two verbs


def test_author_who_left_the_company_changes_it_no_more(here: Place, theme: Theme) -> None:
    author = member(theme, here.people[LEADER])
    case = written(theme, author)
    OrganisationMember.objects.filter(person=author).delete()
    with pytest.raises(CommunityRefused):
        change_case(case=case, title="Mine", parts=TOLD, by=author, at=now())


def test_case_that_tells_only_success_is_not_published(here: Place, theme: Theme) -> None:
    author = member(theme, here.people[LEADER])
    case = written(theme, author, failed=" ")
    with pytest.raises(CommunityRefused, match="failed|mislukt"):  # noqa: RUF043 -- either language
        publish_case(case=case, by=author, at=now())


def test_only_members_write(here: Place, theme: Theme, by: Browse) -> None:
    with pytest.raises(CommunityRefused):
        written(theme, here.people[LEADER])
    answer = by(LEADER).post(reverse("case-new", args=[theme.programme_id, theme.pk]), {"title": "x"})
    assert answer.status_code == 403


def test_case_is_plain_text_whatever_is_typed(here: Place, theme: Theme, by: Browse) -> None:
    author = member(theme, here.people[LEADER])
    nasty = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(2)>"
    case = written(theme, author, what=nasty)
    page = by(LEADER).get(reverse("case", args=[theme.programme_id, theme.pk, case.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    assert "&lt;script&gt;alert(1)" in page
