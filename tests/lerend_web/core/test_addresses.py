"""Where to go next stays on this platform, and full addresses are under the configured name."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from lerend_web.core.addresses import absolute, is_local

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "http://testserver/",
    "",
]


@pytest.mark.parametrize("wish", ELSEWHERE)
def test_wish_to_go_elsewhere_is_refused(wish: str) -> None:
    assert not is_local(wish)


@pytest.mark.parametrize("wish", ["/", "/account/", "/waves/3?tab=team", "/account/sign-in?next=%2F"])
def test_wish_to_go_on_here_is_granted(wish: str) -> None:
    assert is_local(wish)


def test_full_address_is_under_the_configured_name(settings: Settings) -> None:
    settings.ADDRESS = "https://lerend.example.org"
    assert absolute("/account/") == "https://lerend.example.org/account/"
