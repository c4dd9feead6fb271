"""Offers of the catalogue on one bottleneck."""

from __future__ import annotations

from lerend.evidence.advice.offer import Offer

BOTTLENECK = {"time": 0.9}


def offer(
    id: str, mean: float, doubt: float = 0.1, spread: float = 0.1, pilots: int = 4, factor: str = "time"
) -> Offer:
    return Offer(id, mean, doubt, spread, pilots, {factor: 1.0})
