"""The server's half of the urn's key: one file a wave, outside both databases, backed up apart, erased at closing."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from django.conf import settings

from lerend_web.scans.models import Wave
from lerend_web.urn.sealing import KeyPair, new_key_pair


def path_of(wave: Wave) -> Path:
    """Where the share of a wave is kept."""
    folder = Path(settings.VAR) / "shares"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / wave.code


def share_of(wave: Wave) -> KeyPair:
    """The share of a wave.

    Raises:
        FileNotFoundError: it was never made, or it is erased.
    """
    content = json.loads(path_of(wave).read_text("ascii"))
    return KeyPair(private=bytes.fromhex(content["private"]), public=bytes.fromhex(content["public"]))


def made_share_of(wave: Wave) -> KeyPair:
    """The share of a wave, made the first time; two processes that start together get the same."""
    path = path_of(wave)
    if not path.exists():
        own = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        _write(own, new_key_pair())
        try:
            path.hardlink_to(own)
        except FileExistsError:
            _erase(own)
        else:
            own.unlink()
        _sync(path.parent)
    return share_of(wave)


def erase_share_of(wave: Wave) -> None:
    """Overwrite the share, then remove it; doing so twice does no harm."""
    path = path_of(wave)
    if path.exists():
        _erase(path)
        _sync(path.parent)


def _write(path: Path, pair: KeyPair) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"private": pair.private.hex(), "public": pair.public.hex()}, file)
        file.flush()
        os.fsync(file.fileno())


def _erase(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
