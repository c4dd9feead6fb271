"""Pilots that were judged, with an effect of a stated size: the quick way to evidence in a test.

What a look keeps is written as the platform writes it; nothing was measured.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from lerend.evidence.design.kinds import Kind
from lerend.evidence.effects.effect import Basis, Effect, Method, probability_above
from lerend.statistics.interval import Interval
from lerend.wording import say
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.pilots.domain.kept_looks import Seen, Shift, text_of_seen
from lerend_web.pilots.domain.plans import digest_of
from lerend_web.pilots.enums import Faithful, PilotState
from lerend_web.pilots.models import LogEntry, Measurement, Partner, Pilot, PilotTeam, StoredEffect, Verdict
from lerend_web.urn.passes import new_public_code
from tests.lerend_web.actors import Place

ENTRY: Final = "team_debrief"
"""In the catalogue: grade A, with a published size."""
ON_DESIGN: Final = "psychological_safety"
FIRST: Final = date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a test asks for; `led` is the share of the sessions at which the leader was, None for no log at all."""

    title: str = "Look back together"
    estimate: float = 0.3
    se: float = 0.12
    df: float = 14.0
    kind: Kind = Kind.LOTTERY
    entry: str = ENTRY
    factor: str = ""
    verdict: str = "adopt"
    day: int = 0
    led: float | None = None
    school: bool = True
    weeks: int = 8


def judged(
    here: Place, wish: Wish = Wish(), *, organisation: Organisation | None = None, by: Person | None = None
) -> Pilot:
    """A finished pilot of one company with its look and its signed verdict; a company of its own where none is given."""
    at = datetime(2026, 9, 1, 9, tzinfo=UTC) + timedelta(days=wish.day)
    where = organisation or Organisation.objects.create(name=f"Bakery {Organisation.objects.count()}")
    where.programmes.add(here.programme)
    pilot = Pilot.objects.create(
        programme=here.programme,
        key=new_public_code(),
        title=wish.title,
        factor=wish.factor or ON_DESIGN,
        problem="Errors are not talked about.",
        intervention=f"{wish.entry}@1" if wish.entry else "",
        weeks=wish.weeks,
        owner=here.people[ProgrammeRole.COORDINATOR],
        partner=here.people[ProgrammeRole.TEACHER] if wish.school else None,
        state=PilotState.FINISHED.value,
        made_at=at - timedelta(days=180),
        started_at=at - timedelta(days=170),
        ended_at=at,
    )
    Partner.objects.create(pilot=pilot, organisation=where, asked_at=pilot.made_at, agreed_at=pilot.made_at)
    for number in (0, 1):
        on = FIRST + timedelta(days=wish.day + 91 * number)
        Measurement.objects.create(pilot=pilot, organisation=where, number=number, on=on)
    _log(pilot, where, wish, at)
    text = text_of_seen(_seen(wish))
    StoredEffect.objects.create(pilot=pilot, look=1, content=text, digest=digest_of(text), at=at)
    signer = by or here.people[ProgrammeRole.RESEARCHER]
    Verdict.objects.create(pilot=pilot, verdict=wish.verdict, why=[], by=signer, at=at)
    return pilot


def some_judged(here: Place, estimates: list[float], *, wish: Wish = Wish()) -> list[Pilot]:
    """One after another, each in a company of its own."""
    return [
        judged(here, replace(wish, estimate=value, title=f"Pilot {number}", day=7 * number))
        for number, value in enumerate(estimates, start=1)
    ]


def _log(pilot: Pilot, organisation: Organisation, wish: Wish, at: datetime) -> None:
    team = PilotTeam.objects.create(
        pilot=pilot,
        organisation=organisation,
        path=[organisation.name, "Oven"],
        name="Oven",
        people=10,
        arm="A",
        start=1,
    )
    if wish.led is None:
        return
    for number in range(pilot.sessions):
        LogEntry.objects.create(
            team=team,
            on=FIRST + timedelta(days=wish.day + 7 * (number + 1)),
            minutes=30,
            came=8,
            leader_came=number < round(wish.led * pilot.sessions),
            faithful=Faithful.AS_PLANNED.value,
            at=at,
        )


def _seen(wish: Wish) -> Seen:
    half = 2.1 * wish.se
    effect = Effect(
        kind=wish.kind,
        method=Method.ANCOVA if wish.kind.estimates_effect else Method.BEFORE_AFTER,
        estimand=say("Of beginning now, on the teams."),
        label=say("A lot."),
        estimate=wish.estimate,
        se=wish.se,
        df=wish.df,
        interval=Interval(wish.estimate - half, wish.estimate + half),
        level=0.95,
        p=None,
        tested_by=Basis.T if wish.kind.estimates_effect else Basis.NOTHING,
        smallest=0.2,
        worth=probability_above(0.2, wish.estimate, wish.se, wish.df),
        above_zero=probability_above(0.0, wish.estimate, wish.se, wish.df),
        deviation=0.8,
        teams=12,
        people=120,
        organisations=1,
        wave=1,
        last_wave=1,
        assumptions=(),
        cannot_say=(),
        remarks=(),
        digest="0" * 64,
    )
    return Seen(effect, 1, 1, False, False, Shift.NOT_CHECKED, "0" * 64, (), 0, 0)
