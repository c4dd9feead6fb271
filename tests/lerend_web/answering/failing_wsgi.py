"""Door 2 with a fault in the middle of a delivery: its error quotes what was sent, and so do its local variables."""

from __future__ import annotations

from typing import Any

from lerend_web.conf.answering_wsgi import application
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.sheet import Sheet

__all__ = ["application"]


def _failing(sheet: Sheet, *arguments: Any) -> bytes:
    quoted = repr(sheet)
    raise ValueError(f"cannot seal {quoted}")


setattr(boxes, "packed", _failing)  # noqa: B010 -- a fault planted from outside
