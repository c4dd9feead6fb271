"""The server's half of the urn's key: one file a wave, outside both databases, backed up apart, erased at closing."""

from __future__ import annotations

import json
from pathlib import Path

from lerend_web.scans.domain.secret_files import erase, make_once, secret_path
from lerend_web.scans.models import Wave
from lerend_web.urn.sealing import KeyPair, new_key_pair


def path_of(wave: Wave) -> Path:
    """Where the share of a wave is kept."""
    return secret_path("shares", wave.code)


def share_of(wave: Wave) -> KeyPair:
    """The share of a wave.

    Raises:
        FileNotFoundError: it was never made, or it is erased.
    """
    content = json.loads(path_of(wave).read_text("ascii"))
    return KeyPair(private=bytes.fromhex(content["private"]), public=bytes.fromhex(content["public"]))


def made_share_of(wave: Wave) -> KeyPair:
    """The share of a wave, made the first time; two processes that start together get the same."""
    make_once(path_of(wave), _new_share)
    return share_of(wave)


def erase_share_of(wave: Wave) -> None:
    """Overwrite the share, then remove it; doing so twice does no harm."""
    erase(path_of(wave))


def _new_share() -> str:
    pair = new_key_pair()
    return json.dumps({"private": pair.private.hex(), "public": pair.public.hex()})
