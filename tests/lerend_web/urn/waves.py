"""Waves for tests: opened in the urn as the register would, with keys that the test holds."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lerend.model import load_instrument
from lerend_web.urn import passes, sealing, tokens
from lerend_web.urn.domain import boxes

INSTRUMENT = load_instrument("employee-scan@1")


@cache
def token_keys(name: str) -> bytes:
    """Private token keys are slow to make, so each name has one a process."""
    return tokens.new_token_key()


@dataclass
class MadeWave:
    """An open wave with two card groups and one mail group, and every secret that belongs to it."""

    code: str = field(default_factory=passes.new_public_code)
    holder: sealing.KeyPair = field(default_factory=sealing.new_key_pair)
    server: sealing.KeyPair = field(default_factory=sealing.new_key_pair)
    packers: str = field(default_factory=passes.new_public_code)
    drivers: str = field(default_factory=passes.new_public_code)
    office: str = field(default_factory=passes.new_public_code)
    cards: dict[str, list[str]] = field(default_factory=dict)

    @property
    def key_groups(self) -> list[str]:
        return [self.packers, self.drivers, self.office]

    def document(self) -> dict[str, Any]:
        public = tokens.public_part(token_keys("office"))
        return {
            "wave": self.code,
            "instrument": INSTRUMENT.reference,
            "k": 5,
            "closes_on": "2027-03-31",
            "heard_back_on": "2027-04-30",
            "promise_digest": "ab" * 32,
            "organisation": "Voorbeeld Zuivel",
            "holders": [_base64(self.holder.public)],
            "server": _base64(self.server.public),
            "key_groups": [
                {"code": self.packers, "mode": "card", "token_key": None},
                {"code": self.drivers, "mode": "card", "token_key": None},
                {"code": self.office, "mode": "mail", "token_key": _base64(public)},
            ],
        }

    def print_cards(self, key_group: str, number: int) -> list[str]:
        codes = [passes.new_card_code() for _ in range(number)]
        boxes.register_cards(key_group=key_group, hashes=[passes.card_hash(code) for code in codes])
        self.cards.setdefault(key_group, []).extend(codes)
        return codes

    def opened(self, sealed: bytes) -> Any:
        from lerend_web.urn.domain.sheet import unpacked  # noqa: PLC0415 -- only some tests open boxes

        content = sealing.unseal(sealed, holder=self.holder.private, server=self.server.private)
        return unpacked(content, INSTRUMENT)


def made_wave(*, cards: int = 3) -> MadeWave:
    wave = MadeWave()
    boxes.start_intake(document=wave.document())
    wave.print_cards(wave.packers, cards)
    wave.print_cards(wave.drivers, cards)
    return wave


def new_secret() -> bytes:
    return secrets.token_bytes(passes.SECRET_BYTES)


def signature_over(secret: bytes, *, key: str = "office") -> bytes:
    """A mail pass, as door 1 and a browser make it together."""
    private = token_keys(key)
    blinding = tokens.blind(tokens.public_part(private), secret)
    return tokens.finalise(tokens.public_part(private), blinding, tokens.blind_sign(private, blinding.blinded))


def filled_in(form: str = "a", *, answer: str = "4", comments: dict[str, str] | None = None) -> dict[str, Any]:
    """The content of a sheet with one answer to everything."""
    items = next(one.items for one in INSTRUMENT.forms if one.id == form)
    return {
        "form": form,
        "language": "nl",
        "answers": dict.fromkeys(items, answer),
        "background": {"shift": "night"},
        "comments": comments or {},
    }


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
