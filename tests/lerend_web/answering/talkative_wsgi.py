"""Door 2 with a middleware that a careless operator might add: it says who came."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from lerend_web.conf.answering_wsgi import application as quiet


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    seen = ("REMOTE_ADDR", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_X_FORWARDED_FOR")
    print(*(environ.get(name) for name in seen), file=sys.stderr, flush=True)  # noqa: T201 -- this is what it is for
    return quiet(environ, start_response)
