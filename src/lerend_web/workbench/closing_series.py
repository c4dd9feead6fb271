"""The steps of closing as people read them, and how far a round is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.scans.models import Wave

NAMES: Final[dict[str, Promise]] = {
    "intake_stopped": _("Nobody can answer any more."),
    "frozen": _("All boxes are opened together in memory, mixed, and added up. Only the sums are written down."),
    "backed_up": _("A copy of the sums is written, read back and compared."),
    "boxes_destroyed": _("The sealed boxes are destroyed."),
    "keys_destroyed": _("The keys are destroyed. From here on nobody can open an answer."),
    "closed": _("The outcome is there."),
}
"""By the names that the domain remembers; in its order."""


@dataclass(frozen=True, slots=True)
class SeriesStep:
    name: Promise
    is_done: bool


def series_of(wave: Wave) -> list[SeriesStep]:
    """Every step, done up to the one that was remembered last."""
    codes = list(NAMES)
    done = codes.index(wave.closing_step) + 1 if wave.closing_step in NAMES else 0
    return [SeriesStep(name, number < done) for number, name in enumerate(NAMES.values())]
