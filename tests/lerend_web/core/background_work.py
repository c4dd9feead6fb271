"""Tasks that tests leave to the background."""

from __future__ import annotations

from lerend_web.core.jobs import background


@background()
def doubles(number: int) -> int:
    return 2 * number


@background()
def breaks(number: int) -> int:
    raise ValueError(f"secret words {number}")
