"""``python -m lerend_web keyfile``: a key file for who cannot make one in a browser."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lerend_web.urn.sealing import holder_file, new_key_pair


class Command(BaseCommand):
    help = "Makes a key file on this machine, and prints the public part to hand in. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the round, as its page of keys shows it")
        parser.add_argument("--label", required=True, help="who keeps the key")
        parser.add_argument("--out", type=Path, help="where the file goes (default: lerend-key-CODE.json)")

    def handle(self, *_arguments: Any, wave: str, label: str, out: Path | None, **_options: Any) -> None:
        pair = new_key_pair()
        path = out or Path(f"lerend-key-{wave}.json")
        _write_new(path, holder_file(wave=wave, label=label, pair=pair))
        self.stdout.write(f"Key file: {path}  (keep it safe, and give it to nobody)")
        self.stdout.write(f"Public part, to hand in: {base64.b64encode(pair.public).decode()}")


def _write_new(path: Path, content: bytes) -> None:
    """Readable by its owner only; another key file is never overwritten.

    Raises:
        CommandError: there is a file of that name, or it cannot be written there.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CommandError(f"{path} is there already. Choose another name with --out.") from error
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
