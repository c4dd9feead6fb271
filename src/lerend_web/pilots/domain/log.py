"""The log of a pilot: one line a session, written from a phone by whoever led it; and how much of the plan took place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.evidence.verdict import Fidelity
from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import note
from lerend_web.pilots.domain.dose import Dose, doses_of
from lerend_web.pilots.domain.log_codes import team_behind
from lerend_web.pilots.domain.looking_after import must_look_after
from lerend_web.pilots.enums import Faithful
from lerend_web.pilots.models import LogEntry, Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.rules import day_of

LONGEST_SESSION: Final = 600
MOST_PEOPLE: Final = 500
LONGEST_NOTE: Final = 300
DAYS_BACK: Final = 60
MOST_A_DAY: Final = 12
"""Lines that one team can write on one day; a sheet that got into wrong hands fills no log."""
SAME_WITHIN: Final = timedelta(minutes=15)
"""The same line again within so long is one that was sent twice."""
CORE_KEPT_FROM: Final = 0.7
"""Share of the sessions that went as planned, from which on what makes the approach what it is counts as kept."""


@dataclass(frozen=True, slots=True)
class Session:
    """What somebody writes down of one session.

    Attributes:
        came: how many people, the leader not counted apart; never names.
        changed: what was done in another way, in a few words.
    """

    on: date
    minutes: int = 0
    came: int = 0
    leader_came: bool = False
    faithful: Faithful = Faithful.AS_PLANNED
    changed: str = ""


class LogIsFull(PilotRefused):
    """The team wrote so many lines today that something is wrong."""


@transaction.atomic
def write_session(*, code: str, session: Session, at: datetime) -> None:
    """One line in the log of the team behind a code. The same line twice shortly after each other is one.

    Raises:
        NoLog: the code leads nowhere.
        PilotRefused: a number or day that cannot be; this says nothing about the code.
        LogIsFull: too many lines today.
    """
    if (wrong := what_is_wrong(session)) is not None:
        raise PilotRefused(wrong[1], wrong[0])
    team = team_behind(code)
    pilot = team.pilot
    zone = pilot.programme.time_zone
    if not day_of(at, zone) - timedelta(days=DAYS_BACK) <= session.on <= day_of(at, zone):
        raise PilotRefused(_("Choose a day that is over, of the last two months."), "on")
    held = session.faithful is not Faithful.NOT_DONE
    line = LogEntry(
        team=team,
        on=session.on,
        minutes=session.minutes if held else 0,
        came=session.came if held else 0,
        leader_came=session.leader_came and held,
        faithful=session.faithful.value,
        changed=" ".join(session.changed.split())[:LONGEST_NOTE],
        at=at,
    )
    if _is_there(line):
        return
    if team.log.filter(at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise LogIsFull(_("This team wrote a lot today. Nothing was kept; write it down again tomorrow."))
    line.save()
    note(pilot, "pilot.session_logged", by=None, at=at, organisation=team.organisation_id, team=team.name)


@transaction.atomic
def strike_session(*, entry: LogEntry, by: Person | None, at: datetime) -> None:
    """Take a line out that was a mistake.

    Raises:
        PilotRefused: somebody who does not look after the pilot there, or it was judged already.
    """
    team = entry.team
    must_look_after(by, team.pilot, team.organisation)
    if hasattr(team.pilot, "verdict"):
        raise PilotRefused(_("The verdict of this pilot is signed, so its log stays as it is."))
    entry.delete()
    note(team.pilot, "pilot.session_struck", by=by, at=at, organisation=team.organisation_id, team=team.name)


def fidelity_of(pilot: Pilot, *, on: date | None = None) -> Fidelity:
    """How the approach was carried out, over all teams that began.

    Args:
        on: of what was planned up to this day; None: of the whole plan.
    """
    return fidelity_in(doses_of(pilot, on=on))


def fidelity_in(doses: tuple[Dose, ...]) -> Fidelity:
    """The same from what each team did: sessions and people of all teams together; None where nobody kept a log."""
    written = [one for one in doses if one.has_log]
    planned = sum(one.planned for one in doses)
    if not written or planned == 0:
        return Fidelity()
    held = sum(one.held for one in doses)
    meant = sum(one.people * one.held for one in doses)
    return Fidelity(
        # More than planned in one team does not make good what another team left out.
        dose=sum(min(one.held, one.planned) for one in doses) / planned,
        reach=sum(min(one.came, one.people * one.held) for one in doses) / meant if meant else None,
        core_kept=sum(one.as_planned for one in doses) / held >= CORE_KEPT_FROM if held else None,
    )


def what_is_wrong(session: Session) -> tuple[str, Promise] | None:
    """What cannot be in a line, whoever writes it: the field and a sentence."""
    if session.faithful is Faithful.NOT_DONE:
        return None
    if not 1 <= session.minutes <= LONGEST_SESSION:
        return "minutes", _("Fill in how many minutes it took, from 1 to 600.")
    if not 1 <= session.came <= MOST_PEOPLE:
        return "came", _("Fill in how many people came, from 1 to 500.")
    return None


def _is_there(line: LogEntry) -> bool:
    same = LogEntry.objects.filter(
        team=line.team, on=line.on, minutes=line.minutes, came=line.came,
        leader_came=line.leader_came, faithful=line.faithful, changed=line.changed,
    )  # fmt: skip
    return same.filter(at__gt=line.at - SAME_WITHIN).exists()
