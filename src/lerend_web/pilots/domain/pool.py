"""The pool in which people offer their team for a pilot: by card or QR, without an account, unconnected with any answer.

The teacher who is the school's partner reads the names, nobody else; once the lot is drawn they are gone. Of who did not
offer anything nothing is kept, so nobody can be asked why not.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import lock_draft, must_edit, note
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot, PilotTeam, Pool, Volunteer
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.rules import day_of
from lerend_web.urn.passes import ALPHABET, CARD_CODE_LENGTH, normalised, shown

MOST_OFFERS: Final = 500
LONGEST_CODE: Final = 64
_BITS: Final = 64
_PURPOSE: Final = "lerend.pilots.pool"


class NoPool(Exception):
    """There is no such code, or its pool is closed: both look the same."""


@transaction.atomic
def open_pool(*, pilot: Pilot, closes_on: date, by: Person | None, at: datetime) -> Pool:
    """Let people offer their team until a day; another day for a pool that is there and not closed.

    Raises:
        PilotRefused: not an editor, no partner of the school who reads the names, no teams, or the day is over.
    """
    must_edit(by, pilot.programme)
    lock_draft(pilot)
    if pilot.partner is None:
        raise PilotRefused(_("Choose the teacher who reads the names in the charter first."))
    if not pilot.teams.exists():
        raise PilotRefused(_("Read the teams from the newest outcomes first: people choose their team."))
    if closes_on <= day_of(at, pilot.programme.time_zone):
        raise PilotRefused(_("Choose a last day after today."), "closes_on")
    kept, is_new = Pool.objects.get_or_create(
        pilot=pilot, defaults={"code_hash": _hash(code_of(pilot)), "closes_on": closes_on}
    )
    if kept.closed_at is not None:
        raise PilotRefused(_("Offering is over: the pool was closed."))
    kept.closes_on = closes_on
    kept.save()
    note(pilot, "pilot.pool_opened" if is_new else "pilot.pool_moved", by=by, at=at)
    return kept


@transaction.atomic
def close_pool(*, pool: Pool, by: Person, at: datetime) -> int:
    """No more offers: which teams offered themselves counts from here on, and how many those are is returned.

    Raises:
        PilotRefused: somebody else than the school's partner, or it is closed already.
    """
    _must_be_partner(pool.pilot, by)
    lock_draft(pool.pilot)
    if pool.closed_at is not None:
        raise PilotRefused(_("Offering is over: the pool was closed."))
    teams = _mark_teams(pool)
    pool.closed_at = at
    pool.save()
    note(pool.pilot, "pilot.pool_closed", by=by, at=at)
    return teams


def forget_volunteers(pilot: Pilot) -> None:
    """The lot is drawn: all names go. Within the transaction of the lot."""
    Volunteer.objects.filter(pool__pilot=pilot).delete()


def pool_behind(code: str, *, at: datetime) -> Pool:
    """The open pool to which a code belongs.

    Raises:
        NoPool: there is none.
    """
    found = Pool.objects.filter(
        code_hash=_hash(code[:LONGEST_CODE]), closed_at=None, pilot__state=PilotState.DRAFT.value
    )
    pool = found.select_related("pilot__programme", "pilot__partner").first()
    if pool is None or day_of(at, pool.pilot.programme.time_zone) > pool.closes_on:
        raise NoPool
    return pool


@transaction.atomic
def offer(*, code: str, name: str, reach: str, team: int | None, at: datetime) -> Volunteer:
    """Somebody offers their team, by its number among the teams of the pilot (None: another team).

    No row of history is written: it would tell when somebody did it.

    Raises:
        NoPool: no open pool has this code.
        PilotRefused: no name, no such team, or the pool is full.
    """
    pool = Pool.objects.select_for_update().get(pk=pool_behind(code, at=at).pk)
    said = " ".join(name.split())[:120]
    if not said:
        raise PilotRefused(_("Fill in your name."), "name")
    own = PilotTeam.objects.filter(pilot=pool.pilot, pk=team).first() if team is not None else None
    if team is not None and own is None:
        raise PilotRefused(_("Choose your team from the list."), "team")
    if pool.volunteers.count() >= MOST_OFFERS:
        raise PilotRefused(
            _("So many people offered themselves that the list is full. Tell the teacher of the school.")
        )
    return Volunteer.objects.create(pool=pool, name=said, reach=" ".join(reach.split())[:200], team=own)


def names_in(pool: Pool, *, by: Person) -> list[Volunteer]:
    """Who offered themselves.

    Raises:
        PilotRefused: somebody else than the school's partner.
    """
    _must_be_partner(pool.pilot, by)
    return list(pool.volunteers.select_related("team__organisation"))


@transaction.atomic
def remove_offer(*, pool: Pool, volunteer: int, by: Person, at: datetime) -> None:
    """Somebody thought better of it and told the school's partner; it is as if nothing was offered.

    Raises:
        PilotRefused: somebody else than the school's partner, or it is closed already.
    """
    _must_be_partner(pool.pilot, by)
    if pool.closed_at is not None:
        raise PilotRefused(_("Offering is over: the pool was closed."))
    pool.volunteers.filter(pk=volunteer).delete()
    note(pool.pilot, "pilot.offer_removed", by=by, at=at)


def code_of(pilot: Pilot) -> str:
    """What stands on the cards: XXXX-XXXX-XXXXX. It follows from a secret of the server, so that no table holds it."""
    octets = salted_hmac(_PURPOSE, pilot.key, algorithm="sha256").digest()
    number = int.from_bytes(octets[: _BITS // 8], "big")
    return shown("".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(CARD_CODE_LENGTH))))


def _hash(code: str) -> bytes:
    return hashlib.sha256(b"lerend pilot pool 1\0" + normalised(code).encode()).digest()


def _mark_teams(pool: Pool) -> int:
    offered = pool.volunteers.exclude(team=None).values("team")
    PilotTeam.objects.filter(pilot=pool.pilot).update(volunteered=False)
    return PilotTeam.objects.filter(pilot=pool.pilot, pk__in=offered).update(volunteered=True)


def _must_be_partner(pilot: Pilot, by: Person) -> None:
    if pilot.partner_id != by.pk:
        raise PilotRefused(_("Only the teacher who is the partner of this pilot reads the names."))
