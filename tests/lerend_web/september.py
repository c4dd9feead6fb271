"""When the rounds of the tests run. Whoever seeds a database in a process of its own calls this there too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

A_DAY_OF_THE_ROUND: Final = datetime(2026, 9, 10, 9, tzinfo=UTC)


def stand_in_september() -> None:
    from lerend_web.urn.domain import last_day  # noqa: PLC0415 -- not before Django is set up

    last_day.now = lambda: A_DAY_OF_THE_ROUND
