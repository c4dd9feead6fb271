"""The bowl of the demo: everybody in the room takes a card of a made-up colleague, each a different one.

Several phones may reach into it at once: who makes the file of a card first has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from lerend_web.demo.company import number_of_sanne
from lerend_web.demo.files import Cards, folder
from lerend_web.urn.models import Card
from lerend_web.urn.passes import card_hash


def take_a_card(cards: Cards) -> int | None:
    """The place of a card that nobody took or used; it is taken now. None when the bowl is empty."""
    return next((place for place in _unused(cards) if _is_first(cards, place)), None)


def is_used(cards: Cards, place: int) -> bool:
    """Whether somebody answered with this card."""
    return Card.objects.filter(code_hash=card_hash(cards.codes[place]), bound_to__isnull=False).exists()


def _unused(cards: Cards) -> Iterator[int]:
    """From the last on: the story begins with the first. Sanne keeps hers."""
    used = {bytes(code) for code in Card.objects.exclude(bound_to=None).values_list("code_hash", flat=True)}
    for place in reversed(range(len(cards.codes))):
        if place != number_of_sanne() and card_hash(cards.codes[place]) not in used:
            yield place


def _is_first(cards: Cards, place: int) -> bool:
    try:
        (folder() / f"taken-{cards.wave}-{place}").touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return False
    return True
