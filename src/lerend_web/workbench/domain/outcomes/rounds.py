"""The closed rounds of one organisation side by side."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.report.over_rounds import TrendRow, trend_rows
from lerend_web.scans.domain.releasing import newest_of
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.workbench.domain.outcomes.shown import Outcome, outcome_in, reader_language


@dataclass(frozen=True, slots=True)
class BesideEarlier:
    """What changed since one earlier round; `told` are the differences that are probably not chance."""

    wave: Wave
    rows: tuple[TrendRow, ...]

    @property
    def told(self) -> tuple[TrendRow, ...]:
        return tuple(row for row in self.rows if row.difference and not row.can_be_chance)

    @property
    def compared(self) -> bool:
        return any(row.difference for row in self.rows)


def earlier_rounds(wave: Wave, outcome: Outcome) -> list[BesideEarlier]:
    """Newest first; only rounds of which something was released."""
    before = Wave.objects.filter(
        organisation=wave.organisation_id, state=WaveState.CLOSED, closed_at__lt=wave.closed_at
    ).order_by("-closed_at")
    found = ((earlier, newest_of(earlier)) for earlier in before)
    return [
        BesideEarlier(earlier, _rows(outcome, outcome_in(stored))) for earlier, stored in found if stored is not None
    ]


def _rows(now: Outcome, before: Outcome) -> tuple[TrendRow, ...]:
    return trend_rows(
        now.release,
        before.release,
        now.company.path,
        model=now.model,
        instrument=now.instrument,
        earlier_instrument=before.instrument,
        language=reader_language(),
    )
