"""The public document of a wave, as door 2 reads it."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

LARGEST_QUESTIONNAIRE: Final = 5_000_000
"""Bytes of the text of a questionnaire that a document carries."""


class DocumentIsDamaged(Exception):
    """The questionnaire in a wave's document is not the one that its digest names."""


@dataclass(frozen=True, slots=True)
class CarriedQuestionnaire:
    """A questionnaire that does not come with the platform: door 2 has no register to look it up in.

    `layers` gives, for each factor or outcome that is asked about, where a screen shows it.
    """

    digest: str
    source: str
    layers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """One key group. `token_key` is the public half of the key that signs its mail passes; none for cards.

    `at_most` is the number of mail passes that door 1 will ever sign for it, where the document says so.
    """

    code: str
    mode: str
    token_key: bytes | None
    at_most: int | None


@dataclass(frozen=True, slots=True)
class WaveDocument:
    """Which form, until when, under which keys and which promise. Everything here is public.

    In a trial everything goes as it will go for real, and nothing is kept.
    """

    wave: str
    instrument: str
    organisation: str
    k: int
    closes_on: date
    heard_back_on: date
    promise: str
    promise_digest: str
    holders: tuple[bytes, ...]
    server: bytes
    key_groups: tuple[DocumentGroup, ...]
    text: str
    trial_on: date | None
    carried: CarriedQuestionnaire | None
    takes_comments: bool

    @property
    def takes_until(self) -> date:
        """The last day on which anything is taken: of a trial the day itself, whatever date it shows."""
        return self.trial_on if self.trial_on is not None else self.closes_on

    @property
    def is_trial(self) -> bool:
        return self.trial_on is not None

    def group(self, code: str) -> DocumentGroup | None:
        return next((group for group in self.key_groups if group.code == code), None)


@lru_cache(maxsize=256)
def read_document(text: str) -> WaveDocument:
    """The document as stored; it never changes while a wave is open, so reading it once a process is enough."""
    found: dict[str, Any] = json.loads(text)
    return WaveDocument(
        wave=found["wave"],
        instrument=found["instrument"],
        organisation=found["organisation"],
        k=int(found["k"]),
        closes_on=date.fromisoformat(found["closes_on"]),
        heard_back_on=date.fromisoformat(found["heard_back_on"]),
        promise=found.get("promise", ""),
        promise_digest=found["promise_digest"],
        holders=tuple(base64.b64decode(key, validate=True) for key in found["holders"]),
        server=base64.b64decode(found["server"], validate=True),
        key_groups=tuple(map(_group, found["key_groups"])),
        text=text,
        trial_on=date.fromisoformat(found["trial_on"]) if "trial_on" in found else None,
        carried=_carried(found["questionnaire"]) if "questionnaire" in found else None,
        takes_comments=found.get("takes_comments", True) is True,
    )


def carried_in_document(*, source: str, layers: Mapping[str, str]) -> dict[str, Any]:
    """A questionnaire as a wave's document carries it: compressed, as documents are read with each card."""
    content = source.encode("utf-8")
    packed = base64.b64encode(zlib.compress(content, 9)).decode("ascii")
    return {"digest": hashlib.sha256(content).hexdigest(), "zlib": packed, "layers": dict(layers)}


def _carried(found: dict[str, Any]) -> CarriedQuestionnaire:
    content = zlib.decompressobj().decompress(base64.b64decode(found["zlib"], validate=True), LARGEST_QUESTIONNAIRE)
    if hashlib.sha256(content).hexdigest() != found["digest"]:
        raise DocumentIsDamaged(found["digest"])
    return CarriedQuestionnaire(found["digest"], content.decode("utf-8"), found["layers"])


def _group(found: dict[str, Any]) -> DocumentGroup:
    key = found.get("token_key")
    decoded = None if key is None else base64.b64decode(key, validate=True)
    return DocumentGroup(found["code"], found["mode"], decoded, found.get("at_most"))
