"""Opening a wave: everything that is still missing, and the moment from which people can answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.invitations import place_invitations, why_too_few_addresses
from lerend_web.scans.domain.keys import public_keys
from lerend_web.scans.domain.planning import note
from lerend_web.scans.domain.promise import in_base64, seal_promise
from lerend_web.scans.domain.questionnaire import carried_by_document
from lerend_web.scans.domain.readiness import why_not_promise
from lerend_web.scans.domain.server_share import share_of
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import KeyGroup, Wave
from lerend_web.scans.queries import lock
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.intake import end_trials
from lerend_web.urn.queries import known_wave
from lerend_web.urn.tokens import public_part


def why_not_open(wave: Wave, *, at: datetime | None = None) -> tuple[rules.Sentence, ...]:
    """Every reason why this wave cannot open, in plain words; empty when it can. With `at`, dates count too."""
    reasons = list(why_not_promise(wave))
    if wave.mode == Mode.CARD and wave.cards_printed_at is None:
        reasons.append(_("Print the cards first."))
    if wave.mode == Mode.MAIL and not reasons:
        reasons += why_too_few_addresses(wave)
    if at is not None:
        reasons += _about_the_dates(wave, at)
    return tuple(reasons)


def open_wave(*, wave: Wave, by: Person | None, at: datetime) -> Wave:
    """Let people answer. From here on the rules stand: they are the promise.

    Doing it again after a power cut in the middle does no harm.

    Raises:
        CannotOpenYet: with everything that is missing.
    """
    _must_be_ready(wave, at)
    # When the power failed in the middle, door 2 may know the wave already: then that promise stands.
    if known_wave(wave.code) is None:
        seal_promise(wave=wave, by=by, at=at)
    with transaction.atomic():
        lock(wave)
        _must_be_ready(wave, at)
        wave.state, wave.opened_at, wave.void_asked_by = WaveState.OPEN, at, None
        wave.save()
        place_invitations(wave)
        note(wave, "wave.opened", by=by, at=at, k=wave.k, digest=wave.promise_digest)
        # Last, so that door 2 takes no answers for a wave of which the register knows nothing.
        end_trials(wave=wave.code)
        boxes.start_intake(document=document_of(wave))
    return wave


def _must_be_ready(wave: Wave, at: datetime) -> None:
    reasons = why_not_open(wave, at=at)
    if reasons:
        raise rules.CannotOpenYet(*reasons)


def document_of(wave: Wave) -> dict[str, Any]:
    """What door 2 must know of a wave; everything in it is public."""
    return {
        "wave": wave.code,
        "instrument": wave.instrument,
        "is_demo": wave.programme.is_demo,
        "organisation": wave.organisation.name,
        "k": wave.k,
        "closes_on": wave.closes_on.isoformat(),
        "closes_at": rules.closing_moment(wave).isoformat(),
        "heard_back_on": "" if wave.heard_back_on is None else wave.heard_back_on.isoformat(),
        "promise": wave.promise,
        "promise_digest": wave.promise_digest,
        "holders": [in_base64(key) for key in public_keys(wave)],
        "server": in_base64(share_of(wave).public),
        "key_groups": [_key_group(group, wave) for group in wave.key_groups.all()],
        **carried_by_document(wave.instrument),
        **said_of_comments(wave),
    }


def said_of_comments(wave: Wave) -> dict[str, Any]:
    """What door 2 must be told about own words: something only where there is no room for them."""
    return {} if wave.takes_comments else {"takes_comments": False}


def _key_group(group: KeyGroup, wave: Wave) -> dict[str, Any]:
    if group.token_key is None:
        return {"code": group.code, "mode": str(wave.mode), "token_key": None}
    key = in_base64(public_part(bytes(group.token_key)))
    return {"code": group.code, "mode": str(wave.mode), "token_key": key, "at_most": rules.TOKENS * group.invited}


def _about_the_dates(wave: Wave, at: datetime) -> Iterator[rules.Sentence]:
    if at >= rules.closing_moment(wave):
        yield _("The closing date is over. Choose a later one.")
    elif at < rules.opening_moment(wave) and not wave.programme.is_demo:
        yield format_lazy(_("This round opens on {day}."), day=lazy(date_format, str)(wave.opens_on))
