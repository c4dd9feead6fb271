"""``python -m tests.lerend_web.scans.restoring``: one wave in processes that may be killed, on databases that are kept.

collect             a card wave in which 46 of 62 people answered; prints the key holders' files
close [STEP]        closes with the first file on standard input; with STEP killed right after it, before it is noted
open                tries every key that can be found in the restored databases and folder; prints what came of it
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch


def collect() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415 -- only after Django is set up

    from lerend_web.ops.upgrade import bring_up_to_date  # noqa: PLC0415 -- only after Django is set up
    from lerend_web.urn.domain import last_day  # noqa: PLC0415 -- the same
    from tests.lerend_web.scans import dairy as scans  # noqa: PLC0415 -- the same

    if not settings.DATABASE_ROLES:
        bring_up_to_date()
    dairy = scans.new_dairy()
    wave = scans.plan(dairy)
    scans.add_holders(wave, dairy)
    wave = scans.opened(wave, dairy)
    with patch.object(last_day, "now", return_value=scans.OPENS):
        answered = scans.let_answer(wave, comment="a remark")
    scans.void(wave, dairy)
    return {"answered": answered, "files": [file.decode() for file in dairy.files]}


def close(killed_after: str) -> dict[str, Any]:
    from lerend_web.scans.domain import closing  # noqa: PLC0415 -- only after Django is set up
    from lerend_web.scans.models import FrozenWave, Wave  # noqa: PLC0415 -- the same
    from lerend_web.scans.rules import CannotClose  # noqa: PLC0415 -- the same
    from lerend_web.urn.models import Box, Card  # noqa: PLC0415 -- the same
    from tests.lerend_web.scans.dairy import CLOSES  # noqa: PLC0415 -- the same

    def killing(step: Callable[[closing.Closing], None]) -> Callable[[closing.Closing], None]:
        def run(one: closing.Closing) -> None:
            step(one)
            os.kill(os.getpid(), signal.SIGKILL)

        return run

    steps = tuple((name, killing(step) if name == killed_after else step) for name, step in closing.STEPS)
    wave = Wave.objects.get()
    with patch.object(closing, "STEPS", steps):
        try:
            frozen = closing.close_wave(wave=wave, holder_file=_files()[0], by=None, at=CLOSES)
        except CannotClose as refused:
            return {"refused": str(refused)}
    left = Box.objects.count() + Card.objects.count()
    return {"answered": frozen.answered, "waves": FrozenWave.objects.count(), "left": left, "state": wave.state}


def open_boxes() -> dict[str, Any]:
    """With every holder's file, and as server's share whatever looks like a key anywhere."""
    from django.conf import settings  # noqa: PLC0415 -- only after Django is set up

    from lerend_web.urn.models import Box  # noqa: PLC0415 -- the same
    from lerend_web.urn.sealing import CannotOpen, read_holder_file, unseal  # noqa: PLC0415 -- the same
    from tests.lerend_web.scans.dairy import everything_in  # noqa: PLC0415 -- the same

    holders = [read_holder_file(file).private for file in _files()]
    found = everything_in("default") + everything_in("urn")
    found += "".join(path.read_bytes().decode("latin-1") for path in Path(settings.VAR).rglob("*") if path.is_file())
    keys = {bytes.fromhex(text) for text in re.findall(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", found)}
    keys |= {base64.b64decode(text) for text in re.findall(r"[A-Za-z0-9+/]{43}=", found)} | set(holders)
    boxes, opened = [bytes(box.sealed) for box in Box.objects.all()], 0
    # One key opens all boxes of a wave or none: a few boxes are enough to find it.
    for box in boxes[:3]:
        for key in keys:
            for holder in holders:
                try:
                    unseal(box, holder=holder, server=key)
                except CannotOpen:
                    continue
                opened += 1
    return {"boxes": len(boxes), "keys": len(keys), "opened": opened}


def _files() -> list[bytes]:
    return [str(file).encode() for file in json.loads(os.environ["HOLDERS"])]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    import django  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    django.setup()
    what, *step = sys.argv[1:]
    did = {"collect": collect, "close": lambda: close("".join(step)), "open": open_boxes}[what]()
    print(json.dumps(did))  # noqa: T201 -- the test reads it


if __name__ == "__main__":
    main()
