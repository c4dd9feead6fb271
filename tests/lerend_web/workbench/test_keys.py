"""Keys on screen: the public half comes here, the file stays with its holder, and it is tried before anything opens."""

from __future__ import annotations

import base64
import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from lerend_web.scans.models import KeyHolder, Wave
from lerend_web.urn.key_sheets import sheet_lines
from lerend_web.urn.sealing import holder_file, new_key_pair, read_holder_file
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def keys(wave: Wave) -> str:
    return reverse("wave-keys", args=[wave.pk])


def test_key_is_handed_in_tried_and_then_works(desk: Desk, planned: Wave) -> None:
    pair = new_key_pair()
    lock = base64.b64encode(pair.public).decode()
    answer = desk.works_council.post(keys(planned), {"label": "works council", "public_key": lock})
    assert answer["Location"].startswith(f"{keys(planned)}?done=key-added")
    file = holder_file(wave=planned.code, label="works council", pair=pair)
    tried = desk.works_council.post(
        reverse("wave-keys-try", args=[planned.pk]), {"file": SimpleUploadedFile("key.json", file)}
    )
    assert tried["Location"].endswith("?done=key-tried")
    assert KeyHolder.objects.get().tried_at is not None
    assert "works, tried on" in desk.contact.get(keys(planned)).content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"label": "", "public_key": "x"}, "Say who keeps the key."),
        ({"label": "council", "public_key": ""}, "Make the key file first."),
        ({"label": "council", "public_key": "no key"}, "This is not a key."),
        ({"label": "council", "public_key": base64.b64encode(b"short").decode()}, "This is not a key."),
    ],
)
def test_wrong_key_is_refused_in_words_and_keeps_the_label(
    desk: Desk, planned: Wave, sent: dict[str, str], says: str
) -> None:
    answer = desk.works_council.post(keys(planned), sent)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert f'value="{sent["label"]}"' in answer.content.decode()
    assert not KeyHolder.objects.exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"x" * 100_000], ids=["empty", "json", "bytes", "large"])
def test_file_that_is_no_key_file_is_refused_in_words(desk: Desk, planned: Wave, content: bytes) -> None:
    file = SimpleUploadedFile("key.json", content)
    answer = desk.contact.post(reverse("wave-keys-try", args=[planned.pk]), {"file": file})
    assert answer.status_code == 400
    assert "This is not a key." in answer.content.decode()


def test_key_can_be_taken_away_until_the_promise_is_out(desk: Desk, planned: Wave, open_one: Wave) -> None:
    holder = KeyHolder.objects.create(wave=planned, label="A", public_key=bytes(32))
    desk.contact.post(reverse("wave-key-remove", args=[planned.pk, holder.pk]))
    assert not planned.key_holders.exists()
    kept = open_one.key_holders.earliest("pk")
    refused = desk.contact.post(reverse("wave-key-remove", args=[open_one.pk, kept.pk]))
    assert refused.status_code == 400
    assert open_one.key_holders.count() == 2


def test_page_says_what_to_do_without_script(desk: Desk, planned: Wave) -> None:
    page = desk.contact.get(keys(planned)).content.decode()
    assert f"python -m lerend_web keyfile {planned.code}" in page


def test_command_makes_a_file_that_its_owner_alone_can_read(tmp_path: Path) -> None:
    said = StringIO()
    call_command("keyfile", "WAVE", label="council", out=tmp_path / "key.json", stdout=said)
    path = tmp_path / "key.json"
    opened = read_holder_file(path.read_bytes())
    assert (opened.wave, opened.label) == ("WAVE", "council")
    assert base64.b64encode(opened.public).decode() in said.getvalue()
    assert json.loads(path.read_text())["private"] not in said.getvalue()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="is there already"):
        call_command("keyfile", "WAVE", label="council", out=path)


def test_typed_key_works_and_a_mistake_is_named_by_its_line(desk: Desk, planned: Wave) -> None:
    pair = new_key_pair()
    KeyHolder.objects.create(wave=planned, label="envelope", public_key=pair.public)
    lines = list(sheet_lines(pair.private))
    wrong = [*lines[:2], lines[2][:-1] + ("0" if lines[2][-1] != "0" else "1"), lines[3]]
    answer = desk.contact.post(reverse("wave-keys-try", args=[planned.pk]), {"typed": "\n".join(wrong)})
    assert answer.status_code == 400
    assert "There is a typing mistake in line 3." in answer.content.decode()
    tried = desk.contact.post(reverse("wave-keys-try", args=[planned.pk]), {"typed": "\n".join(lines).lower()})
    assert tried["Location"].endswith("?done=key-tried")


def test_neither_file_nor_typed_key_is_asked_for_one(desk: Desk, planned: Wave) -> None:
    answer = desk.contact.post(reverse("wave-keys-try", args=[planned.pk]), {"typed": ""})
    assert "Choose your key file, or type the key from your sheet." in answer.content.decode()
