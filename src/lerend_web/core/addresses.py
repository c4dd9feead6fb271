"""Full addresses for mails and paper: always under the configured name, never under what a request claims."""

from __future__ import annotations

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme


def absolute(path: str) -> str:
    """The address of a path of this platform."""
    return f"{settings.ADDRESS}{path}"


def is_local(path: str) -> bool:
    """Whether a wish where to go next stays on this platform: a plain path, nothing that a browser reads as a host."""
    plain = path.startswith("/") and "\\" not in path and path.isprintable()
    return plain and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
