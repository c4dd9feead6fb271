"""The language switch: two buttons of a form, one cookie, no script."""

from __future__ import annotations

from django.test import Client


def test_choice_of_english_stays_for_a_dutch_browser(client: Client) -> None:
    answer = client.post("/language", {"language": "en", "next": "/"}, headers={"accept-language": "nl"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert '<html lang="en">' in client.get("/", headers={"accept-language": "nl"}).content.decode()


def test_choice_sets_the_language_cookie_and_no_other() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/language", {"language": "en", "next": "/"})
    assert list(answer.cookies) == ["language"]
    assert answer.cookies["language"]["samesite"] == "Lax"
    assert answer.cookies["language"]["httponly"]


def test_choice_of_an_unknown_language_changes_nothing(client: Client) -> None:
    assert not client.post("/language", {"language": "tlh", "next": "/"}).cookies


def test_choice_never_leads_to_another_site(client: Client) -> None:
    answer = client.post("/language", {"language": "en", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_page_marks_the_current_language(client: Client) -> None:
    text = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert 'value="en" lang="en" aria-current="true"' in text
    assert 'value="nl" lang="nl">' in text
