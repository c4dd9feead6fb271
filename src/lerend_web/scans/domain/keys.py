"""The urn's key: two holders, each with a file of their own, and a trial that it really opens."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.planning import must_not_be_frozen, note
from lerend_web.scans.domain.server_share import made_share_of, share_of
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import KeyHolder, Wave
from lerend_web.scans.queries import lock
from lerend_web.urn.key_series import key_in_series
from lerend_web.urn.key_sheets import NoTypedKey, WrongLine, typed_key
from lerend_web.urn.sealing import CannotOpen, HolderFile, WrongKeyFile, public_half, read_holder_file, seal, unseal

_KEY_LENGTH: Final = 32
_SAMPLE: Final = 64


def add_key_holder(*, wave: Wave, label: str, public_key: bytes, by: Person | None, at: datetime) -> KeyHolder:
    """Name somebody who can open the urn. Only the public half of their key comes here.

    Raises:
        RulesAreFrozen: the wave is open, or its cards are printed.
        KeyFileDoesNotFit: no key, or one that is there already.
        PlanIsWrong: outside a demo somebody hands in a second key, or the label is there already.
    """
    with transaction.atomic():
        lock(wave)
        must_not_be_frozen(wave)
        _must_be_new(wave, label.strip(), public_key, by)
        holder = KeyHolder.objects.create(wave=wave, label=label.strip(), public_key=public_key, person=by)
        _promise_nothing(wave)
        note(wave, "wave.key_holder_added", by=by, at=at, label=holder.label)
    return holder


def remove_key_holder(*, holder: KeyHolder, by: Person | None, at: datetime) -> None:
    """Take a key holder away while nothing is promised yet.

    Raises:
        RulesAreFrozen: the wave is open, or its cards are printed.
    """
    with transaction.atomic():
        lock(holder.wave)
        must_not_be_frozen(holder.wave)
        note(holder.wave, "wave.key_holder_removed", by=by, at=at, label=holder.label)
        holder.delete()
        _promise_nothing(holder.wave)


def try_opening(*, wave: Wave, holder_file: bytes, by: Person | None, at: datetime) -> KeyHolder:
    """Seal a box with nothing in it for all holders, and open it with one holder's file and the server's share.

    Raises:
        KeyFileDoesNotFit: the file is no key file, not one of this wave, or does not open.
    """
    if wave.state in {WaveState.CLOSING, WaveState.CLOSED}:
        raise rules.KeyFileDoesNotFit(_("This round is closed. There is nothing left to open."))
    holder, opened = fitting_holder(wave, holder_file)
    share = made_share_of(wave) if wave.state == WaveState.PLANNED else share_of(wave)
    sample = secrets.token_bytes(_SAMPLE)
    box = seal(sample, holders=public_keys(wave), server=share.public)
    try:
        found = unseal(box, holder=opened.private, server=share.private)
    except CannotOpen as error:
        raise rules.KeyFileDoesNotFit(_("This key does not open the urn. Make a new key.")) from error
    if found != sample:
        raise rules.KeyFileDoesNotFit(_("This key does not open the urn. Make a new key."))
    with transaction.atomic():
        lock(wave)
        holder.tried_at = wave.trial_opened_at = at
        holder.save()
        wave.save()
        note(wave, "wave.key_tried", by=by, at=at, label=holder.label)
    return holder


def fitting_holder(wave: Wave, holder_file: bytes) -> tuple[KeyHolder, HolderFile]:
    """The key holder whose file this is, or whose sheet was typed.

    Raises:
        KeyFileDoesNotFit: it is no key, one with a mistake, or not one of this wave.
    """
    opened = _from_a_file(holder_file) or _from_a_series(wave, holder_file) or _from_a_sheet(wave, holder_file)
    for holder in wave.key_holders.all():
        if bytes(holder.public_key) == opened.public and opened.wave == wave.code:
            return holder, opened
    raise rules.KeyFileDoesNotFit(_("This key belongs to another round or to another key holder."))


def _from_a_file(content: bytes) -> HolderFile | None:
    try:
        return read_holder_file(content)
    except WrongKeyFile:
        return None


def _from_a_series(wave: Wave, content: bytes) -> HolderFile | None:
    """The key of this wave in a file with those of a whole series."""
    try:
        return key_in_series(content, wave=wave.code)
    except WrongKeyFile:
        return None


def _from_a_sheet(wave: Wave, content: bytes) -> HolderFile:
    """A sheet holds the private half only; the public one follows from it."""
    try:
        private = typed_key(content.decode("utf-8", errors="replace"))
    except WrongLine as error:
        raise rules.KeyFileDoesNotFit(
            format_lazy(_("There is a typing mistake in line {number}. Look at it again."), number=error.number)
        ) from error
    except NoTypedKey as error:
        raise rules.KeyFileDoesNotFit(
            _("This is not a key. Choose the file that you kept, or type all four lines of your sheet.")
        ) from error
    return HolderFile(wave.code, "", private, public_half(private))


def public_keys(wave: Wave) -> list[bytes]:
    """The public halves, always in the same order."""
    return [bytes(holder.public_key) for holder in wave.key_holders.all()]


def _must_be_new(wave: Wave, label: str, public_key: bytes, by: Person | None) -> None:
    others = list(wave.key_holders.all())
    if len(public_key) != _KEY_LENGTH:
        raise rules.KeyFileDoesNotFit(_("This is not a key."))
    if any(bytes(other.public_key) == public_key for other in others):
        raise rules.KeyFileDoesNotFit(_("This key is there already. Each holder needs a key of their own."))
    if not label or any(other.label == label for other in others):
        raise rules.PlanIsWrong(_("Give every key holder a name of their own."))
    if not wave.programme.is_demo and by is not None and any(other.person_id == by.pk for other in others):
        raise rules.PlanIsWrong(_("You made a key for this round already. Somebody else must make the other one."))


def _promise_nothing(wave: Wave) -> None:
    """The promise names the key holders: with others it would be another promise."""
    wave.promise = wave.promise_digest = ""
    wave.save()
