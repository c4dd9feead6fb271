"""Finished pilots of one approach, each in a company of its own."""

from __future__ import annotations

from datetime import date, timedelta

from lerend.evidence.grading.finished import Comparison, FinishedPilot
from lerend.evidence.pooling.pilot import PilotEffect

TODAY = date(2026, 6, 1)


def finished(
    value: float,
    place: int = 0,
    *,
    error: float = 0.15,
    comparison: Comparison = Comparison.DRAWN,
    company: str | None = None,
    independent: bool = True,
    same_outcome: bool = True,
    done: float = 1.0,
    days_ago: int | None = None,
) -> FinishedPilot:
    effect = PilotEffect(f"p{place}", value, error, 12.0, company or f"company {place}", "it")
    ended = TODAY - timedelta(days=400 - place if days_ago is None else days_ago)
    return FinishedPilot(effect, comparison, ended, independent, same_outcome, done)


def row_of(*values: float, error: float = 0.15) -> list[FinishedPilot]:
    return [finished(value, place, error=error) for place, value in enumerate(values)]
