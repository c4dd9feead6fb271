"""Door 1 in Polish: offered, chosen by the browser, and whole."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def shown(page: str) -> set[str]:
    """Every text of the page: between tags, and what its script may say."""
    texts = (text.strip() for text in re.findall(r'>([^<>]+)<|data-\w+="([^"]+)"', page) for text in text)
    return {text for text in texts if re.search(r"\w{3} \w", text)}


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("?lang=pl", "nl", "pl"),
        ("", "pl-PL,pl;q=0.9,en;q=0.8", "pl"),
        ("", "en,pl;q=0.5", "en"),
        ("?lang=nl", "pl", "nl"),
        ("?lang=xx", "nl", "nl"),
        ("", "", "nl"),
    ],
)
def test_start_page_speaks_polish_when_asked_or_when_the_browser_does(
    client: Client, query: str, accepted: str, language: str
) -> None:
    page = client.get(f"/start/{query}", headers={"accept-language": accepted}).content.decode()
    assert f'<html lang="{language}"' in page
    assert 'lang="pl" hreflang="pl"' in page


def test_rest_of_the_platform_does_not_speak_polish(client: Client) -> None:
    page = client.get("/?lang=pl", headers={"accept-language": "pl"}).content.decode()
    assert '<html lang="pl"' not in page


def test_no_sentence_is_left_in_english_or_dutch(client: Client) -> None:
    said = {language: shown(client.get(f"/start/?lang={language}").content.decode()) for language in ("nl", "en", "pl")}
    assert len(said["pl"]) > 20
    assert said["pl"] & (said["nl"] | said["en"]) == set()
