"""The way to door 2, where people answer: its address, and that address as a square to scan."""

from __future__ import annotations

import io

import segno
from django.conf import settings

from lerend_web.demo.company import number_of_sanne
from lerend_web.demo.files import Cards
from lerend_web.urn.passes import shown


def sannes_code(cards: Cards) -> str:
    """The code on the card that Sanne drew, as it is printed."""
    return shown(cards.codes[number_of_sanne()])


def sannes_link(cards: Cards) -> str:
    """What the square on her card holds."""
    return link_of(cards, sannes_code(cards))


def link_of(cards: Cards, code: str) -> str:
    """What the square on a card holds. The code stands behind the #, so it reaches no server's log."""
    return f"{settings.ANSWERING_ADDRESS}/{cards.wave}/#{shown(code)}"


def square(link: str) -> bytes:
    """A link as QR code, in SVG."""
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="svg", border=2, light="#fff", scale=4)
    return picture.getvalue()
