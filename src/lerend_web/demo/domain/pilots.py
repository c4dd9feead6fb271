"""Three pilots of the made-up programme: one that found nothing, one that was adopted, and one that runs.

Everything goes through the verbs that people use, at the days on which they would have done it. Only the rounds that measure
are held by the simulation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from lerend.evidence.design.kinds import Kind
from lerend_web.demo.company import ZUIVEL
from lerend_web.demo.domain.cast import Cast
from lerend_web.demo.domain.closed_rounds import OPENED_BEFORE, TOOK
from lerend_web.demo.domain.held_rounds import closed_at, hold_round
from lerend_web.demo.domain.pilot_log import write_logs
from lerend_web.demo.domain.pilot_truth import LARGE_EFFECT, NO_EFFECT, SMALL_EFFECT
from lerend_web.interventions.domain.catalogue import whole_catalogue
from lerend_web.organisations.models import Organisation
from lerend_web.pilots.domain.charters import Charter, make_pilot
from lerend_web.pilots.domain.freezing import freeze_plan
from lerend_web.pilots.domain.grades import propose_grade, sign_grade
from lerend_web.pilots.domain.partners import agree, ask_company
from lerend_web.pilots.domain.results import look
from lerend_web.pilots.domain.running import finish, start
from lerend_web.pilots.domain.teams import teams_of_releases
from lerend_web.pilots.domain.verdicts import sign_verdict
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot

NOON: Final = time(12, 0)
SMALLEST: Final = 0.2
PREPARED_AFTER: Final = timedelta(days=14)
"""From the end of the first round until a pilot is planned."""


@dataclass(frozen=True, slots=True)
class Story:
    """One pilot of the story.

    Attributes:
        days: from planning it to its measurement.
        is_over: measured, judged, and told to the catalogue; `is_signed`: the new grade is signed too.
    """

    title: str
    entry: str
    factor: str
    companies: tuple[str, ...]
    problem: str
    theory: str
    approach: str
    seed: str
    began_before: timedelta
    days: timedelta
    sessions: int = 5
    weeks: int = 10
    is_over: bool = False
    is_signed: bool = False


_FIRST_OVER: Final = OPENED_BEFORE - TOOK
RUNNING: Final = Story(
    title="Leren van fouten",
    entry=SMALL_EFFECT,
    factor="psychological_safety",
    companies=(ZUIVEL, "Voorbeeld Kas"),
    problem="Wie een fout maakt, houdt die vaak voor zich. Dan leert niemand ervan.",
    theory="Een fout waar je over praat, wordt kennis.",
    approach="Elke twee weken een half uur: welke fout maakten we, en wat doen we voortaan anders?",
    seed="2605",
    began_before=timedelta(days=20),
    days=timedelta(days=90),
)
NOTHING_FOUND: Final = Story(
    title="Begeleid nadenken over het werk",
    entry=NO_EFFECT,
    factor="peer_feedback_reflection",
    companies=("Voorbeeld Groente", "Voorbeeld Logistiek"),
    problem="Teams kijken weinig terug op hun werk en geven elkaar weinig feedback.",
    theory="Teams gaan door op de oude weg tot ze stilstaan. Een begeleider zorgt dat ze stilstaan.",
    approach="Een begeleider praat vijf keer met het team over doelen, aanpak en samenwerking.",
    seed="0951",
    began_before=_FIRST_OVER - PREPARED_AFTER,
    days=timedelta(days=112),
    is_over=True,
)
ADOPTED: Final = Story(
    title="Kennisbank aan de lijn",
    entry=LARGE_EFFECT,
    factor="supporting_technology",
    companies=("Voorbeeld Installatie",),
    problem="Uitleg over machines staat op veel plekken. Wie iets niet weet, moet lang zoeken.",
    theory="Kennis die er is op het moment dat je haar nodig hebt, gebruik je ook.",
    approach="Het team maakt zelf filmpjes en werkwijzen, en zet ze op een tablet bij de machine.",
    seed="3011",
    began_before=_FIRST_OVER - PREPARED_AFTER,
    days=timedelta(days=105),
    is_over=True,
    is_signed=True,
)
STORIES: Final = (RUNNING, ADOPTED, NOTHING_FOUND)
"""In the order in which they are made: the quick one first, and the one of which the grade waits last."""


def make_pilots(cast: Cast, *, at: datetime) -> None:
    """All that is not there yet; done again after it was cut off, it goes on where it was."""
    for story in STORIES:
        pilot = pilot_of(story, cast) or _begin(story, cast, at=at)
        if story.is_over:
            _end(story, pilot, cast)


def pilot_of(story: Story, cast: Cast) -> Pilot | None:
    return Pilot.objects.filter(programme=cast.programme, title=story.title).first()


@transaction.atomic
def _begin(story: Story, cast: Cast, *, at: datetime) -> Pilot:
    """From the charter to the start, and what its teams did until today."""
    zone = ZoneInfo(cast.programme.time_zone)
    day = at.astimezone(zone).date() - story.began_before
    planned, by = _noon(day, cast), cast.arjen
    pilot = make_pilot(programme=cast.programme, charter=_charter(story, cast), by=by, at=planned)
    for organisation in Organisation.objects.filter(name__in=story.companies).order_by("pk"):
        partner = ask_company(pilot=pilot, organisation=organisation, by=by, at=planned)
        agree(partner=partner, by=None, at=planned)
    teams_of_releases(pilot=pilot, by=by, at=planned)
    freeze_plan(
        pilot=pilot, kind=Kind.LOTTERY, waves=2, dates=[day + story.days], seed=story.seed, smallest=SMALLEST,
        by=by, at=planned,
    )  # fmt: skip
    start(pilot=pilot, by=by, at=planned)
    write_logs(pilot, until=min(at, _noon(day + story.days, cast)))
    return pilot


def _end(story: Story, pilot: Pilot, cast: Cast) -> None:
    """Measured, looked at, finished, judged; and what the catalogue is to learn from it."""
    rounds = list(pilot.measurements.filter(number=1).select_related("organisation", "pilot__programme"))
    for measurement in rounds:
        if measurement.wave_id is None:
            hold_round(measurement, by=cast.arjen)
    after = closed_at(rounds[0]) + timedelta(days=7)
    if not pilot.effects.exists():
        look(pilot, 1, at=after, by=cast.arjen)
    pilot.refresh_from_db()
    if pilot.state == PilotState.RUNNING:
        finish(pilot=pilot, by=cast.arjen, at=after)
    if not hasattr(pilot, "verdict"):
        sign_verdict(pilot, by=cast.fenna, at=after)
    pilot = Pilot.objects.get(pk=pilot.pk)
    if not pilot.grade_changes.exists():
        with transaction.atomic():
            change = propose_grade(pilot=pilot, at=after, by=cast.fenna)
            if story.is_signed:
                sign_grade(change=change, by=cast.fenna, at=after)


def _charter(story: Story, cast: Cast) -> Charter:
    entries = {one.id: one.reference for one in whole_catalogue([cast.programme]).catalogue.interventions}
    return Charter(
        title=story.title,
        factor=story.factor,
        problem=story.problem,
        theory=story.theory,
        approach=story.approach,
        intervention=entries[story.entry],
        sessions=story.sessions,
        weeks=story.weeks,
        smallest=SMALLEST,
        owner=cast.arjen,
        partner=cast.teacher,
    )


def _noon(day: date, cast: Cast) -> datetime:
    return datetime.combine(day, NOON, tzinfo=ZoneInfo(cast.programme.time_zone))
