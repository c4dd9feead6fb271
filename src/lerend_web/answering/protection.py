"""What door 2 refuses before it reads, and what it tells the browser with every response.

A request carries no cookie, so no other site can act in somebody's name: whoever sends answers must hold the pass
itself. Checking where a request comes from is the second wall.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from lerend_web.answering.views import problems

LARGEST_BODY: Final = 64 * 1024
TAKEN: Final = {"application/json", "application/x-www-form-urlencoded"}

CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}


def guarded(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the outermost: refuses strangers and giants, and adds the headers to every response."""

    def answer_guarded(request: HttpRequest) -> HttpResponse:
        response = _refusal(request) or answer(request)
        for name, value in HEADERS.items():
            response[name] = value
        if not request.path_info.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        if request.method != "HEAD" and not response.streaming and response.status_code not in {204, 304}:
            response["Content-Length"] = str(len(response.content))  # so that it needs no pieces on the line
        return response

    return answer_guarded


def _refusal(request: HttpRequest) -> HttpResponse | None:
    try:
        host = request.get_host()
    except DisallowedHost:
        return problems.bad_request(request)
    if request.method != "POST":
        return None
    length = _length(request)
    if length is None or length > LARGEST_BODY:
        _read_away(request, length or 0)
        return problems.too_large(request)
    if not comes_from_here(request, host) or request.content_type not in TAKEN:
        return problems.forbidden(request)
    return None


def comes_from_here(request: HttpRequest, host: str) -> bool:
    """Whether one of our own pages sent this.

    With `no-referrer` a browser sends ``Origin: null`` with a form of our own, and ``Sec-Fetch-Site: same-origin``
    beside it; without the latter null is refused. A program that sends neither holds no one's rights but its own.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None or (origin == "null" and site == "same-origin"):
        return True
    return urlsplit(origin).netloc == host


def _length(request: HttpRequest) -> int | None:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _read_away(request: HttpRequest, length: int) -> None:
    """Up to 2 MB of what is refused is read and thrown away, so that a browser hears why and does not see a cut line."""
    left = min(length, 2 * 1024 * 1024)
    while left > 0 and (piece := request.read(min(left, LARGEST_BODY))):
        left -= len(piece)
