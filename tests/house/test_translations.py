"""Every sentence for people has its Dutch, and those for people who answer their Polish; with the same places to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.house.repository import HOME, listed
from tools.translations import DOMAINS, Domain, compile_catalogues, faults_in, faults_of, not_literal, read, written

WHOLE = [domain for domain in DOMAINS if not domain.only]
(POLISH,) = (domain for domain in DOMAINS if domain.language == "pl")


def named(domain: Domain) -> str:
    return f"{domain.name}-{domain.language}"


@pytest.mark.parametrize("domain", DOMAINS, ids=named)
def test_every_sentence_has_its_translation(domain: Domain) -> None:
    assert not (found := faults_in(domain, HOME)), listed(found)


def test_every_sentence_is_written_out_where_it_is_said() -> None:
    assert not (found := not_literal(HOME)), listed(found)


@pytest.mark.parametrize("domain", DOMAINS, ids=named)
def test_file_is_as_the_tool_writes_it(domain: Domain) -> None:
    path = domain.file(HOME)
    assert path.read_bytes() == written(read(path), domain)


@pytest.mark.parametrize(
    ("english", "dutch", "fault"),
    [
        ("Hello", "", "has no Dutch"),
        ("{n} people", "mensen", "fills in"),
        ("{n} people", "{m} mensen", "fills in"),
        ("%(n)s people", "mensen", "fills in"),
        (("{count} team of {n}", "{count} teams of {n}"), ("één team van {n}", "{count} teams"), "fills in"),
        (("{count} team", "{count} teams"), ("één team", ""), "has no Dutch"),
        (("{count} team", "{count} teams"), ("één team", "{count} teams", "{count} teams"), "has no Dutch"),
    ],
)
def test_fault_in_a_translation_is_found(
    english: str | tuple[str, str], dutch: str | tuple[str, str], fault: str
) -> None:
    assert any(fault in found for found in faults_of(Message(english, dutch)))


def test_singular_may_leave_the_count_out() -> None:
    assert list(faults_of(Message(("{count} team", "{count} teams"), ("één team", "{count} teams")))) == []


def test_new_sentences_are_found_in_code_and_in_both_kinds_of_template(tmp_path: Path) -> None:
    for file, content in {
        "src/lerend/said.py": 'say("From code.")\nsay_many("{count} one", "{count} many", 3)\n',
        "src/lerend/report/templates/page.html": "<p>{{ _('From Jinja.') }}{% trans %}Also Jinja.{% endtrans %}</p>",
        "src/lerend_web/ui/templates/page.html": "{% load i18n %}\n  {% translate 'From Django.' %}\n {% trans \"It's\" %}",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(content)
    library, platform = (" ".join(faults_in(domain, tmp_path)) for domain in WHOLE)
    for sentence in ("From code.", "{count} one", "From Jinja.", "Also Jinja."):
        assert f"'{sentence}' is not in the file" in library
    assert "'From Django.' is not in the file" in platform
    assert '"It\'s" is not in the file' in platform


@pytest.mark.parametrize(
    ("forms", "faults"),
    [
        (("zespół", "{count} zespoły", "{count} zespołów"), []),
        (("zespół", "{count} zespoły"), ["has no Polish"]),
        (("zespół", "{count} zespoły", ""), ["has no Polish"]),
        (("zespół", "{count} zespoły", "zespołów"), []),
        (("zespół", "{n} zespoły", "{count} zespołów"), ["fills in ['count'], its Polish ['n']"]),
    ],
)
def test_polish_needs_all_three_forms_of_a_counted_sentence(forms: tuple[str, ...], faults: list[str]) -> None:
    entry = Message(("{count} team", "{count} teams"), forms)
    assert list(faults_of(entry, "pl")) == faults


def test_polish_is_asked_for_what_people_who_answer_read_and_for_nothing_else(tmp_path: Path) -> None:
    for room in ("answering", "invited", "programmes"):
        page = tmp_path / "src" / "lerend_web" / room / "templates" / room / "page.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"{{% load i18n %}}{{% translate 'From {room}.' %}}")
    found = " ".join(faults_in(POLISH, tmp_path))
    assert "'From answering.' is not in the file" in found
    assert "'From invited.' is not in the file" in found
    assert "programmes" not in found


def test_signature_on_top_of_a_catalogue_stays_when_the_tool_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "pl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    signed = '# signed: {"by": "Example Reader", "on": "2026-01-31", "digest": "00"}'
    path.write_text(re.sub("^# signed: .*$", signed, POLISH.file(HOME).read_text("utf-8"), flags=re.MULTILINE))
    assert signed in written(read(path), POLISH).decode().splitlines()


def test_compiling_makes_a_file_beside_every_source(tmp_path: Path) -> None:
    source = tmp_path / "src" / "deep" / "x.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "yes"\nmsgstr "ja"\n')
    compile_catalogues(tmp_path)
    assert source.with_suffix(".mo").read_bytes().startswith(b"\xde\x12\x04\x95")
