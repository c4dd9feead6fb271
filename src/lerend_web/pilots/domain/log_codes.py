"""The code behind the QR on a team's board. Whoever holds it can write in the log of that team, and read nothing.

It follows from a secret of the server and the number of its row, so that no table holds it, a sheet can be printed again, and
a new row is a new code.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import note
from lerend_web.pilots.domain.looking_after import lock_in, must_look_after
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import LogCode, Pilot, PilotTeam
from lerend_web.urn.passes import ALPHABET, CARD_CODE_LENGTH, normalised, shown

LONGEST_CODE: Final = 64
_BITS: Final = 64
_PURPOSE: Final = "lerend.pilots.log"


class NoLog(Exception):
    """There is no such code, it was renewed, or its pilot does not run: all look the same."""


def make_codes(pilot: Pilot) -> None:
    """A code for every team that begins at some time."""
    for team in pilot.teams.filter(start__gt=0, code=None):
        _make(team)


@transaction.atomic
def renew_code(*, team: PilotTeam, by: Person | None, at: datetime) -> LogCode:
    """Another code for a team; the old sheet opens nothing any more.

    Raises:
        PilotRefused: somebody who does not look after the pilot there, or it does not run.
    """
    must_look_after(by, team.pilot, team.organisation)
    lock_in(team.pilot, PilotState.RUNNING)
    LogCode.objects.filter(team=team).delete()
    made = _make(team)
    note(team.pilot, "pilot.log_code_renewed", by=by, at=at, organisation=team.organisation_id, team=team.name)
    return made


def code_of(row: LogCode) -> str:
    """What stands on the sheet: XXXX-XXXX-XXXXX."""
    octets = salted_hmac(_PURPOSE, f"{row.team_id} {row.pk}", algorithm="sha256").digest()
    number = int.from_bytes(octets[: _BITS // 8], "big")
    return shown("".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(CARD_CODE_LENGTH))))


def team_behind(code: str) -> PilotTeam:
    """The team in whose log a code writes.

    Raises:
        NoLog: there is none.
    """
    found = LogCode.objects.filter(code_hash=_hash(code[:LONGEST_CODE]), team__pilot__state=PilotState.RUNNING.value)
    row = found.select_related("team__pilot__programme").first()
    if row is None:
        raise NoLog
    return row.team


def _make(team: PilotTeam) -> LogCode:
    # The code follows from the number of the row, so the row is there first, with a hash that no code has.
    row = LogCode.objects.create(team=team, code_hash=secrets.token_bytes(32))
    row.code_hash = _hash(code_of(row))
    row.save()
    return row


def _hash(code: str) -> bytes:
    return hashlib.sha256(b"lerend pilot log 1\0" + normalised(code).encode()).digest()
