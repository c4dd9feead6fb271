"""Whoever follows the links of the demo never meets a page that is not there."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

OF_ONE_KIND = 2
"""Pages whose addresses differ in numbers and keys only are of one kind."""


def kind_of(address: str) -> str:
    return re.sub(r"\d+|[0-9a-z]{26}|(?<=/catalogue/)\w+", "#", address.partition("?")[0])


def links_in(answer: HttpResponse) -> Iterator[str]:
    if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        for link in re.findall(r'href="(/[^"#]*)', answer.content.decode()):
            if not link.startswith(("/static/", "/account/logout")):
                yield link.replace("&amp;", "&")


def dead_links(browser: Client) -> tuple[list[str], int]:
    """Links that end nowhere, with the page that they stand on; and how many pages were seen."""
    from_page, todo, kinds, seen = {"/work": ""}, deque(["/work"]), Counter[str](), 0
    dead = []
    while todo:
        address = todo.popleft()
        kinds[kind_of(address)] += 1
        if kinds[kind_of(address)] > OF_ONE_KIND:
            continue
        answer: HttpResponse = browser.get(address)  # type: ignore[assignment]  # as good as one
        seen += 1
        if answer.status_code >= 400:
            dead.append(f"{address} on {from_page[address]}: {answer.status_code}")
        for link in links_in(answer):
            if link not in from_page:
                from_page[link] = address
                todo.append(link)
    return dead, seen


@pytest.mark.parametrize("character", ["marloes", "arjen", "fenna"])
def test_no_link_leads_nowhere(client: Client, copied_demo: Path, character: str) -> None:
    assert client.post("/demo/play", {"character": character}).status_code == 302
    dead, seen = dead_links(client)
    assert dead == []
    assert seen > 40


def test_dead_link_would_be_found(client: Client, copied_demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post("/demo/play", {"character": "marloes"})
    monkeypatch.setattr("tests.lerend_web.demo.test_every_link.links_in", lambda _answer: iter(["/nowhere"]))
    dead, _seen = dead_links(client)
    assert dead == ["/nowhere on /work: 404"]
