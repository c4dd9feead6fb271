"""Pages for what goes wrong, in the visitor's language and with a way out."""

from __future__ import annotations

import pytest
from django.test import Client

from lerend_web.public.views import home


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Deze pagina is er niet"), ("en", "This page is not here")], ids=["nl", "en"]
)
def test_missing_page_says_so_in_the_language(client: Client, language: str, title: str) -> None:
    answer = client.get("/nergens", headers={"accept-language": language})
    assert answer.status_code == 404
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Er ging hier iets mis"), ("en", "Something went wrong here")], ids=["nl", "en"]
)
def test_failure_says_so_in_the_language(monkeypatch: pytest.MonkeyPatch, language: str, title: str) -> None:
    monkeypatch.delattr(home, "STEPS")
    answer = Client(raise_request_exception=False).get("/", headers={"accept-language": language})
    assert answer.status_code == 500
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert "NameError" not in answer.content.decode()


def test_health_answers_without_a_cookie_and_is_never_kept(client: Client) -> None:
    answer = client.get("/health")
    assert answer.json() == {"status": "ok"}
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
