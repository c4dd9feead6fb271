"""Pages that are the same for everybody: made once a process, kept with their compressed form, sent without work."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lerend_web.answering.domain.forms import form_shown

MOST_KEPT: Final = 128


@dataclass(frozen=True, slots=True)
class KeptPage:
    plain: bytes
    compressed: bytes


_keeping = Lock()
_kept: OrderedDict[Hashable, KeptPage] = OrderedDict()
_items: dict[tuple[str, str, str, bool], SafeString] = {}


def kept_page(request: HttpRequest, key: Hashable, make: Callable[[], str], *, status: int = 200) -> HttpResponse:
    """The page under this key. It holds nothing about a visitor, so compressing it gives nothing away."""
    page = _kept.get(key)
    if page is None:
        plain = make().encode()
        page = KeptPage(plain, gzip.compress(plain, mtime=0))
        with _keeping:
            _kept[key] = page
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return HttpResponse(page.compressed, headers=headers, status=status)
    return HttpResponse(page.plain, headers={"Vary": "Accept-Encoding"}, status=status)


def item_block(reference: str, form: str, language: str, *, takes_comments: bool) -> SafeString:
    """The items of a form as HTML: once per version, form and language. Raises KeyError for a form that is not there."""
    key = (reference, form, language, takes_comments)
    if key not in _items:
        shown = form_shown(reference, form, language, takes_comments=takes_comments)
        _items[key] = render_to_string("answering/items.html", {"form": shown, "language": language})
    return _items[key]


def drawn(template: str, context: dict[str, Any]) -> str:
    return render_to_string(template, context)


def forget_pages() -> None:
    """For tests: as after a fresh start."""
    _kept.clear()
    _items.clear()
