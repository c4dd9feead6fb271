"""A file that lies in memory only: the readers of answers want a name, and no upload may ever touch a disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def in_memory(content: bytes) -> Iterator[Path]:
    """A name under which this process can read the content; nobody else can, and afterwards it is gone.

    The system holds it as an anonymous file: it stands in no folder, and ends with the process at the latest.
    """
    descriptor = os.memfd_create("answers", os.MFD_CLOEXEC)
    try:
        with os.fdopen(descriptor, "wb", closefd=False) as file:
            file.write(content)
        yield Path(f"/proc/self/fd/{descriptor}")
    finally:
        os.close(descriptor)
