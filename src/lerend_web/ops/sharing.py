"""A demo for phones on the same network: which address of this machine they reach, and that address as a square."""

from __future__ import annotations

import io
import socket

import segno
from django.conf import settings
from django.core.management import CommandError

_ELSEWHERE = ("192.0.2.1", 9)
"""An address for documentation. Nothing is sent there: the system only says which way it would go."""


def shared_host() -> str:
    """The address under which others on this network reach this machine.

    Raises:
        CommandError: there is no network, or real people use this installation.
    """
    if not settings.DEMO:
        raise CommandError("Only a demo can be shared like this: without https others could read along.")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        try:
            way_out.connect(_ELSEWHERE)
        except OSError as error:
            raise CommandError(f"This machine is on no network that phones could be on: {error.strerror}.") from error
        return str(way_out.getsockname()[0])


def square_of(address: str) -> str:
    """The address as QR code in text, for the camera of a phone."""
    drawn = io.StringIO()
    segno.make(address, error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue()
