"""How the embedded databases are opened; both processes open the urn alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def sqlite(path: Path) -> dict[str, Any]:
    """An embedded database that keeps what was acknowledged through a power cut.

    WAL lets readers go on while one writes; IMMEDIATE makes writers queue, not fail; FULL waits for the disk;
    `secure_delete` overwrites what is deleted.
    """
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}
