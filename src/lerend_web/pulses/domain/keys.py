"""One making of keys for a whole series: a holder's browser makes a pair for every pulse, and keeps them in one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.pulses import rules
from lerend_web.pulses.domain.planning import note
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import lock_series, waves_of
from lerend_web.scans.domain.keys import add_key_holder, remove_key_holder, try_opening
from lerend_web.scans.models import KeyHolder
from lerend_web.scans.rules import KeyFileDoesNotFit


@dataclass(frozen=True, slots=True)
class SeriesHolder:
    """Somebody with a key of every pulse; `is_tried` when each of them opened an empty box."""

    label: str
    person: int | None
    is_tried: bool


def holders_of(series: PulseSeries) -> tuple[SeriesHolder, ...]:
    """The key holders, in the order in which they made their keys."""
    rows = list(KeyHolder.objects.filter(wave__pulse__series=series).order_by("pk"))
    labels = dict.fromkeys(row.label for row in rows)
    own = {label: [row for row in rows if row.label == label] for label in labels}
    return tuple(
        SeriesHolder(label, found[0].person_id, all(row.tried_at is not None for row in found))
        for label, found in own.items()
    )


def add_series_holder(
    *, series: PulseSeries, label: str, public_keys: Mapping[str, bytes], by: Person | None, at: datetime
) -> None:
    """Name somebody who can open every pulse. Only the public halves of their keys come here.

    Args:
        public_keys: by the code of each wave of the series.

    Raises:
        SeriesIsSealed: the promise is out.
        KeyFileDoesNotFit: a pulse has no key, or one key is there twice.
        PlanIsWrong: as for a single wave: a second key of one person, or a label that is there already.
    """
    with transaction.atomic():
        _lock_open_to_keys(series)
        waves = waves_of(series)
        if set(public_keys) != {wave.code for wave in waves} or len(set(public_keys.values())) < len(waves):
            raise KeyFileDoesNotFit(_("Every pulse needs a key of its own. Make the key file again on this page."))
        for wave in waves:
            add_key_holder(wave=wave, label=label, public_key=public_keys[wave.code], by=by, at=at)
        note(series, "pulses.key_holder_added", by=by, at=at, label=label.strip())


def remove_series_holder(*, series: PulseSeries, label: str, by: Person | None, at: datetime) -> None:
    """Take a holder's keys away while nothing is promised yet.

    Raises:
        SeriesIsSealed: the promise is out.
    """
    with transaction.atomic():
        _lock_open_to_keys(series)
        rows = KeyHolder.objects.filter(wave__pulse__series=series, label=label).select_related("wave")
        for holder in rows:
            remove_key_holder(holder=holder, by=by, at=at)
        note(series, "pulses.key_holder_removed", by=by, at=at, label=label)


def try_series(*, series: PulseSeries, holder_file: bytes, by: Person | None, at: datetime) -> None:
    """Open an empty box of every pulse that is not closed, with one holder's file.

    Raises:
        KeyFileDoesNotFit: the file is no key file of this series, or does not open every pulse.
    """
    with transaction.atomic():
        for wave in waves_of(series):
            if not wave.closing_step:
                try_opening(wave=wave, holder_file=holder_file, by=by, at=at)


def _lock_open_to_keys(series: PulseSeries) -> None:
    lock_series(series)
    if series.sealed_at is not None or series.stopped_at is not None:
        raise rules.SeriesIsSealed(_("The promise of this series is sealed. Its key holders stand."))
