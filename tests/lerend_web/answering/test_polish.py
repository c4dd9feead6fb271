"""Polish for people who answer: nothing is missing, nothing says who somebody is, and a draft is called a draft."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lerend_web.answering.domain import signing
from lerend_web.answering.domain.signing import CannotSign, sign, translation_file
from lerend_web.answering.domain.wording import texts, words_of
from lerend_web.core import signatures
from lerend_web.core.signatures import Signature, is_draft, signature_in
from lerend_web.urn.models import Box
from tests.lerend_web.urn.waves import INSTRUMENT, MadeWave, filled_in, new_secret

pytestmark = pytest.mark.django_db(databases=["urn"])

DAY = date(2026, 1, 31)
QUESTIONS = "employee-scan@1"
PRINT = " ".join(["abab"] * 16)
"""The promise's digest of a made wave."""


def polish() -> dict[str, str]:
    words = words_of(QUESTIONS, "pl")
    assert words is not None
    return dict(words.by_key)


def test_every_text_of_the_questionnaire_is_there_and_none_was_left_in_another_language() -> None:
    said = polish()
    sources = dict(texts(INSTRUMENT))
    assert list(said) == list(sources)
    assert [key for key, text in said.items() if not text.strip() or text in {sources[key].nl, sources[key].en}] == []


def test_statements_stay_statements_questions_stay_questions_and_both_stay_short() -> None:
    said = polish()
    for key, text in texts(INSTRUMENT):
        if key.startswith(("item.", "question.")):
            assert said[key][-1] == text.en[-1], key
            assert len(said[key].split()) <= 15, key
    sentences = re.split(r"(?<=[.?]) ", said["introduction"])
    assert max(len(sentence.split()) for sentence in sentences) <= 15


def test_no_sentence_decides_whether_somebody_is_a_man_or_a_woman() -> None:
    """Past tense (-łem, -łam, -łeś, -łaś), and adjectives in the first or second person would."""
    pages = signatures.words_in(translation_file("pages", "pl")).values()
    telling = re.compile(
        r"\b\w+(?:łem|łam|łeś|łaś)\b|\b(?:pewien|pewna|gotowy|gotowa|powinieneś|powinnaś)\b", re.IGNORECASE
    )
    assert [text for text in (*polish().values(), *pages) if telling.search(text)] == []
    alone = [text for text in polish().values() if re.search(r"\bsam[ai]?\b", text)]
    assert alone == ["Mój przełożony sam próbuje nowych rzeczy."]  # said of the word, which is a man's in grammar


def test_no_statement_is_turned_round_by_a_denial() -> None:
    """Somebody who disagrees with a denial would have to untangle two of them."""
    denying = [
        key
        for key, text in polish().items()
        if key.startswith("item.") and re.search(r"\bnie\b(?! tak)", text, re.IGNORECASE)
    ]
    assert denying == []


@pytest.mark.parametrize("page", ["", "answer", "promise", "received", "withdraw"])
def test_no_sentence_of_a_page_is_left_in_english_or_dutch(door: Client, wave: MadeWave, page: str) -> None:
    said = {language: sentences(door, f"/{wave.code}/{page}", language) for language in ("nl", "en", "pl")}
    same = said["pl"] & (said["nl"] | said["en"])
    assert {text for text in same if re.search(r"[a-z]{3} [a-z]{3}", text) and text != PRINT} == set()


def sentences(door: Client, address: str, language: str) -> set[str]:
    """What stands between tags; the form is the same one in every language."""
    page = door.get(f"{address}?lang={language}&form=a").content.decode().partition("<body")[2]
    shown = (text.strip() for text in re.findall(r">([^<>]+)<", page) if "{" not in text)
    return {text for text in shown if text}


def test_dates_are_written_as_people_say_them(door: Client, wave: MadeWave) -> None:
    assert "31 marca 2027" in door.get(f"/{wave.code}/?lang=pl").content.decode()


def test_problem_page_and_refusal_are_polish_too(door: Client, wave: MadeWave) -> None:
    assert "Tej strony tu nie ma" in door.get("/nothing?lang=pl").content.decode()
    refused = door.post("/", {"code": "0000", "lang": "pl"}).content.decode()
    assert 'lang="pl"' in refused


