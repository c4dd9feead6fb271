"""How often something may happen in a minute. Counted in this process's memory only, so that nothing is written down.

Whoever comes is known here by a hash under a key that nobody else has and that goes with the process.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Final

MINUTE: Final = 60.0
MOST_NAMES: Final = 10_000


class AMinute:
    """At most so many a minute for each name."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock, self._key = most, clock, secrets.token_bytes(32)
        self._seen: dict[bytes, deque[float]] = {}
        self._lock = Lock()

    def is_over(self, name: str) -> bool:
        """Whether this name has used up its minute."""
        with self._lock:
            return len(self._recent(self._hidden(name))) >= self._most

    def count(self, name: str) -> None:
        """One more for this name."""
        hidden = self._hidden(name)
        with self._lock:
            if len(self._seen) >= MOST_NAMES:
                self._forget()
            recent = self._recent(hidden)
            recent.append(self._clock())
            self._seen[hidden] = recent

    def forget_everything(self) -> None:
        """For tests: as after a fresh start."""
        with self._lock:
            self._seen.clear()

    def _recent(self, hidden: bytes) -> deque[float]:
        times = self._seen.get(hidden, deque(maxlen=self._most))
        while times and times[0] < self._clock() - MINUTE:
            times.popleft()
        return times

    def _forget(self) -> None:
        for hidden in list(self._seen):
            if not self._recent(hidden):
                del self._seen[hidden]
        if len(self._seen) >= MOST_NAMES:
            self._seen.clear()

    def _hidden(self, name: str) -> bytes:
        return hashlib.blake2b(name.encode(), key=self._key, digest_size=16).digest()
