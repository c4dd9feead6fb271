"""Pages of the demo, open to whoever plays."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lerend_web.demo.files import drawn_cards
from lerend_web.demo.queries import newest_wave
from lerend_web.scans.enums import WaveState

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def played(client: Client, character: str, **data: str) -> str:
    answer = client.post("/demo/play", {"character": character, **data})
    assert answer.status_code == 302
    return str(answer["Location"])


def text_of(client: Client, address: str) -> str:
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_front_page_has_three_doors_and_says_that_all_is_made_up(client: Client, copied_demo: Path) -> None:
    text = text_of(client, "/")
    for name in ("Sanne", "Marloes", "Arjen"):
        assert f"<h3>{name}</h3>" in text
    assert "everything is made up" in text


def test_marloes_and_arjen_need_no_password(client: Client, copied_demo: Path) -> None:
    assert played(client, "marloes") == "/work"
    assert "Voorbeeld Zuivel" in text_of(client, "/work")
    assert played(client, "arjen") == "/work"
    assert "You are Arjen" in text_of(client, "/work")


def test_sanne_gets_a_card_and_no_account(client: Client, copied_demo: Path) -> None:
    played(client, "marloes")
    assert played(client, "sanne") == "/demo/sanne"
    assert client.get("/work").status_code == 302
    cards = drawn_cards()
    assert cards is not None
    text = text_of(client, "/demo/sanne")
    assert f"/{cards.wave}/#" in text
    assert client.get("/demo/sanne.svg")["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("character", ["", "somebody", "operator"])
def test_nobody_else_can_be_played(client: Client, copied_demo: Path, character: str) -> None:
    assert client.post("/demo/play", {"character": character}).status_code == 404


@pytest.mark.parametrize("wish", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_door_never_leads_to_another_site(client: Client, copied_demo: Path, wish: str) -> None:
    assert played(client, "marloes", next=wish) == "/work"


def test_only_marloes_gets_the_key_files_and_closes(client: Client, copied_demo: Path) -> None:
    played(client, "arjen")
    assert client.get("/demo/closing").status_code == 404
    assert client.post("/demo/closing").status_code == 404
    assert client.get("/demo/closing/marloes.json").status_code == 404
    played(client, "marloes")
    assert "attachment" in client.get("/demo/closing/works-council.json")["Content-Disposition"]
    assert client.get("/demo/closing/cards.json").status_code == 404
    assert "one person holds both" in text_of(client, "/demo/closing")


def test_attack_waits_for_the_outcome(client: Client, copied_demo: Path) -> None:
    assert "once the round is closed" in text_of(client, "/demo/attack")


def test_round_that_nobody_answered_can_be_closed_and_shows_nothing(client: Client, copied_demo: Path) -> None:
    played(client, "marloes")
    client.post("/demo/closing")
    wave = newest_wave()
    assert wave is not None
    assert wave.state == WaveState.CLOSED
    assert "He finds it." in text_of(client, "/demo/attack")


def test_doors_are_forms_that_a_link_cannot_use(client: Client, copied_demo: Path) -> None:
    for route in ("/demo/play", "/demo/month", "/demo/again"):
        assert client.get(route).status_code == 405
        assert Client(enforce_csrf_checks=True).post(route).status_code == 403
