"""Phones on the same network: only for a demo, and only when asked."""

from __future__ import annotations

import ipaddress

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from lerend_web.ops.sharing import shared_host, square_of


def test_installation_for_real_people_is_not_shared_without_https(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="Only a demo"):
        shared_host()


@pytest.mark.enable_socket
def test_shared_address_is_one_that_others_can_reach(settings: Settings) -> None:
    settings.DEMO = True
    try:
        host = ipaddress.ip_address(shared_host())
    except CommandError:
        pytest.skip("this machine is on no network")
    assert host.version == 4
    assert not host.is_unspecified


def test_square_holds_the_address_in_lines_of_one_width() -> None:
    lines = square_of("http://192.0.2.7:8000").splitlines()
    assert len(lines) > 10
    assert square_of("http://192.0.2.7:8000") != square_of("http://192.0.2.8:8000")
