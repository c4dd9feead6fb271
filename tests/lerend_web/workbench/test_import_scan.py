"""Taking in a scan that was held elsewhere, on screen: looked at, chosen once more, taken in; and where it then shows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse

from lerend_web.core import clock
from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.programmes.models import Programme, ProgrammeMember
from lerend_web.scans.enums import Collected
from lerend_web.scans.models import Wave
from lerend_web.workbench.views import import_scan
from tests.lerend_web.actors import client_of, person
from tests.lerend_web.scans.dairy import PLANNED
from tests.lerend_web.scans.elsewhere import PROMISED, as_csv, rows_of
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: PLANNED)
    return PLANNED


@pytest.fixture
def no_disk() -> Iterator[None]:
    """Nothing may make a temporary file of an upload."""
    with patch.object(TemporaryUploadedFile, "__init__", side_effect=AssertionError("an upload went to the disk")):
        yield


def address(desk: Desk) -> str:
    return reverse("import-scan", args=[desk.dairy.organisation.pk])


def said(content: bytes, **changed: object) -> dict[str, object]:
    form: dict[str, object] = {
        "file": SimpleUploadedFile("scan.csv", content),
        "instrument": "employee-scan@1",
        "name": "Scan of 2024",
        "collected_on": "2024-03-09",
        "team": "team",
        "columns": "",
        "k": "5",
        "promised": PROMISED,
        "fits": "on",
    }
    return form | changed


def page_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def plan_in(page: str) -> str:
    found = re.search(r'name="plan" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def taken_in(desk: Desk, client: Client, content: bytes) -> Wave:
    plan = plan_in(page_of(client.post(address(desk), said(content))))
    answer = client.post(address(desk), {"plan": plan, "file": SimpleUploadedFile("other name.csv", content)})
    wave = Wave.objects.get(collected=Collected.ELSEWHERE)
    assert answer["Location"] == f"/waves/{wave.pk}?done=taken-in"
    return wave


@pytest.mark.parametrize("who", ["contact", "coordinator"])
def test_contact_and_coordinator_look_first_and_then_take_it_in(desk: Desk, who: str) -> None:
    client = getattr(desk, who)
    page = page_of(client.post(address(desk), said(as_csv(rows_of()))))
    for words in ("This is what is in scan.csv", "Packing night", "taken together", "4 of 4", "no teams of this"):
        assert words in page
    assert not Wave.objects.exists()
    wave = taken_in(desk, client, as_csv(rows_of()))
    shown = page_of(client.get(f"/waves/{wave.pk}?done=taken-in"))
    for words in ("The scan was taken in.", "collected elsewhere", "elsewhere, until 9 March 2024", PROMISED):
        assert words in shown
    for words in ("Poster", "Key holders", "with cards", "they hear back"):
        assert words not in shown


def test_nobody_else_finds_it(desk: Desk) -> None:
    for client in (desk.works_council, desk.outsider):
        assert client.get(address(desk)).status_code == 404


def test_large_upload_stays_in_memory(desk: Desk, no_disk: None) -> None:
    content = as_csv(rows_of(more={"shift": lambda _person: " " * 100_000}))
    assert len(content) > 3_000_000
    assert desk.contact.post(address(desk), said(content)).status_code == 200


def test_too_large_upload_is_let_go_and_said(desk: Desk, no_disk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_scan, "LARGEST_FILE", 100_000)
    answer = desk.contact.post(address(desk), said(b"x" * 300_000))
    assert answer.status_code == 400
    assert "larger than 20 MB" in page_of(answer)
    assert "Scan of 2024" in page_of(answer), "what was typed is still there"


def test_another_file_is_noticed_and_shown_instead(desk: Desk) -> None:
    plan = plan_in(page_of(desk.contact.post(address(desk), said(as_csv(rows_of())))))
    other = as_csv(rows_of((("Cheese", 12), ("Lab", 8))))
    answer = desk.contact.post(address(desk), {"plan": plan, "file": SimpleUploadedFile("b.csv", other)})
    page = page_of(answer)
    assert answer.status_code == 400
    assert "not the file that you looked at" in page
    assert "This is what is in b.csv" in page
    assert not Wave.objects.exists()
    answer = desk.contact.post(address(desk), {"plan": plan_in(page), "file": SimpleUploadedFile("b.csv", other)})
    assert answer.status_code == 302


def test_second_choice_without_a_file_asks_again(desk: Desk) -> None:
    plan = plan_in(page_of(desk.contact.post(address(desk), said(as_csv(rows_of())))))
    answer = desk.contact.post(address(desk), {"plan": plan})
    assert answer.status_code == 400
    assert "Choose a file." in page_of(answer)
    assert plan_in(page_of(answer))


def test_plan_of_somebody_else_or_changed_on_the_way_is_not_taken(desk: Desk) -> None:
    plan = plan_in(page_of(desk.contact.post(address(desk), said(as_csv(rows_of())))))
    changed = plan[:-1] + ("B" if plan.endswith("A") else "A")
    for client, sent in ((desk.coordinator, plan), (desk.contact, changed), (desk.contact, "")):
        file = SimpleUploadedFile("scan.csv", as_csv(rows_of()))
        answer = client.post(address(desk), {"plan": sent, "file": file})
        assert answer.status_code == 400
        assert "This preview is too old" in page_of(answer)
    assert not Wave.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"Naam": lambda person: f"Somebody {person}"}, "looks like names of people"),
        ({"answered by": lambda person: f"p{person}@dairy.example"}, "holds mail addresses"),
    ],
)
def test_file_with_persons_is_refused_with_the_column_and_what_to_do(desk: Desk, more: Any, says: str) -> None:
    answer = desk.contact.post(address(desk), said(as_csv(rows_of(more=more))))
    page = page_of(answer)
    assert answer.status_code == 400
    assert says in page
    assert "Remove this column from the file" in page
    assert PROMISED in page, "what was typed is still there"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"promised": ""}, "Say what people were promised"),
        ({"fits": ""}, "Then do not take the file in"),
        ({"k": "4"}, "five or more"),
        ({"collected_on": "2026-09-01"}, "before today"),
        ({"name": ""}, "Give the round a name"),
        ({"columns": "variety_1 LEAD01"}, "is not understood"),
        ({"file": ""}, "Choose a file."),
    ],
)
def test_what_is_missing_is_said_at_its_place(desk: Desk, changed: dict[str, object], says: str) -> None:
    answer = desk.contact.post(address(desk), said(as_csv(rows_of()), **changed))
    assert answer.status_code == 400
    assert says in page_of(answer)


def test_another_site_cannot_send_a_file(desk: Desk) -> None:
    strict = client_of(desk.people["contact"], enforce_csrf_checks=True)
    assert strict.post(address(desk), said(as_csv(rows_of()))).status_code == 403


def test_coordinator_takes_it_in_for_the_own_programme_only(desk: Desk) -> None:
    other = Programme.objects.create(name="Another programme")
    desk.dairy.organisation.programmes.add(other)
    page = page_of(desk.coordinator.get(address(desk)))
    assert "Another programme" not in page
    assert "Another programme" in page_of(desk.contact.get(address(desk)))


def test_every_page_that_lists_rounds_says_where_it_was_collected(desk: Desk) -> None:
    wave = taken_in(desk, desk.contact, as_csv(rows_of()))
    here = desk.dairy.organisation
    for client, path in (
        (desk.contact, f"/organisations/{here.pk}"),
        (desk.contact, f"/organisations/{here.pk}/log"),
        (desk.contact, f"/waves/{wave.pk}"),
        (desk.contact, f"/waves/{wave.pk}/outcome"),
        (desk.contact, f"/waves/{wave.pk}/outcome/trail"),
        (desk.contact, f"/waves/{wave.pk}/outcome/map"),
        (desk.contact, f"/waves/{wave.pk}/outcome/rounds"),
        (desk.contact, f"/waves/{wave.pk}/outcome/files"),
        (desk.coordinator, f"/programmes/{desk.dairy.programme.pk}"),
        (desk.works_council, f"/organisations/{here.pk}/works-council"),
        (desk.works_council, f"/organisations/{here.pk}/log?about={wave.code}"),
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "collected elsewhere" in page_of(answer).lower(), path
    assert PROMISED in page_of(desk.contact.get(f"/waves/{wave.pk}/outcome"))
    assert PROMISED in page_of(desk.works_council.get(f"/organisations/{here.pk}/works-council"))


def test_leader_and_researcher_read_it_like_any_round(desk: Desk) -> None:
    wave = taken_in(desk, desk.contact, as_csv(rows_of()))
    here, leader, researcher = desk.dairy.organisation, person("leader"), person("researcher")
    unit = here.units.get(name="Cheese")
    role = OrganisationRole.TEAM_LEADER
    OrganisationMember.objects.create(organisation=here, person=leader, role=role, unit=unit)
    ProgrammeMember.objects.create(programme=desk.dairy.programme, person=researcher, role=ProgrammeRole.RESEARCHER)
    for one, path in (
        (leader, f"/organisations/{here.pk}/my-team"),
        (leader, f"/waves/{wave.pk}/my-team/{unit.pk}"),
        (researcher, "/work"),
        (researcher, f"/waves/{wave.pk}/quality"),
    ):
        client = client_of(one)
        client.cookies["language"] = "en"
        assert client.get(path).status_code == 200, path


def test_there_are_no_papers_and_no_sealed_promise_of_it(desk: Desk) -> None:
    wave = taken_in(desk, desk.contact, as_csv(rows_of()))
    for paper in ("dossier", "letter", "poster"):
        assert desk.contact.get(f"/waves/{wave.pk}/{paper}.pdf").status_code == 404
    assert desk.works_council.get(f"/waves/{wave.pk}/promise.json").status_code == 404


def test_workbook_to_take_along_says_it_too(desk: Desk, var: Path) -> None:
    wave = taken_in(desk, desk.contact, as_csv(rows_of()))
    answer = desk.contact.get(f"/waves/{wave.pk}/outcome/files/workbook")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        words = "".join(book.read(part).decode() for part in book.namelist() if part.endswith(".xml"))
    assert "These answers were collected elsewhere, not under this promise." in words
    assert [path for path in var.rglob("*") if path.is_file()] == []
