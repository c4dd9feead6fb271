"""A researcher reads what there is, hands in a file, reads the difference and publishes it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lerend_web.instruments.models import OwnVersion
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from tests.lerend_web.actors import Place, client_of
from tests.lerend_web.instruments.conftest import in_english
from tests.lerend_web.instruments.files import AFTER, BEFORE, a_draft, a_published, changed_scan, packaged_text, table


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def hand_in(desk: Client, here: Place, content: bytes, name: str = "scan.yaml") -> Any:
    address = reverse("model-upload", args=[here.programme.pk])
    return desk.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_list_shows_what_the_platform_and_the_programme_have_and_which_rounds_use_it(
    desk: Client, here: Place, elsewhere: Place, researcher: Person
) -> None:
    a_published(here.programme, researcher)
    a_published(elsewhere.programme, elsewhere.people[ProgrammeRole.RESEARCHER])
    shown = text_of(desk.get(reverse("models", args=[here.programme.pk])))
    assert "employee-scan@1 of the platform" in shown
    assert f"employee-scan-p{here.programme.pk}@1 of this programme" in shown
    assert f"-p{elsewhere.programme.pk}@" not in shown


@pytest.mark.parametrize(
    ("name", "says"), [("employee-scan", BEFORE), ("lerend", "participative_leadership"), ("company-form", "signed")]
)
def test_every_packaged_version_can_be_read(desk: Client, here: Place, name: str, says: str) -> None:
    answer = desk.get(reverse("model-version", args=[here.programme.pk, name, 1]))
    assert answer.status_code == 200
    assert says in text_of(answer)


def test_questionnaire_is_read_by_layer_with_the_words_of_its_answers(desk: Client, here: Place) -> None:
    shown = text_of(desk.get(reverse("model-version", args=[here.programme.pk, "employee-scan", 1])))
    assert "Employee and task" in shown
    assert "Strongly disagree" in shown
    assert "Almost never" in shown


def test_file_is_handed_in_read_and_published(desk: Client, here: Place) -> None:
    shown = text_of(hand_in(desk, here, changed_scan()))
    assert BEFORE in shown
    assert AFTER in shown
    assert "80 questions are exactly the same in both" in shown
    assert "Room to decide yourself 3 (before 4, now 4)" in shown
    draft = OwnVersion.objects.get()
    address = reverse("model-publish", args=[here.programme.pk, draft.name, 1])
    assert desk.post(address, {"digest": draft.digest}).status_code == 400  # nobody said that they read it
    answer = desk.post(address, {"digest": draft.digest, "is_read": "on"}, follow=True)
    assert "Published." in text_of(answer)
    assert OwnVersion.objects.get().is_published


def test_file_with_faults_says_where_and_how_to_mend_it(desk: Client, here: Place) -> None:
    answer = hand_in(desk, here, changed_scan(("measures: workload", "measures: worklaod")))
    assert answer.status_code == 400
    shown = text_of(answer)
    assert re.search(r"scan\.yaml:\d+ There is no factor or outcome worklaod\. Did you mean workload\?", shown)
    assert not OwnVersion.objects.exists()


BROKEN = (b"", b"\x00\x01", b"PK\x03\x04broken", b"kind: nothing", b"- a\n- b", "\u00e9".encode("latin-1"), b"[" * 5000)


@pytest.mark.parametrize("name", ["scan.yaml", "texts.xlsx", "texts.csv", "\u202e ../*"])
def test_no_file_breaks_the_page(desk: Client, here: Place, name: str) -> None:
    for content in BROKEN:
        assert hand_in(desk, here, content, name).status_code == 400
    assert not OwnVersion.objects.exists()


def test_draft_that_changed_meanwhile_is_not_published(desk: Client, here: Place, researcher: Person) -> None:
    read = a_draft(here.programme, researcher)
    a_draft(here.programme, researcher, changed_scan((BEFORE, "I choose my own pace.")))
    address = reverse("model-publish", args=[here.programme.pk, read.name, 1])
    answer = desk.post(address, {"digest": read.digest, "is_read": "on"})
    assert answer.status_code == 400
    assert "Somebody handed in another file" in text_of(answer)
    assert not OwnVersion.objects.get().is_published


def test_draft_is_thrown_away(desk: Client, here: Place, researcher: Person) -> None:
    draft = a_draft(here.programme, researcher)
    answer = desk.post(reverse("model-discard", args=[here.programme.pk, draft.name, 1]), follow=True)
    assert "thrown away" in text_of(answer)
    assert not OwnVersion.objects.exists()


def test_published_version_is_not_thrown_away(desk: Client, here: Place, researcher: Person) -> None:
    version = a_published(here.programme, researcher)
    answer = desk.post(reverse("model-discard", args=[here.programme.pk, version.name, 1]))
    assert answer.status_code == 400
    assert OwnVersion.objects.get().is_published


def test_coordinator_reads_and_changes_nothing(here: Place, researcher: Person) -> None:
    draft = a_draft(here.programme, researcher)
    desk = in_english(client_of(here.people[ProgrammeRole.COORDINATOR]))
    shown = text_of(desk.get(reverse("model-difference", args=[here.programme.pk, draft.name, 1])))
    assert "A researcher of the programme publishes it" in shown
    assert "Hand in a new version" not in text_of(desk.get(reverse("models", args=[here.programme.pk])))
    for route in ("model-publish", "model-discard"):
        address = reverse(route, args=[here.programme.pk, draft.name, 1])
        assert desk.post(address, {"digest": draft.digest, "is_read": "on"}).status_code == 404
    assert not OwnVersion.objects.get().is_published


def test_version_of_another_programme_does_not_exist(desk: Client, here: Place, elsewhere: Place) -> None:
    theirs = a_published(elsewhere.programme, elsewhere.people[ProgrammeRole.RESEARCHER])
    for programme in (here.programme.pk, elsewhere.programme.pk):
        assert desk.get(reverse("model-version", args=[programme, theirs.name, 1])).status_code == 404
    address = reverse("model-difference", args=[here.programme.pk, "employee-scan", 1])
    assert desk.get(address, {"with": theirs.reference}).status_code == 404


def test_saved_file_is_the_file_to_the_byte(desk: Client, here: Place, researcher: Person) -> None:
    saved = desk.get(reverse("model-file", args=[here.programme.pk, "employee-scan", 1, "yaml"]))
    assert saved.content.decode() == packaged_text()
    version = a_published(here.programme, researcher)
    own = desk.get(reverse("model-file", args=[here.programme.pk, version.name, 1, "yaml"]))
    assert own.content.decode() == version.source
    assert own["Content-Disposition"] == f'attachment; filename="{version.name}.v1.yaml"'
    assert desk.get(reverse("model-file", args=[here.programme.pk, version.name, 1, "exe"])).status_code == 404


def test_saved_table_is_changed_and_handed_in_again(desk: Client, here: Place) -> None:
    saved = desk.get(reverse("model-file", args=[here.programme.pk, "employee-scan", 1, "xlsx"]))
    rows = python_calamine.load_workbook(io.BytesIO(saved.content)).get_sheet_by_index(0).to_python()
    changed = [(str(a), str(b), str(c), AFTER if d == BEFORE else str(d)) for a, b, c, d in rows[1:]]
    shown = text_of(hand_in(desk, here, table(changed), "texts.xlsx"))
    assert AFTER in shown
    assert OwnVersion.objects.get().compared_with == "employee-scan@1"
