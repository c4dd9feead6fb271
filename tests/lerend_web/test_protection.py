"""What every response tells the browser not to do."""

from __future__ import annotations

from contextlib import closing

import pytest
from django.test import Client

# Closing an answer looks at the connections that other tests have opened.
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/health", "/not-there", "/static/ui/lerend.css"])
def test_response_carries_every_protection(client: Client, address: str) -> None:
    with closing(client.get(address)) as answer:
        headers = answer.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_page_uses_no_script_no_inline_style_and_nothing_from_elsewhere(client: Client) -> None:
    text = client.get("/").content.decode()
    for forbidden in ("<script", "style=", "<style", "http://", "https://", "onclick"):
        assert forbidden not in text


def test_request_under_an_unknown_name_is_refused_in_words(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example", "accept-language": "nl"})
    assert answer.status_code == 400
    assert "We begrijpen deze vraag niet" in answer.content.decode()
