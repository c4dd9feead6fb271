"""Planning a series of pulses: who is asked what, and when; all of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.pulses import rules
from lerend_web.pulses.domain.questions import publish_questions
from lerend_web.pulses.domain.subject import Subject
from lerend_web.pulses.models import Pulse, PulseSeries
from lerend_web.pulses.queries import lock_series, waves_of
from lerend_web.scans.domain.invitation_secrets import erase_mail_key_of
from lerend_web.scans.domain.key_groups import Path, groups_of, tree_of
from lerend_web.scans.domain.planning import plan_wave
from lerend_web.scans.domain.server_share import erase_share_of
from lerend_web.scans.enums import WaveKind, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import Sentence, listed, minimum_invited
from lerend_web.urn.passes import new_public_code

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """A unit whose people are asked; `arm` is empty unless groups of a pilot are compared."""

    path: Path
    arm: str = ""


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """What a contact plans.

    Attributes:
        first_on: the day on which the first pulse opens.
        pulses: how many.
        gap: days from one to the next.
    """

    units: tuple[AskedUnit, ...]
    first_on: date
    pulses: int = rules.USUAL_PULSES
    gap: int = rules.USUAL_GAP
    mode: str = "card"
    k: int = 5
    works_council_consent_on: date | None = None
    works_council_not_applicable: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first_on + timedelta(days=self.gap * number) for number in range(self.pulses))


def plan_series(
    *, about: Subject, programme: Programme, plan: SeriesPlan, by: Person | None, at: datetime
) -> PulseSeries:
    """Plan all pulses about something; nothing is promised yet.

    Raises:
        TooFewForAPulse: fewer people are asked than an anonymous question needs.
        SeriesIsWrong: with everything else that cannot be.
        PlanIsWrong: a wave of it cannot be.
    """
    organisation = about.organisation
    people = tree_of(organisation).people
    asked = sum(people.get(unit.path, 0) for unit in plan.units)
    if plan.units and asked < minimum_invited(plan.k):
        raise rules.TooFewForAPulse(_too_few(asked, plan.k))
    reasons = _contradictions(organisation, programme, plan, people)
    if reasons:
        raise rules.SeriesIsWrong(*reasons)
    with transaction.atomic():
        reference, _questions = publish_questions(about, programme, by=by, at=at)
        series = PulseSeries.objects.create(
            organisation=organisation,
            programme=programme,
            action=about.action,
            pilot=about.pilot,
            code=new_public_code(),
            name=about.name[:_LONGEST_NAME],
            instrument=reference,
            units=[{"unit": list(unit.path), "arm": unit.arm} for unit in plan.units],
            k=plan.k,
            mode=plan.mode,
            works_council_consent_on=plan.works_council_consent_on,
            works_council_not_applicable=plan.works_council_not_applicable.strip(),
            made_at=at,
        )
        for number, day in enumerate(plan.days, start=1):
            wave = _wave(series, number, day, plan, by=by, at=at)
            Pulse.objects.create(series=series, number=number, on=day, wave=wave)
        note(series, "pulses.planned", by=by, at=at, pulses=plan.pulses, first=str(plan.first_on))
    return series


def stop_series(*, series: PulseSeries, by: Person | None, at: datetime) -> None:
    """No further pulse. Those that did not open are gone, with their keys; one that is open runs until it is closed."""
    with transaction.atomic():
        lock_series(series)
        if series.stopped_at is not None:
            return
        series.stopped_at = at
        series.save()
        for wave in waves_of(series):
            if wave.state == WaveState.PLANNED:
                erase_share_of(wave)
                erase_mail_key_of(wave)
                wave.delete()
        note(series, "pulses.stopped", by=by, at=at)


def note(series: PulseSeries, code: str, *, by: Person | None, at: datetime, **detail: object) -> None:
    """Write one line of the history of a series."""
    record(
        by=by, at=at, code=code, programme=series.programme_id, organisation=series.organisation_id,
        subject=series.code, name=series.name, **detail,
    )  # fmt: skip


def _wave(series: PulseSeries, number: int, day: date, plan: SeriesPlan, *, by: Person | None, at: datetime) -> Wave:
    closes = day + timedelta(days=rules.DAYS_OPEN)
    wave = plan_wave(
        organisation=series.organisation,
        programme=series.programme,
        name=gettext("%(what)s, pulse %(number)d") % {"what": series.name, "number": number},
        mode=series.mode,
        k=series.k,
        opens_on=day,
        closes_on=closes,
        heard_back_on=closes + rules.HEARD_BACK_AFTER,
        works_council_consent_on=series.works_council_consent_on,
        works_council_not_applicable=series.works_council_not_applicable,
        instrument=series.instrument,
        takes_comments=False,
        by=by,
        at=at,
    )
    wave.kind = WaveKind.PULSE
    wave.asks = series.units
    wave.series = {
        "code": series.code,
        "number": number,
        "of": plan.pulses,
        "opens_on": [one.isoformat() for one in plan.days],
    }
    wave.save()
    return wave


def _too_few(people: int, k: int) -> Sentence:
    words = _(
        "{people} people work there. With fewer than {minimum} no answer is anonymous: use the form for the talk."
    )
    return format_lazy(words, people=people, minimum=minimum_invited(k))


def _contradictions(
    organisation: Organisation, programme: Programme, plan: SeriesPlan, people: Mapping[Path, int]
) -> list[Sentence]:
    unknown = [" / ".join(unit.path) for unit in plan.units if unit.path not in people]
    found: list[Sentence] = []
    if not plan.units:
        found.append(_("Choose the teams that are asked."))
    if unknown:
        found.append(format_lazy(_("Nobody is known to work in: {names}."), names=listed(unknown)))
    if len({unit.path for unit in plan.units}) < len(plan.units):
        found.append(_("A team can be asked once."))
    if not 1 <= plan.pulses <= rules.MOST_PULSES:
        found.append(format_lazy(_("Plan one to {most} pulses."), most=rules.MOST_PULSES))
    if not rules.SHORTEST_GAP <= plan.gap <= rules.LONGEST_GAP:
        found.append(
            format_lazy(
                _("Leave {least} days or more between two pulses, half a year at most."), least=rules.SHORTEST_GAP
            )
        )
    if not organisation.programmes.filter(pk=programme.pk).exists():
        found.append(_("This organisation does not take part in this programme."))
    return found or _about_arms(plan, people)


def _about_arms(plan: SeriesPlan, people: Mapping[Path, int]) -> list[Sentence]:
    arms = {unit.arm for unit in plan.units}
    if arms == {""}:
        return []
    if "" in arms:
        return [_("Say of every team to which group it belongs, or of none.")]
    small = [
        arm
        for arm in sorted(arms)
        if not groups_of(
            {unit.path: people[unit.path] for unit in plan.units if unit.arm == arm}, minimum=minimum_invited(plan.k)
        )
    ]
    if not small:
        return []
    words = _("Too few people are asked in: {names}. Every group needs at least {minimum}.")
    return [format_lazy(words, names=listed(small), minimum=minimum_invited(plan.k))]
