"""The written copy of a frozen wave: only when it can be read back are the boxes destroyed."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from lerend_web.scans.models import FrozenWave, Wave


class BackupIsDifferent(Exception):
    """What was read back is not what was written: the disk cannot be trusted, and nothing is destroyed."""


def backup_path(wave: Wave) -> Path:
    """Where the copy of a wave is kept."""
    folder = Path(settings.VAR) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{wave.code}.json"


def write_backup(frozen: FrozenWave) -> Path:
    """Write the copy, make sure that it is on the disk, read it back and compare.

    Raises:
        BackupIsDifferent: what was read back is something else.
    """
    path = backup_path(frozen.wave)
    content = _content(frozen)
    own = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    own.replace(path)
    _sync(path.parent)
    if hashlib.sha256(path.read_bytes()).digest() != hashlib.sha256(content).digest():
        raise BackupIsDifferent(path.name)
    return path


def _content(frozen: FrozenWave) -> bytes:
    return json.dumps(_values(frozen), ensure_ascii=False, sort_keys=True).encode("utf-8")


def _values(frozen: FrozenWave) -> dict[str, Any]:
    wave = frozen.wave
    return {
        "format": "lerend/frozen-wave",
        "format_version": 2,
        "wave": wave.code,
        "name": wave.name,
        "organisation": wave.organisation.name,
        "programme": wave.programme.name,
        "instrument": wave.instrument,
        "k": wave.k,
        "promise": wave.promise,
        "promise_digest": wave.promise_digest,
        "statistics": base64.b64encode(bytes(frozen.statistics)).decode("ascii"),
        "tables": frozen.tables,
        "response": frozen.response,
        "releases": list(wave.releases.values_list("content", flat=True)),
        "digest": frozen.digest,
        "answered": frozen.answered,
        "left_out": frozen.left_out,
        "comments": [[comment.about, comment.text] for comment in wave.comments.order_by("text")],
    }


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
