"""A worker of gunicorn that reads a request whole before a thread looks at it.

gunicorn's own workers hand a connection to a thread, or to the whole process, as soon as its first byte is there: a few
phones with a bad line, or somebody with bad intentions, then keep everybody waiting (attack T35). Here waitress collects
what arrives for any number of connections in one loop, and threads see only requests that are complete. gunicorn goes on
doing what it does well: starting workers, starting them again, stopping them.
"""

from __future__ import annotations

import logging
import os
import time
from typing import Any, Final

from gunicorn.workers.base import Worker
from waitress import create_server, wasyncore

CONNECTIONS: Final = 2000
"""How many may be open in one process; the next ones wait until one is closed."""
IDLE: Final = 30
"""Seconds after which a connection on which nothing happens is closed."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a request; what each page takes is less, and the page says so itself."""


class WholeRequests(Worker):  # type: ignore[misc]  # gunicorn has no types
    """`--threads` requests at a time, and as many slow connections as may come."""

    def run(self) -> None:
        # Its warnings name addresses of whoever sent something odd.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        open_now: dict[int, Any] = {}
        server = create_server(
            self.wsgi,
            map=open_now,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE,
            cleanup_interval=IDLE // 2,
            max_request_body_size=LARGEST,
            backlog=self.cfg.backlog,
            asyncore_use_poll=True,
            # Which headers of a proxy are believed is for the settings of the platform to say.
            clear_untrusted_proxy_headers=False,
            ident=None,
        )
        while self.alive and self._has_its_parent():
            self._turn(open_now)
        self._finish(server, open_now)

    def _has_its_parent(self) -> bool:
        return bool(self.ppid == os.getppid())

    def _turn(self, open_now: dict[int, Any]) -> None:
        self.notify()
        wasyncore.loop(timeout=1.0, use_poll=True, map=open_now, count=1)

    def _finish(self, server: Any, open_now: dict[int, Any]) -> None:
        """Takes no new connection, and ends what was begun, for as long as gunicorn allows."""
        server.accepting = False
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(channel.requests for channel in server.active_channels.values()):
            self._turn(open_now)
        server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)
