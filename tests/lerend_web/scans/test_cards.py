"""Cards: enough of them, all different, on paper only, made once, and void only when two people say so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import segno
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.core.models import AuditEntry
from lerend_web.scans.domain import cards
from lerend_web.scans.domain.cards import print_cards, void_cards
from lerend_web.scans.domain.closing import why_not_close
from lerend_web.scans.domain.opening import open_wave
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import CannotOpenYet, CardsCannotBePrinted, cards_for, read_aloud
from lerend_web.urn.domain.boxes import UnknownCard
from lerend_web.urn.models import Card
from lerend_web.urn.passes import card_hash, new_card_code, shown
from tests.lerend_web.scans.dairy import (
    CLOSES,
    OPENS,
    PLANNED,
    Dairy,
    add_holders,
    answer_with,
    everything_in,
    new_dairy,
    plan,
    sheet,
)
from tests.lerend_web.scans.paper import needs_pdftotext, text_of

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b")


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes as they are made, which nobody but a test ever sees."""
    made: list[str] = []
    real = new_card_code

    def remembered() -> str:
        made.append(real())
        return made[-1]

    monkeypatch.setattr(cards, "new_card_code", remembered)
    return made


@given(st.integers(1, 10_000))
def test_there_are_a_fifth_more_cards_than_people_rounded_up(people: int) -> None:
    assert cards_for(people) == -(-people * 12 // 10)


def test_every_group_gets_its_cards_and_the_urn_their_hashes(wave: Wave, dairy: Dairy, codes: list[str]) -> None:
    print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    for group in wave.key_groups.all():
        assert group.printed == cards_for(group.invited) == Card.objects.filter(key_group=group.code).count()
    assert len(set(codes)) == len(codes) == Card.objects.count()
    assert {bytes(card.code_hash) for card in Card.objects.all()} == {card_hash(code) for code in codes}
    entry = AuditEntry.objects.get(code="cards.printed")
    assert entry.detail == {"cards": len(codes)}


def test_codes_stand_in_no_database_and_in_no_file(wave: Wave, dairy: Dairy, var: Path, codes: list[str]) -> None:
    print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    kept = everything_in("default") + everything_in("urn")
    kept += "".join(path.read_bytes().decode("latin-1") for path in var.rglob("*") if path.is_file())
    assert card_hash(codes[0]).hex() in kept  # else this test would look in the wrong place
    for code in codes:
        for written in (code, shown(code), code.lower(), code.encode().hex()):
            assert written not in kept


@needs_pdftotext
def test_paper_holds_every_code_under_the_name_of_its_group(wave: Wave, dairy: Dairy, codes: list[str]) -> None:
    with translation.override("en"):
        paper = print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    pages = text_of(paper, layout=True).split("\f")
    assert sorted(CODE.findall("".join(pages))) == sorted(map(shown, codes))
    groups = {group.label: group.printed for group in wave.key_groups.all()}
    for page in filter(str.strip, pages):
        names = [name for name in groups if re.search(rf"^\s*{name}\b", page, re.MULTILINE)]
        assert len(names) == 1
        assert len(CODE.findall(page)) <= 8
        groups[names[0]] -= len(CODE.findall(page))
        assert read_aloud(wave.promise_digest) in page
    assert set(groups.values()) == {0}


@needs_pdftotext
def test_order_on_paper_is_not_the_order_in_which_codes_were_made(wave: Wave, dairy: Dairy, codes: list[str]) -> None:
    found = CODE.findall(text_of(print_cards(wave=wave, by=dairy.contact, at=PLANNED)))
    assert found != list(map(shown, codes))


@needs_pdftotext
def test_name_of_a_team_is_never_markup(db: None) -> None:
    name = '#panic("x") *bold* $1$ @ref \\ "quoted" <label>'
    dairy = new_dairy({name: 9})
    wave = plan(dairy, name="= not a heading")
    add_holders(wave, dairy)
    text = text_of(print_cards(wave=wave, by=dairy.contact, at=PLANNED))
    assert '#panic("x") *bold* $1$ @ref \\ "quoted" <label>' in text.replace("“", '"').replace("”", '"')
    assert "= not a heading" in text


def test_second_print_is_refused(wave: Wave, dairy: Dairy) -> None:
    print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    count = Card.objects.count()
    with pytest.raises(CardsCannotBePrinted):
        print_cards(wave=wave, by=dairy.council, at=PLANNED)
    assert Card.objects.count() == count


def test_wave_that_is_not_ready_or_goes_by_mail_has_no_cards(dairy: Dairy) -> None:
    with pytest.raises(CannotOpenYet):
        print_cards(wave=plan(dairy), by=dairy.contact, at=PLANNED)
    with pytest.raises(CardsCannotBePrinted):
        print_cards(wave=plan(dairy, mode=Mode.MAIL), by=dairy.contact, at=PLANNED)


def test_two_people_void_the_cards_and_new_ones_can_be_printed(wave: Wave, dairy: Dairy, codes: list[str]) -> None:
    print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    assert not void_cards(wave=wave, by=dairy.contact, at=PLANNED)
    assert not void_cards(wave=wave, by=dairy.contact, at=PLANNED)
    assert not Card.objects.filter(is_void=True).exists()
    assert void_cards(wave=wave, by=dairy.council, at=PLANNED)
    assert not Card.objects.filter(is_void=False).exists()
    first = set(codes)
    print_cards(wave=wave, by=dairy.contact, at=PLANNED)
    assert Card.objects.filter(is_void=False).count() == len(set(codes) - first)


def test_wish_to_void_from_before_the_opening_counts_no_more(wave: Wave, dairy: Dairy) -> None:
    print_cards(wave=wave, by=dairy.contact, at=OPENS)
    void_cards(wave=wave, by=dairy.contact, at=OPENS)
    open_wave(wave=wave, by=dairy.contact, at=OPENS)
    assert not void_cards(wave=wave, by=dairy.council, at=CLOSES)
    assert not Card.objects.filter(is_void=True).exists()


def test_voided_cards_let_nobody_in_and_used_ones_stay(open_one: Wave, dairy: Dairy, codes: list[str]) -> None:
    void_cards(wave=open_one, by=dairy.contact, at=CLOSES)
    void_cards(wave=open_one, by=dairy.council, at=CLOSES)
    with pytest.raises(UnknownCard):
        answer_with(open_one, "0000000000000", sheet())


def test_used_card_is_not_voided(wave: Wave, dairy: Dairy, codes: list[str]) -> None:
    print_cards(wave=wave, by=dairy.contact, at=OPENS)
    open_wave(wave=wave, by=dairy.contact, at=OPENS)
    answer_with(wave, codes[0], sheet(), secret=b"s" * 32)
    void_cards(wave=wave, by=dairy.contact, at=CLOSES)
    void_cards(wave=wave, by=dairy.council, at=CLOSES)
    answer_with(wave, codes[0], sheet("5"), secret=b"s" * 32)
    with pytest.raises(UnknownCard):
        answer_with(wave, codes[1], sheet())
    assert wave.promise_digest
    assert {group.voided for group in wave.key_groups.all()} == {0}  # the difference would be a team's response


def test_wave_with_cards_out_is_not_closed_before_two_people_voided_them(open_one: Wave, dairy: Dairy) -> None:
    assert len(why_not_close(open_one, at=CLOSES)) == 1
    void_cards(wave=open_one, by=dairy.contact, at=CLOSES)
    void_cards(wave=open_one, by=dairy.council, at=CLOSES)
    assert why_not_close(open_one, at=CLOSES) == ()


def test_qr_leads_to_the_second_door_with_the_code_behind_the_hash(
    wave: Wave, dairy: Dairy, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    real = segno.make

    def remembered(content: str, **options: Any) -> object:
        said.append(content)
        return real(content, **options)

    monkeypatch.setattr(segno, "make", remembered)
    print_cards(wave=wave, by=dairy.contact, at=PLANNED, address="https://scan.example.org")
    assert set(said) == {f"https://scan.example.org/{wave.code}/#{shown(code)}" for code in codes}
