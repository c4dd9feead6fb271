"""The made-up colleagues answer: through door 2's own verb, each with the card that they drew, like everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from lerend_web.demo.company import SHIFT_ANSWERS, number_of_sanne
from lerend_web.demo.domain.remarks import REMARKS
from lerend_web.demo.domain.sheets import filled_in
from lerend_web.demo.domain.world import team_of, workforce
from lerend_web.demo.files import Cards
from lerend_web.urn.domain.boxes import NotTaking, Refused, deliver
from lerend_web.urn.domain.sheet import Sheet


def sheet_of(person: int) -> Sheet:
    """What one made-up person of Voorbeeld Zuivel fills in."""
    people = workforce()
    shift, _team = team_of(person)
    background = {
        "shift": SHIFT_ANSWERS[shift],
        "tenure": people.tenure[person],
        "contract": "agency" if people.agency[person] else "permanent",
    }
    sheet = filled_in(people.batch.codes[person].tolist(), form=people.form[person], background=background)
    return replace(sheet, comments={"general": REMARKS[person]}) if person in REMARKS else sheet


def let_others_answer(cards: Cards) -> Iterator[int]:
    """Everybody but Sanne answers, one at a time; gives how many have. Done again, it changes nothing."""
    for person, code in enumerate(cards.codes):
        if person == number_of_sanne():
            continue
        try:
            deliver(
                wave=cards.wave,
                secret=_secret_of(code),
                card=code,
                signature=None,
                key_group=None,
                sheet=sheet_of(person),
            )
        except NotTaking:
            return  # closed, or begun again, meanwhile
        except Refused:
            continue  # somebody in the room used this card on a phone
        yield person


def _secret_of(code: str) -> bytes:
    """A person's secret comes from chance; a made-up person's from their card, so that nobody answers twice."""
    return hashlib.sha256(b"lerend demo secret\0" + code.encode()).digest()
