"""The platform finds a port, says where it is, and answers there."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.core.management.base import CommandError

from lerend_web.ops.management.commands.serve import listen


def test_platform_answers_where_it_said_it_would(address: str) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", "/health")
    assert json.load(connection.getresponse()) == {"status": "ok"}
    connection.close()


def test_taken_port_leads_to_the_next_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with listen("127.0.0.1", port) as found:
            assert port < found.getsockname()[1] <= port + 50


def test_address_of_another_machine_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match=r"Cannot listen on 192\.0\.2\.1"):
        listen("192.0.2.1", 0)
