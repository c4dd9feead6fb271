"""Secrets that live in files of their own beside the databases: made once, and overwritten when their time is over."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings


def secret_path(kind: str, name: str) -> Path:
    """Where a secret of one kind is kept; only its owner can enter the folder."""
    folder = Path(settings.VAR) / kind
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / name


def make_once(path: Path, content: Callable[[], str]) -> None:
    """Write the file, unless it is there; of two processes that start together one writes it."""
    if path.exists():
        return
    own = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    _write(own, content())
    try:
        path.hardlink_to(own)
    except FileExistsError:
        _overwrite(own)
    else:
        own.unlink()
    _sync(path.parent)


def erase(path: Path) -> None:
    """Overwrite the file, then remove it; doing so twice does no harm."""
    if path.exists():
        _overwrite(path)
        _sync(path.parent)


def _write(path: Path, content: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _overwrite(path: Path) -> None:
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
