"""Closing a wave: from sealed boxes to sums, and then the boxes and every key are destroyed.

    intake_stopped    door 2 takes nothing more
    frozen            all boxes opened in memory, summed up, sums and release committed
    backed_up         a copy written, on the disk, read back
    boxes_destroyed   boxes and cards gone from the urn
    keys_destroyed    server's share and key of the invitations overwritten and removed; keys of tokens and the
                      invitations themselves gone
    closed

Each step may be done again, and is remembered once done: whoever continues after a power cut starts at the first step
that is not. Nothing is destroyed before the copy was read back. The holder's key file is needed until `frozen`; it
stays in the memory of this call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.backup import write_backup
from lerend_web.scans.domain.frozen import store_survivors, survivors_of
from lerend_web.scans.domain.invitations import forget_invitations
from lerend_web.scans.domain.keys import fitting_holder
from lerend_web.scans.domain.opened import Opened, opened
from lerend_web.scans.domain.people_since import is_asked, is_known
from lerend_web.scans.domain.planning import note
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.domain.releasing import release_wave
from lerend_web.scans.domain.server_share import erase_share_of, share_of
from lerend_web.scans.enums import Mode, WaveKind, WaveState
from lerend_web.scans.models import FrozenComment, FrozenWave, Wave
from lerend_web.scans.queries import lock
from lerend_web.urn.domain import boxes


@dataclass(frozen=True, slots=True, repr=False)
class Closing:
    """One run of the series. `damaged` boxes may be left out; none unless somebody says how many."""

    wave: Wave
    holder_file: bytes
    damaged: int
    at: datetime


def why_not_close(wave: Wave, *, at: datetime) -> tuple[rules.Sentence, ...]:
    """Every reason why this wave cannot be closed now; empty when it can, or when closing has begun."""
    if wave.state == WaveState.CLOSING:
        return ()
    if wave.state != WaveState.OPEN:
        return (_("Only an open round can be closed."),)
    reasons: list[rules.Sentence] = []
    # With a month between two pulses a few who came or left are the rule: their numbers are asked, not hoped for.
    if wave.kind == WaveKind.PULSE and is_asked(wave) and not is_known(wave):
        reasons.append(_("Fill in first how many people came and left since the pulse before, also where nobody did."))
    if wave.programme.is_demo:
        return tuple(reasons)
    if at < rules.closing_moment(wave):
        reasons.append(_("People were promised that they can answer until the closing date. It is not over yet."))
    if wave.mode == Mode.CARD and wave.cards_printed_at is not None:
        reasons.append(_("Two people must first void the cards that nobody used."))
    return tuple(reasons)


def close_wave(*, wave: Wave, holder_file: bytes, by: Person | None, at: datetime, damaged: int = 0) -> FrozenWave:
    """Close a wave, or go on where closing stopped. Closing a closed wave gives what it gave.

    Args:
        holder_file: one key holder's file; it is not looked at any more once the sums are there.
        damaged: how many boxes that do not open may be left out.

    Raises:
        CannotClose: it is too early, or boxes do not open.
        KeyFileDoesNotFit: the file belongs to another wave or holder.
        BackupIsDifferent: the copy could not be read back.
    """
    wave.refresh_from_db()
    if wave.state == WaveState.CLOSED:
        return wave.frozen
    reasons = why_not_close(wave, at=at)
    if reasons:
        raise rules.CannotClose(*reasons)
    closing = Closing(wave, holder_file, damaged, at)
    for name, step in _left(wave):
        step(closing)
        _remember(wave, name, by=by, at=at)
    return wave.frozen


def _stop_intake(closing: Closing) -> None:
    # Who holds the wrong file must not be able to end the wave.
    fitting_holder(closing.wave, closing.holder_file)
    _server_key(closing.wave)
    boxes.stop_intake(code=closing.wave.code)


def _freeze(closing: Closing) -> None:
    wave = closing.wave
    if FrozenWave.objects.filter(wave=wave).exists():
        return
    instrument = instrument_of(wave.instrument)
    _holder, key = fitting_holder(wave, closing.holder_file)
    sealed = boxes.sealed_boxes(key_groups=_codes(wave))
    found = opened(sealed, holder=key.private, server=_server_key(wave), instrument=instrument)
    _must_have_opened(found, closing.damaged)
    survivors = survivors_of(found, wave=wave, instrument=instrument)
    with transaction.atomic():
        frozen, is_new = store_survivors(survivors, wave)
        if is_new:
            release_wave(frozen, at=closing.at)
            # Door 2 took none where there is no room for them; but whoever knows the public keys can make a box.
            comments = found.comments if wave.takes_comments else ()
            FrozenComment.objects.bulk_create(
                FrozenComment(wave=wave, about=about, text=text) for about, text in comments
            )


def _back_up(closing: Closing) -> None:
    write_backup(FrozenWave.objects.select_related("wave").get(wave=closing.wave))


def _destroy_boxes(closing: Closing) -> None:
    boxes.destroy(code=closing.wave.code)


def _destroy_keys(closing: Closing) -> None:
    erase_share_of(closing.wave)
    closing.wave.key_groups.update(token_key=None)
    forget_invitations(closing.wave)


def _finish(_closing: Closing) -> None:
    """Nothing is left to do; remembering it closes the wave."""


Step = tuple[str, Callable[[Closing], None]]
STEPS: Final[tuple[Step, ...]] = (
    ("intake_stopped", _stop_intake),
    ("frozen", _freeze),
    ("backed_up", _back_up),
    ("boxes_destroyed", _destroy_boxes),
    ("keys_destroyed", _destroy_keys),
    ("closed", _finish),
)


def _left(wave: Wave) -> tuple[Step, ...]:
    names = [name for name, _step in STEPS]
    done = names.index(wave.closing_step) + 1 if wave.closing_step else 0
    return STEPS[done:]


def _remember(wave: Wave, name: str, *, by: Person | None, at: datetime) -> None:
    with transaction.atomic():
        lock(wave)
        if name not in {step for step, _do in _left(wave)}:
            return  # somebody else was faster
        wave.closing_step = name
        wave.state = WaveState.CLOSING
        if name == STEPS[-1][0]:
            wave.state, wave.closed_at = WaveState.CLOSED, at
            note(wave, "wave.closed", by=by, at=at)
        else:
            note(wave, "wave.closing", by=by, at=at, step=name)
        wave.save()


def _must_have_opened(found: Opened, allowed: int) -> None:
    if found.damaged > allowed:
        raise rules.CannotClose(
            ngettext(
                "%(count)d box does not open. Nothing is lost yet: put the backup of the urn back, or leave it out.",
                "%(count)d boxes do not open. Nothing is lost yet: put the backup of the urn back, or leave them out.",
                found.damaged,
            )
            % {"count": found.damaged}
        )


def _server_key(wave: Wave) -> bytes:
    try:
        return share_of(wave).private
    except FileNotFoundError as error:
        raise rules.CannotClose(_("The server's share of the key is gone. Put it back from its own backup.")) from error


def _codes(wave: Wave) -> list[str]:
    return list(wave.key_groups.values_list("code", flat=True))
