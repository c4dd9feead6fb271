"""An organisation that is here already joins a second programme: its contact brings the coordinator's code."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from lerend_web.organisations.domain.members import MembersAreWrong, join_programme
from lerend_web.people.enums import ProgrammeRole
from lerend_web.programmes.domain.joining import VALID, make_join_code
from lerend_web.programmes.models import JoinCode, Programme, ProgrammeMember
from tests.lerend_web.actors import client_of, person
from tests.lerend_web.scans.dairy import OPENS
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture
def other(desk: Desk) -> Programme:
    return Programme.objects.create(name="Second programme")


def test_code_from_the_coordinators_page_lets_the_contact_join(desk: Desk, other: Programme) -> None:
    coordinator = person("coordinator of the second")
    ProgrammeMember.objects.create(programme=other, person=coordinator, role=ProgrammeRole.COORDINATOR)
    page = client_of(coordinator).post(reverse("programme-join-code", args=[other.pk])).content.decode()
    found = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}", page)
    assert found is not None
    dairy = desk.dairy.organisation
    answer = desk.contact.post(reverse("organisation-join", args=[dairy.pk]), {"code": found.group().lower()})
    assert answer["Location"].endswith("?done=takes-part")
    assert other in dairy.programmes.all()
    assert not JoinCode.objects.exists()


def test_code_stands_nowhere(desk: Desk, other: Programme) -> None:
    code = make_join_code(programme=other, by=desk.people["contact"], at=OPENS)
    assert code.encode() not in b"".join(bytes(row.code_hash) for row in JoinCode.objects.all())


@pytest.mark.parametrize("code", ["", "AAAAA-AAAAA-AAAAA", "x" * 40])
def test_wrong_code_is_refused_in_words_and_kept_in_the_field(desk: Desk, code: str) -> None:
    dairy = desk.dairy.organisation
    answer = desk.contact.post(reverse("organisation-join", args=[dairy.pk]), {"code": code})
    assert answer.status_code == 400
    assert dairy.programmes.count() == 1


def test_code_works_once_and_for_two_weeks(desk: Desk, other: Programme) -> None:
    by, dairy = desk.people["contact"], desk.dairy.organisation
    late = make_join_code(programme=other, by=by, at=OPENS)
    with pytest.raises(MembersAreWrong):
        join_programme(organisation=dairy, code=late, by=by, at=OPENS + VALID + timedelta(seconds=1))
    join_programme(organisation=dairy, code=late, by=by, at=OPENS + VALID)
    with pytest.raises(MembersAreWrong):
        join_programme(organisation=dairy, code=late, by=by, at=OPENS)