@pytest.fixture
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Copies of the Polish files that a test may sign."""
    shutil.copytree(signatures.PAGES / "pl", tmp_path / "locale" / "pl")
    shutil.copytree(signing.QUESTIONNAIRES, tmp_path / "translations")
    monkeypatch.setattr(signatures, "PAGES", tmp_path / "locale")
    monkeypatch.setattr(signing, "QUESTIONNAIRES", tmp_path / "translations")
    forget()
    for what in (QUESTIONS, "pages"):
        path = translation_file(what, "pl")
        path.write_text(path.read_text("utf-8").replace(signature_in(path).by or "\0", ""), "utf-8")
    yield
    forget()


def forget() -> None:
    words_of.cache_clear()
    signatures.pages_are_draft.cache_clear()


def is_called_a_draft(door: Client, wave: MadeWave) -> bool:
    from lerend_web.answering.pages import forget_pages  # noqa: PLC0415 -- only here

    forget()
    forget_pages()
    page = door.get(f"/{wave.code}/?lang=pl").content.decode()
    assert ("(szkic)" in page) == ('id="draft"' in page)
    return 'id="draft"' in page


@pytest.mark.usefixtures("own_files")
def test_start_page_calls_it_a_draft_until_questions_and_pages_are_both_signed(door: Client, wave: MadeWave) -> None:
    assert is_called_a_draft(door, wave)
    sign(translation_file(QUESTIONS, "pl"), by="Example Reader", on=DAY)
    assert is_called_a_draft(door, wave)
    sign(translation_file("pages", "pl"), by="Example Reader", on=DAY)
    assert not is_called_a_draft(door, wave)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_language_of_the_source_is_no_draft(door: Client, wave: MadeWave, language: str) -> None:
    assert 'id="draft"' not in door.get(f"/{wave.code}/?lang={language}").content.decode()


@pytest.mark.usefixtures("own_files")
@pytest.mark.parametrize("what", [QUESTIONS, "pages"])
def test_changing_one_word_voids_the_signature_and_putting_it_back_restores_it(what: str) -> None:
    path = translation_file(what, "pl")
    sign(path, by="Example  Reader ", on=DAY)
    assert not is_draft(path)
    assert signature_in(path) == Signature(
        "Example Reader", "2026-01-31", signatures.digest_of(signatures.words_in(path))
    )
    before = path.read_text("utf-8")
    path.write_text(before.replace("pracy", "robocie", 1), "utf-8")
    assert is_draft(path)
    path.write_text(before, "utf-8")
    assert not is_draft(path)


@pytest.mark.usefixtures("own_files")
def test_place_in_the_code_and_order_of_sentences_do_not_touch_a_signature() -> None:
    path = translation_file("pages", "pl")
    sign(path, by="Example Reader", on=DAY)
    head, *entries = path.read_text("utf-8").rstrip().split("\n\n")
    moved = [re.sub(r"^#: .*$", "#: elsewhere.html", entry, flags=re.MULTILINE) for entry in reversed(entries)]
    path.write_text("\n\n".join([head, *moved]) + "\n", "utf-8")
    assert not is_draft(path)


@pytest.mark.usefixtures("own_files")
def test_signing_again_replaces_the_name_and_leaves_every_word() -> None:
    for what in (QUESTIONS, "pages"):
        path = translation_file(what, "pl")
        words = signatures.words_in(path)
        sign(path, by="Example Reader", on=DAY)
        sign(path, by="Other Reader", on=DAY)
        assert signature_in(path).by == "Other Reader"
        assert signatures.words_in(path) == words
        assert "Example Reader" not in path.read_text("utf-8")


@pytest.mark.usefixtures("own_files")
def test_command_signs_and_says_why_it_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    from lerend_web.answering.management.commands.sign_translation import Command  # noqa: PLC0415 -- only here

    call_command(Command(), QUESTIONS, "pl", by="Example Reader", on=DAY)
    assert "signed by Example Reader on 2026-01-31" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no translation"):
        call_command(Command(), QUESTIONS, "xx", by="Example Reader")
    with pytest.raises(CannotSign, match="who signs"):
        sign(translation_file(QUESTIONS, "pl"), by="  ", on=DAY)


def test_box_tells_its_language_only_to_who_can_open_it(door: Client, wave: MadeWave) -> None:
    for card, language in zip(wave.cards[wave.packers], ("nl", "pl"), strict=False):
        sheet: dict[str, Any] = {"form": "a", "language": language, "answers": filled_in("a")["answers"]}
        data = {**sheet, "background": {}, "comments": {}, "secret": new_secret().hex(), "card": card}
        answer = door.post(f"/{wave.code}/deliver?lang={language}", json.dumps(data), content_type="application/json")
        assert answer.status_code == 200
    kept = list(Box.objects.all())
    assert sorted(wave.opened(bytes(box.sealed)).language for box in kept) == ["nl", "pl"]
    assert len({len(box.sealed) for box in kept}) == 1
    assert not [field.name for field in Box._meta.get_fields() if "lang" in field.name]
    in_the_open = [str(value) for row in Box.objects.values_list(*OPEN_FIELDS) for value in row]
    assert not [value for value in in_the_open if value in {"nl", "pl"}]


OPEN_FIELDS = [field.name for field in Box._meta.fields if field.name != "sealed"]
