"""Cards to draw from a bowl: printed once by the programme, kept nowhere but on paper.

The codes exist in this process's memory until the PDF is made. What stays are their hashes, in the urn. Who voids
cards does so with a second person; then, and only then, new ones can be printed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import segno
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.other_languages import how_to_start
from lerend_web.scans.domain.paper import digest_shown, pdf_of, spelled
from lerend_web.scans.domain.planning import note
from lerend_web.scans.domain.promise import seal_promise
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import KeyGroup, Wave
from lerend_web.scans.queries import lock
from lerend_web.urn.domain import boxes
from lerend_web.urn.passes import card_hash, new_card_code, shown

_ON_A_SHEET: Final = 8
_MASK: Final = 3


def print_cards(*, wave: Wave, by: Person | None, at: datetime, address: str | None = None) -> bytes:
    """The cards of a wave as PDF: for each key group its people and 20 % more, in the order of chance. Made once.

    From here on the promise stands, for it is on the cards.

    Args:
        address: where people answer, such as ``https://scan.example.org``; by default the one in the settings.

    Raises:
        CannotOpenYet: the promise cannot be sealed yet.
        CardsCannotBePrinted: there are cards already, or people take part by mail.
    """
    _must_need_cards(wave)
    seal_promise(wave=wave, by=by, at=at)
    groups = list(wave.key_groups.all())
    codes = {group.code: [new_card_code() for _card in range(rules.cards_for(group.invited))] for group in groups}
    paper = pdf_of("cards", _data(wave, groups, codes, address or settings.ANSWERING_ADDRESS))
    with transaction.atomic():
        digest = wave.promise_digest
        lock(wave)
        _must_need_cards(wave)
        if wave.promise_digest != digest:
            raise rules.CardsCannotBePrinted(_("Somebody changed the round just now. Look at it again, then print."))
        wave.cards_printed_at = at
        wave.save()
        _register(groups, codes)
        note(wave, "cards.printed", by=by, at=at, cards=sum(map(len, codes.values())))
    return paper


def void_cards(*, wave: Wave, by: Person, at: datetime) -> bool:
    """Make all cards that nobody used worthless. The first person asks, a second one does it (in a demo one will do).

    Returns:
        Whether it was done; False when a second person is still needed.

    Raises:
        CardsCannotBePrinted: there are no cards.
    """
    with transaction.atomic():
        lock(wave)
        if wave.cards_printed_at is None:
            raise rules.CardsCannotBePrinted(_("There are no cards."))
        if not wave.programme.is_demo and wave.void_asked_by_id in {None, by.pk}:
            wave.void_asked_by = by
            wave.save()
            note(wave, "cards.voiding_asked", by=by, at=at)
            return False
        first = wave.void_asked_by_id
        _forget_cards(wave)
        note(wave, "cards.voided", by=by, at=at, asked_by=first)
    return True


def _forget_cards(wave: Wave) -> None:
    """How many were used per group is not written down before closing: it would be the response of a team."""
    groups = list(wave.key_groups.all())
    voided = boxes.void_cards(key_groups=[group.code for group in groups])
    wave.cards_printed_at = None
    wave.void_asked_by = None
    if wave.state == WaveState.PLANNED and not wave.series_digest:
        wave.promise = wave.promise_digest = ""
    if wave.state == WaveState.PLANNED:
        for group in groups:
            group.voided = voided.get(group.code, 0)
            group.save()
    wave.save()


def _must_need_cards(wave: Wave) -> None:
    if wave.mode != Mode.CARD:
        raise rules.CardsCannotBePrinted(_("In this round people take part by mail. There are no cards."))
    if wave.state not in {WaveState.PLANNED, WaveState.OPEN}:
        raise rules.CardsCannotBePrinted(_("This round is closed. Nobody can use a card any more."))
    if wave.cards_printed_at is not None:
        raise rules.CardsCannotBePrinted(
            _("The cards were printed already. Two people must void them before you can print new ones.")
        )


def _register(groups: Sequence[KeyGroup], codes: Mapping[str, Sequence[str]]) -> None:
    # Hashes that a power cut left behind belong to paper that nobody ever held.
    boxes.void_cards(key_groups=[group.code for group in groups])
    for group in groups:
        group.printed += len(codes[group.code])
        group.save()
        boxes.register_cards(key_group=group.code, hashes=sorted(card_hash(code) for code in codes[group.code]))


def _data(wave: Wave, groups: Sequence[KeyGroup], codes: Mapping[str, Sequence[str]], address: str) -> dict[str, Any]:
    return {
        "title": gettext("Cards"),
        "wave": f"{wave.organisation.name} · {wave.name}",
        "promise_word": gettext("Promise"),
        "digest": digest_shown(wave),
        "address": address,
        "code_word": gettext("Scan this, or go to the address and type the code:"),
        "qr_alt": gettext("The same address and code as a square to scan"),
        "how": [
            gettext("Fold here: the code goes inside."),
            gettext("Draw a card from the bowl of your own team. Nobody knows who has which card."),
            gettext("Use your own phone. You can answer until %(day)s.") % {"day": spelled(wave.closes_on)},
            gettext("You hear what came of it on %(day)s.") % {"day": spelled(wave.heard_back_on)},
        ],
        "others": how_to_start(wave),
        "sheets": list(_sheets(wave, groups, codes, address)),
    }


def _sheets(
    wave: Wave, groups: Sequence[KeyGroup], codes: Mapping[str, Sequence[str]], address: str
) -> Iterator[list[dict[str, str]]]:
    """Eight cards each, a new sheet for each group, so that nothing has to be sorted by hand."""
    for group in groups:
        mixed = random.SystemRandom().sample(codes[group.code], len(codes[group.code]))
        for first in range(0, len(mixed), _ON_A_SHEET):
            sheet = mixed[first : first + _ON_A_SHEET]
            yield [{"group": group.label, "code": shown(code), "qr": _qr(wave, code, address)} for code in sheet]


def _qr(wave: Wave, code: str, address: str) -> str:
    """The code stands behind the #: it never reaches a server's log, a proxy or another site."""
    # Every mask can be read; looking for the prettiest of eight takes four times as long as all the rest.
    return segno.make(f"{address}/{wave.code}/#{shown(code)}", error="m", mask=_MASK).svg_inline(border=2)
