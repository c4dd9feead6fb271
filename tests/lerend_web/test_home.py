"""The front page says what lerend is, in the visitor's language, and nothing more than is true."""

from __future__ import annotations

import pytest
from django.test import Client

from lerend_web.public.loop import STEPS


def page(client: Client, language: str = "nl") -> str:
    response = client.get("/", headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


def test_page_is_dutch_for_who_reads_dutch(client: Client) -> None:
    text = page(client, "nl")
    assert '<html lang="nl">' in text
    assert "<h1>Van antwoorden naar wat werkt</h1>" in text


def test_page_is_english_for_who_reads_english(client: Client) -> None:
    text = page(client, "en-GB,en;q=0.9")
    assert '<html lang="en">' in text
    assert "<h1>From answers to what works</h1>" in text


def test_page_is_dutch_for_who_reads_neither(client: Client) -> None:
    assert '<html lang="nl">' in page(client, "fi")


def test_page_names_the_five_steps_in_their_order(client: Client) -> None:
    text = page(client, "nl")
    places = [text.index(f"<h3>{name}</h3>") for name in ("Scan", "Uitkomst", "Keuze", "Pilot", "Bewijs")]
    assert places == sorted(places)


def test_page_says_now_only_where_something_is_there(client: Client) -> None:
    there = [step for step in STEPS if step.now is not None]
    assert page(client, "en").count(">Now</dt>") == len(there)
    assert page(client, "en").count(">Later</dt>") == len([step for step in STEPS if step.later is not None])


def test_page_needs_no_database_and_sets_no_cookie(client: Client) -> None:
    # Without the database mark, pytest-django refuses every query.
    response = client.get("/")
    assert not response.cookies


def test_page_differs_by_language_and_cookie_for_caches(client: Client) -> None:
    assert {part.strip() for part in client.get("/")["Vary"].split(",")} >= {"Accept-Language", "Cookie"}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_page_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405
