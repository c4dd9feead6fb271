"""The sealed promise of a series: what holds for all its pulses, with the digest of the promise of each.

All are sealed at one moment: the same units, new keys for each pulse. From then on nothing of it can change, and whoever has
the card of one pulse can work out that it belongs to the series that was promised.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.pulses import rules
from lerend_web.pulses.domain.planning import note
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import lock_series, waves_of
from lerend_web.scans.domain.promise import canonical, digest_of, in_both_languages, seal_promise
from lerend_web.scans.domain.readiness import why_not_promise
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import CannotOpenYet, Sentence, minimum_invited

FORMAT: Final = "lerend/promise-of-a-series"
FORMAT_VERSION: Final = 1

SERIES_GETS: Final = (
    _("The same three questions are asked each time. Answers of one time are never tied to answers of another."),
    _("Every pulse has keys of its own. They are made together, and those of a pulse are destroyed when it is closed."),
    _("What is shown of a pulse is judged together with all earlier ones, so that the difference tells of nobody."),
    _("The teams that are asked stay the same for the whole series."),
)


def why_not_seal(series: PulseSeries) -> tuple[Sentence, ...]:
    """Everything that stands between a planned series and its promise; each said once, however many pulses lack it."""
    if series.stopped_at is not None:
        return (_("This series was stopped."),)
    waves = waves_of(series)
    found = {str(reason): reason for wave in waves for reason in why_not_promise(wave)}
    return tuple(found.values())


def seal_series(*, series: PulseSeries, by: Person | None, at: datetime) -> PulseSeries:
    """Seal the promise of every pulse and of the series. Doing it again changes nothing.

    Raises:
        CannotOpenYet: with everything that is missing.
        SeriesIsSealed: the series was stopped.
    """
    with transaction.atomic():
        lock_series(series)
        if series.sealed_at is not None:
            return series
        if series.stopped_at is not None:
            raise rules.SeriesIsSealed(_("This series was stopped."))
        reasons = why_not_seal(series)
        if reasons:
            raise CannotOpenYet(*reasons)
        waves = [seal_promise(wave=wave, by=by, at=at) for wave in waves_of(series)]
        series.promise = canonical(_content(series, waves))
        series.promise_digest = digest_of(series.promise)
        series.sealed_at = at
        series.save()
        Wave.every.filter(pk__in=[wave.pk for wave in waves]).update(series_digest=series.promise_digest)
        note(series, "pulses.sealed", by=by, at=at, digest=series.promise_digest)
    return series


def _content(series: PulseSeries, waves: list[Wave]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "series": series.code,
        "name": series.name,
        "organisation": series.organisation.name,
        "programme": series.programme.name,
        "instrument": series.instrument,
        "k": series.k,
        "invited_in_a_key_group": minimum_invited(series.k),
        "units": series.units,
        "works_council": {
            "agreed_on": series.works_council_consent_on.isoformat() if series.works_council_consent_on else None,
            "does_not_apply": series.works_council_not_applicable,
        },
        "pulses": [
            {
                "wave": wave.code,
                "opens_on": wave.opens_on.isoformat(),
                "closes_on": wave.closes_on.isoformat(),
                "promise": wave.promise_digest,
            }
            for wave in waves
        ],
        "series_gets": in_both_languages(SERIES_GETS),
    }
