"""Programs of ours that tests start, and that end together with all they started themselves."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any


@contextmanager
def started(command: Sequence[str], **how: Any) -> Iterator[subprocess.Popen[str]]:
    """A running program; `how` is what Popen takes. Nothing is kept afterwards, so nobody waits for it to finish."""
    with subprocess.Popen(command, start_new_session=True, text=True, **how) as program:
        try:
            yield program
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
