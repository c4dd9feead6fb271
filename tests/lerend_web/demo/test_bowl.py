"""Several phones, each with a card of their own from the demo's bowl."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.test import Client

from lerend_web.demo import bowl
from lerend_web.demo.bowl import take_a_card
from lerend_web.demo.company import number_of_sanne
from lerend_web.demo.domain.answering import let_others_answer
from lerend_web.demo.files import Cards, drawn_cards

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def cards_of_the_demo() -> Cards:
    cards = drawn_cards()
    assert cards is not None
    return cards


def card_on(phone: Client) -> str:
    page = phone.get("/demo/bowl").content.decode()
    found = re.search(r'class="demo-code">([^<]+)<', page)
    return found[1] if found else ""


def take(phone: Client) -> str:
    assert phone.post("/demo/bowl").status_code == 302
    return card_on(phone)


def test_each_phone_gets_a_card_of_its_own_and_keeps_it(copied_demo: Path) -> None:
    phones = [Client() for _ in range(5)]
    assert card_on(phones[0]) == "", "looking takes nothing"
    taken = [take(phone) for phone in phones]
    assert len(set(taken)) == 5
    assert "" not in taken
    assert [card_on(phone) for phone in phones] == taken
    assert phones[0].get("/demo/bowl.svg").status_code == 200
    assert Client().get("/demo/bowl.svg").status_code == 404


def test_phones_that_reach_in_at_the_same_moment_get_different_cards(
    copied_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = cards_of_the_demo()
    places = list(bowl._unused(cards))
    monkeypatch.setattr(bowl, "_unused", lambda _cards: iter(places))
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take_a_card, [cards] * 24))
    assert len(set(taken)) == 24


def test_bowl_runs_empty_without_sannes_card_and_says_so(copied_demo: Path) -> None:
    cards = cards_of_the_demo()
    taken = [take_a_card(cards) for _ in cards.codes]
    assert set(taken) == {*range(len(cards.codes)), None} - {number_of_sanne()}
    phone = Client()
    phone.post("/demo/bowl")
    assert "bowl is empty" in phone.get("/demo/bowl", headers={"accept-language": "en"}).content.decode()


def test_used_cards_are_not_handed_out(copied_demo: Path) -> None:
    cards = cards_of_the_demo()
    assert len(list(let_others_answer(cards))) == len(cards.codes) - 1
    assert take_a_card(cards) is None
