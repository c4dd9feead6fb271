"""What is kept of a look: the effect with the interval that was valid then, and what it came from, as text with its digest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite
from typing import Any, Final

from lerend.evidence.effects.effect import Effect
from lerend.release.plain import plain
from lerend.release.plain import read as value_of
from lerend_web.pilots.domain.plans import digest_of
from lerend_web.pilots.domain.readings import Source
from lerend_web.pilots.models import StoredEffect

FORMAT: Final = 1


class Shift(StrEnum):
    """Whether people read the questions after the start as they did before (response shift)."""

    NOT_CHECKED = "not_checked"
    HOLDS = "holds"
    UNCLEAR = "unclear"
    FAILS = "fails"


class CheckedOn(StrEnum):
    """What the check of how people read the questions rests on."""

    FILE = "file"
    """A researcher did it on a file of answers, and said so."""
    SUMS = "sums"
    """The releases of whole companies said it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was kept at a look.

    Attributes:
        look, looks: which one, of how many that were planned.
        clear: so clear that one may stop.
        harm: so probably harmful that one should stop.
        shift: whether people read the questions alike, as far as known then; `checked_on`, what that rests on.
        plan: digest of the frozen plan.
        sources: the releases that it came from.
        without_number: means that were words only, and did not count.
        without: companies that were not waited for any longer.
    """

    effect: Effect
    look: int
    looks: int
    clear: bool
    harm: bool
    shift: Shift
    plan: str
    sources: tuple[Source, ...]
    without_number: int
    without: int
    checked_on: CheckedOn = CheckedOn.FILE


def text_of_seen(seen: Seen) -> str:
    """As JSON, the same text for the same look."""
    return json.dumps(_document(seen), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)


def seen_in(stored: StoredEffect) -> Seen:
    """Everything that was kept at a look.

    Raises:
        ValueError: it is not as it was kept.
    """
    if digest_of(stored.content) != stored.digest:
        raise ValueError(f"the effect of pilot {stored.pilot_id} at look {stored.look} was changed after it was kept")
    document: dict[str, Any] = json.loads(stored.content)
    ends = document["effect"]["interval"]
    document["effect"]["interval"] = {
        "low": -inf if ends["low"] is None else ends["low"],
        "high": inf if ends["high"] is None else ends["high"],
    }
    found = value_of(Seen, {key: part for key, part in document.items() if key != "format"})
    assert isinstance(found, Seen)  # noqa: S101 -- tells the type checker what was asked for
    return found


def _document(seen: Seen) -> dict[str, Any]:
    """As JSON holds it; an interval without an end has nothing there."""
    interval = seen.effect.interval
    ends = {
        "low": interval.low if isfinite(interval.low) else None,
        "high": interval.high if isfinite(interval.high) else None,
    }
    content: dict[str, Any] = plain(seen)
    content["effect"]["interval"] = ends
    return {"format": FORMAT, **content}
