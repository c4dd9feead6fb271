"""One file with a holder's keys for a whole series of pulses: a key of its own for each, made together.

Each key inside is one as in a holder's file of a single wave, and opens that wave's boxes only. Once a pulse is closed the
server's share of it is gone, so that its key opens nothing any more; the other keys in the file are not touched by that.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Final

from lerend_web.urn.sealing import HolderFile, KeyFileFault, KeyPair, WrongKeyFile, holder_file, read_holder_file

MOST_KEYS: Final = 12
LONGEST_FILE: Final = 16_384


def series_file(*, label: str, pairs: Mapping[str, KeyPair]) -> bytes:
    """A holder's file for a series: by the code of each wave its pair. The browser makes exactly the same."""
    keys = [
        {
            "wave": wave,
            "public": base64.b64encode(pair.public).decode(),
            "private": base64.b64encode(pair.private).decode(),
        }
        for wave, pair in pairs.items()
    ]
    content = {"lerend_key_series": 1, "label": label, "keys": keys}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def key_in_series(content: bytes, *, wave: str) -> HolderFile:
    """The key of one wave.

    Raises:
        WrongKeyFile: it is no file of a series, it is damaged, or holds no key of this wave.
    """
    label, keys = _keys(content)
    for key in keys:
        if key.get("wave") == wave:
            pair = KeyPair(_decoded(key.get("private")), _decoded(key.get("public")))
            # Read back as the file of one wave, so that both kinds are checked alike.
            return read_holder_file(holder_file(wave=wave, label=label, pair=pair), wave=wave)
    raise WrongKeyFile(KeyFileFault.OTHER_WAVE)


def _keys(content: bytes) -> tuple[str, list[dict[str, object]]]:
    try:
        read = json.loads(content) if len(content) <= LONGEST_FILE else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict) or read.get("lerend_key_series") != 1 or not isinstance(read.get("keys"), list):
        raise WrongKeyFile(KeyFileFault.NOT_A_KEY_FILE)
    return str(read.get("label", "")), [key for key in read["keys"] if isinstance(key, dict)]


def _decoded(text: object) -> bytes:
    try:
        return base64.b64decode(text if isinstance(text, str) else "", validate=True)
    except ValueError:
        raise WrongKeyFile(KeyFileFault.DAMAGED) from None
