"""Files of the pages (script, style, pictures), sent compressed: each is compressed once a process.

Only files go through here, never a page that holds something of a person: from the length of what is compressed
together with it a secret could be guessed.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

KINDS: Final = {
    ".css": 'text/css; charset="utf-8"',
    ".js": 'text/javascript; charset="utf-8"',
    ".svg": "image/svg+xml",
}
KEPT_FOR: Final = "max-age=60, public"
"""As WhiteNoise says of the same files; the mark after it saves sending them again."""


@dataclass(frozen=True, slots=True)
class PressedFile:
    content: bytes
    kind: str
    mark: str


def pressed(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware before WhiteNoise, which sends what is left: other kinds, and to whoever takes nothing compressed."""

    def answer_pressed(request: HttpRequest) -> HttpResponse:
        file = _file(request.path_info) if _is_for_us(request) else None
        return answer(request) if file is None else _sent(request, file)

    return answer_pressed


def _is_for_us(request: HttpRequest) -> bool:
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    return takes and request.method in {"GET", "HEAD"} and request.path_info.startswith(settings.STATIC_URL)


def _sent(request: HttpRequest, file: PressedFile) -> HttpResponse:
    headers = {"Cache-Control": KEPT_FOR, "Vary": "Accept-Encoding", "ETag": file.mark}
    if request.headers.get("If-None-Match") == file.mark:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(file.content, content_type=file.kind, headers=headers | {"Content-Encoding": "gzip"})


def _file(address: str) -> PressedFile | None:
    """The file of an address; names are looked up in a list, so that no address reaches the disk."""
    path = _paths().get(address)
    return None if path is None else _pressed(path)


@lru_cache(maxsize=1)
def _paths() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for finder in get_finders():
        for name, storage in finder.list([]):
            if Path(name).suffix in KINDS:
                found.setdefault(settings.STATIC_URL + name, Path(storage.path(name)))
    return found


@lru_cache(maxsize=256)
def _pressed(path: Path) -> PressedFile:
    content = gzip.compress(path.read_bytes(), mtime=0)
    return PressedFile(content, KINDS[path.suffix], f'"{hashlib.sha256(content).hexdigest()[:32]}"')
