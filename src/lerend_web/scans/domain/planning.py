"""Planning a wave: what is asked, when, and from how many answers something may be shown."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.core import audit
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.scans import rules
from lerend_web.scans.domain.questionnaire import can_be_asked
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.queries import lock
from lerend_web.urn.passes import new_public_code


def plan_wave(
    *,
    organisation: Organisation,
    programme: Programme,
    name: str,
    mode: str,
    k: int,
    opens_on: date,
    closes_on: date,
    heard_back_on: date | None,
    works_council_consent_on: date | None = None,
    works_council_not_applicable: str = "",
    instrument: str = "employee-scan@1",
    takes_comments: bool = True,
    by: Person | None,
    at: datetime,
) -> Wave:
    """Plan a wave; nothing is promised yet.

    Raises:
        PlanIsWrong: with everything that cannot be.
    """
    wave = Wave(
        organisation=organisation,
        programme=programme,
        code=new_public_code(),
        name=name.strip(),
        mode=mode,
        k=k,
        opens_on=opens_on,
        closes_on=closes_on,
        heard_back_on=heard_back_on,
        works_council_consent_on=works_council_consent_on,
        works_council_not_applicable=works_council_not_applicable.strip(),
        instrument=instrument,
        takes_comments=takes_comments,
    )
    _must_be_right(wave)
    with transaction.atomic():
        wave.save()
        note(wave, "wave.planned", by=by, at=at, k=k, mode=str(mode), opens_on=str(opens_on), closes_on=str(closes_on))
    return wave


def change_plan(
    *,
    wave: Wave,
    name: str,
    mode: str,
    opens_on: date,
    closes_on: date,
    heard_back_on: date | None,
    works_council_consent_on: date | None = None,
    works_council_not_applicable: str = "",
    instrument: str = "",
    takes_comments: bool | None = None,
    by: Person | None,
    at: datetime,
) -> Wave:
    """Change a plan that was not promised yet. Not k: see `raise_k`.

    Args:
        instrument: another questionnaire; empty keeps the one that was planned.
        takes_comments: whether people may add something in their own words; none keeps what was planned.

    Raises:
        RulesAreFrozen: the wave is open, or its cards are printed.
        PlanIsWrong: with everything that cannot be.
    """
    with transaction.atomic():
        lock(wave)
        must_not_be_frozen(wave)
        wave.name, wave.mode = name.strip(), mode
        wave.opens_on, wave.closes_on, wave.heard_back_on = opens_on, closes_on, heard_back_on
        wave.works_council_consent_on = works_council_consent_on
        wave.works_council_not_applicable = works_council_not_applicable.strip()
        wave.instrument = instrument or wave.instrument
        wave.takes_comments = wave.takes_comments if takes_comments is None else takes_comments
        _must_be_right(wave)
        wave.promise = wave.promise_digest = ""
        wave.save()
        note(wave, "wave.changed", by=by, at=at, opens_on=str(opens_on), closes_on=str(closes_on))
    return wave


def raise_k(*, wave: Wave, k: int, by: Person | None, at: datetime) -> Wave:
    """Show results only from more people than planned; until the wave is closed.

    Raises:
        PlanIsWrong: k would go down.
        RulesAreFrozen: the wave is closed.
    """
    with transaction.atomic():
        lock(wave)
        if wave.state in {WaveState.CLOSING, WaveState.CLOSED}:
            raise rules.RulesAreFrozen(_("This round is closed. Its rules stand."))
        if k < wave.k:
            raise rules.PlanIsWrong(_("The smallest number of people can only go up."))
        before, wave.k = wave.k, k
        if not rules.is_frozen(wave):
            wave.promise = wave.promise_digest = ""
        wave.save()
        note(wave, "wave.k_raised", by=by, at=at, before=before, after=k)
    return wave


def must_not_be_frozen(wave: Wave) -> None:
    """Refuse when what would be changed is part of a promise that people have seen.

    Raises:
        RulesAreFrozen
    """
    if wave.state != WaveState.PLANNED:
        raise rules.RulesAreFrozen(_("This round has started. What was promised stands."))
    if wave.cards_printed_at is not None:
        raise rules.RulesAreFrozen(_("The cards are printed, with the promise on them. Have the cards voided first."))
    if wave.series_digest:
        raise rules.RulesAreFrozen(_("The promise of this series is sealed. Its rules stand for every pulse of it."))


def note(wave: Wave, code: str, *, by: Person | None, at: datetime, **detail: object) -> None:
    """Write one line of the wave's history."""
    audit.record(
        by=by,
        at=at,
        code=code,
        programme=wave.programme_id,
        organisation=wave.organisation_id,
        subject=wave.code,
        **detail,
    )


def _must_be_right(wave: Wave) -> None:
    reasons = _contradictions(wave)
    if reasons:
        raise rules.PlanIsWrong(*reasons)


def _contradictions(wave: Wave) -> list[rules.Sentence]:
    found: list[rules.Sentence] = []
    if not wave.name:
        found.append(_("Give the round a name."))
    if wave.mode not in set(Mode):
        found.append(_("Choose how people take part: with a card or by mail."))
    if wave.k < rules.LOWEST_K:
        found.append(_("The smallest number of people is five or more."))
    if wave.closes_on <= wave.opens_on:
        found.append(_("The round must close after the day on which it opens."))
    if wave.heard_back_on is not None and wave.heard_back_on <= wave.closes_on:
        found.append(_("People hear back after the round is closed. Choose a later date."))
    if not wave.organisation.programmes.filter(pk=wave.programme_id).exists():
        found.append(_("This organisation does not take part in this programme."))
    if not can_be_asked(wave):
        found.append(_("This programme has no anonymous questionnaire with this name."))
    return found
