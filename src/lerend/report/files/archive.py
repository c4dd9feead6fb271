"""ZIP files whose bytes depend on their content only: a fixed order, the day of the release as the only time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Final

_FIRST_YEAR: Final = 1980
"""Before it, a ZIP has no days."""


def zip_of(files: Iterable[tuple[str, bytes]], *, day: date) -> bytes:
    """The files in this order, all of them of midnight of that day."""
    when = (max(day.year, _FIRST_YEAR), day.month, day.day, 0, 0, 0)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def zipped_again(content: bytes, *, day: date) -> bytes:
    """The same ZIP without the times of its making."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zip_of([(name, archive.read(name)) for name in archive.namelist()], day=day)
