"""What a browser is told not to do with our pages.

Django 5.2 has no content security policy of its own (6.0 has); three fixed lines need no package.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'none'",  # no frame, nothing from elsewhere
        "script-src 'self'",  # files of our own, never script in a page
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
PERMISSIONS_POLICY: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def protected(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that adds both policies to every response, errors and files included."""

    def answer_protected(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        # A page that brings a stricter policy of its own keeps it.
        response.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return answer_protected
