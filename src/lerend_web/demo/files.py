"""What the demo keeps apart from the databases: the cards that were drawn, and both key files.

A real round keeps neither on the server. The demo does, so that it can be played by one person, and says so.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Cards:
    """Which card each of the 120 people drew: its code, by their place among everybody."""

    wave: str
    codes: tuple[str, ...]


def folder() -> Path:
    """Where the demo keeps its files; only its owner can enter."""
    made = Path(settings.VAR) / "demo"
    made.mkdir(mode=0o700, exist_ok=True)
    return made


def keep_cards(cards: Cards) -> None:
    _write(folder() / "cards.json", json.dumps({"wave": cards.wave, "codes": cards.codes}).encode())


def drawn_cards() -> Cards | None:
    """The cards of the open round; None when there is no demo."""
    path = folder() / "cards.json"
    if not path.exists():
        return None
    content = json.loads(path.read_bytes())
    return Cards(content["wave"], tuple(content["codes"]))


def keep_key_file(name: str, content: bytes) -> None:
    _write(folder() / f"key-{name}.json", content)


def key_file(name: str) -> bytes | None:
    path = folder() / f"key-{name}.json"
    return path.read_bytes() if path.exists() else None


def throw_away() -> None:
    """Remove everything that the demo kept."""
    shutil.rmtree(folder())


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
