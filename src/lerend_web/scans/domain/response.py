"""How many took part: coarse, for the whole organisation, and the same all day.

Whoever watches the figure sees it move by five people or 5 % at a time and once a day: never who just left the desk.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lerend_web.scans import rules
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.queries import lock
from lerend_web.urn.domain import boxes


def response_of(wave: Wave, *, at: datetime) -> rules.Response | None:
    """The figure of the day, rounded down.

    Returns:
        None while nobody can answer yet, once the wave is closed, and where fewer than thirty were invited.
    """
    invited = sum(wave.key_groups.values_list("invited", flat=True))
    if wave.state != WaveState.OPEN or invited < rules.RESPONSE_FROM:
        return None
    day = rules.day_of(at, wave.programme.time_zone)
    if wave.response_on != day:
        _count(wave, invited, at)
    people = wave.response_people or 0
    return rules.Response(invited, people, people * 100 // invited, wave.response_on or day)


def _count(wave: Wave, invited: int, at: datetime) -> None:
    """Keep the figure of a new day; of two who ask at once, both get the first one's."""
    day = rules.day_of(at, wave.programme.time_zone)
    with transaction.atomic():
        lock(wave)
        if wave.response_on is not None and wave.response_on >= day:
            return
        codes = list(wave.key_groups.values_list("code", flat=True))
        answered = min(sum(boxes.delivered(key_groups=codes).values()), invited)
        wave.response_on, wave.response_people = day, rules.coarse(answered, invited)
        wave.save(update_fields=("response_on", "response_people"))
