"""A programme with a pilot in it, and releases of its companies at each moment: the quick way to an outcome of a pilot.

The releases are written as the gate writes them, without any answer behind them: nothing of the platform that looks further
than a release finds anything here. The true effect is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lerend.answers.table import Reading
from lerend.diagnosis.result import Diagnosis, Estimate, Finding, Trail, UnitDiagnosis, UnitLevel
from lerend.disclosure.bands import nearest, people_band
from lerend.disclosure.cells import Cell
from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.design.team import Team
from lerend.evidence.verdict import VerdictRule
from lerend.release.value import UNITS, Collected, Release
from lerend.release.value import Wave as ReleasedWave
from lerend.release.writing import sealed, to_json
from lerend.report.motivation import MOTIVATION
from lerend_web.organisations.models import Organisation, OrganisationMember, Unit
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.pilots.domain.plans import Moment, Plan, digest_of, text_of
from lerend_web.pilots.domain.teams import id_of
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import FrozenPlan, Measurement, Partner, Pilot, PilotTeam
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import StoredRelease, Wave
from lerend_web.urn.passes import new_public_code
from tests.lerend_web.actors import Place, person, place

SCALE: Final = "psychological_safety"
DEVIATION: Final = 0.8
K: Final = 5
START: Final = date(2026, 3, 2)
GAP: Final = timedelta(days=91)
PEOPLE: Final = (9, 12, 14, 8, 21)
"""Who answers in each team, in turn."""
SEED: Final = "4711"
_NAMES: Final = ("Oven", "Shop", "Lab", "Cellar", "Office", "Dairy", "Garage", "Yard")


@dataclass(frozen=True, slots=True)
class World:
    """What a test asks for.

    Attributes:
        effect: true, in points of the scale, from the first measurement after a team began.
        moments: measurements of the plan, the one before the start included.
        measured: how many of these have a release.
        spread: points by which means of teams differ before; `noise` by which they move of themselves in between.
        trend: points by which all teams go up from one measurement to the next.
    """

    kind: Kind = Kind.LOTTERY
    companies: int = 2
    teams: int = 5
    moments: int = 3
    measured: int = 3
    effect: float = 0.5
    spread: float = 0.3
    noise: float = 0.08
    trend: float = 0.05
    smallest: float = 0.2
    seed: int = 1
    state: PilotState = PilotState.RUNNING
    sessions: int = 4
    weeks: int = 8


@dataclass(frozen=True, slots=True)
class Built:
    """What is there then; `here` is the first company with a person for every role, `contacts` those of all companies."""

    here: Place
    pilot: Pilot
    plan: Plan
    organisations: tuple[Organisation, ...]
    contacts: tuple[Person, ...] = field(repr=False)

    @property
    def design(self) -> PilotDesign:
        return self.plan.design


def build(wish: World = World(), *, here: Place | None = None) -> Built:
    """Make it all: companies that agreed, teams, the frozen plan with its lot, measurements with their rounds and releases."""
    here = here or place("A")
    generator = np.random.default_rng(wish.seed)
    organisations = (here.organisation, *(_company(here, number) for number in range(1, wish.companies)))
    contacts = [here.people[OrganisationRole.COMPANY_CONTACT]]
    contacts += [_contact(one) for one in organisations[1:]]
    pilot = _pilot(here, wish)
    teams = [(one, name) for one in organisations for name in _NAMES[: wish.teams]]
    before = {(one.pk, name): float(generator.normal(3.2, wish.spread)) for one, name in teams}
    design = _design(organisations, wish, before)
    plan = _freeze(pilot, design, organisations, wish)
    for number in range(wish.measured):
        moved = _moved(design, teams, number, generator.normal(0, wish.noise, len(teams)))
        for one in organisations:
            scores = {
                name: before[one.pk, name]
                + wish.trend * number
                + wish.effect * _begun(design, one, name, number)
                + (moved[one.pk, name] if number else 0.0)
                for name in _NAMES[: wish.teams]
            }
            release_moment(pilot, one, number, scores)
    return Built(here, pilot, plan, organisations, tuple(contacts))


def release_moment(pilot: Pilot, organisation: Organisation, number: int, scores: dict[str, float]) -> StoredRelease:
    """A closed round of a company at a moment of the pilot, with a release that shows these means of teams."""
    on = START + number * GAP
    wave = Wave.objects.create(
        organisation=organisation,
        programme=pilot.programme,
        code=new_public_code(),
        name=f"Round {number}",
        opens_on=on - timedelta(days=14),
        closes_on=on,
        heard_back_on=on + timedelta(days=21),
        state=WaveState.CLOSED,
        closed_at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC),
    )
    Measurement.objects.filter(pilot=pilot, organisation=organisation, number=number).update(wave=wave)
    release = sealed(_release(organisation, wave, on, scores))
    return StoredRelease.objects.create(
        wave=wave, number=1, content=to_json(release), digest=release.digest, made_at=moment_at(number)
    )


def leader_of(built: Built, team: str) -> Person:
    """Somebody who leads one team of the first company."""
    one = person(f"leader.{team}".lower())
    unit, _is_new = Unit.objects.get_or_create(
        organisation=built.here.organisation, name=team, defaults={"headcount": 12}
    )
    OrganisationMember.objects.create(
        organisation=built.here.organisation, person=one, role=OrganisationRole.TEAM_LEADER, unit=unit
    )
    return one


def moment_at(number: int) -> datetime:
    """A week after this measurement."""
    on = START + number * GAP + timedelta(days=7)
    return datetime(on.year, on.month, on.day, 10, tzinfo=UTC)


def _company(here: Place, number: int) -> Organisation:
    one = Organisation.objects.create(name=f"Bakery {number}")
    one.programmes.add(here.programme)
    return one


def _contact(organisation: Organisation) -> Person:
    one = person(f"contact.{organisation.pk}")
    OrganisationMember.objects.create(organisation=organisation, person=one, role=OrganisationRole.COMPANY_CONTACT)
    return one


def _pilot(here: Place, wish: World) -> Pilot:
    return Pilot.objects.create(
        programme=here.programme,
        key=new_public_code(),
        title="Look back together",
        factor=SCALE,
        problem="Errors are not talked about.",
        approach="Every Friday ten minutes on what went wrong.",
        intervention="team_debrief@1",
        sessions=wish.sessions,
        weeks=wish.weeks,
        smallest=wish.smallest,
        owner=here.people[ProgrammeRole.COORDINATOR],
        partner=here.people[ProgrammeRole.TEACHER],
        state=wish.state,
        made_at=moment_at(0),
    )


def _design(organisations: tuple[Organisation, ...], wish: World, before: dict[tuple[int, str], float]) -> PilotDesign:
    teams = [
        Team(
            id=id_of(one.pk, (one.name, name)),
            organisation=str(one.pk),
            people=people_band(PEOPLE[place % len(PEOPLE)], k=K).low,
            motivation=round(3 + (before[one.pk, name] - 3.2) / 2, 1),
            joins=wish.kind is not Kind.COMPARISON or one == organisations[0],
        )
        for one in organisations
        for place, name in enumerate(_NAMES[: wish.teams])
    ]
    scale = MOTIVATION if wish.kind.needs_motivation else ""
    return design_pilot(wish.kind, teams, waves=wish.moments, seed=SEED, scale=scale)


def _freeze(pilot: Pilot, design: PilotDesign, organisations: tuple[Organisation, ...], wish: World) -> Plan:
    moments = [Moment(one.pk, number, START + number * GAP) for number in range(wish.moments) for one in organisations]
    rule = VerdictRule(smallest=wish.smallest)
    plan = Plan(design, SCALE, DEVIATION, rule, wish.sessions, wish.weeks, tuple(moments))
    text = text_of(plan)
    FrozenPlan.objects.create(pilot=pilot, content=text, digest=digest_of(text), seed=design.seed, at=moment_at(0))
    letters = {team: "ABCDEFGH"[place] for place, arm in enumerate(design.arms) for team in arm.teams}
    for one in organisations:
        Partner.objects.create(pilot=pilot, organisation=one, asked_at=moment_at(0), agreed_at=moment_at(0))
    placed = {one.team: one for one in design.placements}
    for one in organisations:
        for name in _NAMES[: wish.teams]:
            placement = placed[id_of(one.pk, (one.name, name))]
            PilotTeam.objects.create(
                pilot=pilot,
                organisation=one,
                path=[one.name, name],
                name=name,
                people=placement.people,
                motivation=placement.motivation,
                arm=letters[placement.team],
                start=placement.begins or 0,
            )
    for moment in moments:
        Measurement.objects.create(pilot=pilot, organisation_id=moment.organisation, number=moment.number, on=moment.on)
    return plan


def _moved(
    design: PilotDesign, teams: list[tuple[Organisation, str]], number: int, noise: NDArray[np.float64]
) -> dict[tuple[int, str], float]:
    """By how much each team moved of itself; within each group nothing on the mean, so that no lot decides a test."""
    begun = np.array([_begun(design, one, name, number) for one, name in teams])
    for group in (begun, ~begun):
        if group.any():
            noise[group] -= noise[group].mean()
    return {(one.pk, name): float(value) for (one, name), value in zip(teams, noise, strict=True)}


def _begun(design: PilotDesign, organisation: Organisation, name: str, number: int) -> bool:
    row = design.teams.index(id_of(organisation.pk, (organisation.name, name)))
    return bool(design.treated()[row, number])


def _release(organisation: Organisation, wave: Wave, on: date, scores: dict[str, float]) -> Release:
    cells, teams = [], []
    for place_, (name, score) in enumerate(scores.items()):
        people = people_band(PEOPLE[place_ % len(PEOPLE)], k=K)
        path, mean = (organisation.name, name), nearest(min(max(score, 1.0), 5.0), 0.1)
        cells += [Cell(UNITS, path, scale, (path,), people, mean) for scale in (SCALE, MOTIVATION)]
        findings = tuple(
            Finding(scale, people, Estimate(mean, mean - 0.4, mean + 0.4), can_be_chance=False)
            for scale in (SCALE, MOTIVATION)
        )
        teams.append(UnitDiagnosis(path, UnitLevel.TEAM, name, people, findings, own_mean=None))
    whole = people_band(sum(PEOPLE), k=K)
    company = UnitDiagnosis((organisation.name,), UnitLevel.COMPANY, organisation.name, whole, (), own_mean=None)
    programme = UnitDiagnosis((), UnitLevel.PROGRAMME, "", whole, (), own_mean=None)
    diagnosis = Diagnosis(
        trail=Trail("lerend@1", "0" * 64, "employee-scan@1", "0" * 64, "test", 1, 1000, K, ("organisation", "team")),
        reading=Reading(),
        programme=programme,
        companies=(company,),
        teams=tuple(teams),
        quality=(),
        listed=5,
        target_is_stated=True,
        shareable=True,
        simulated=True,
    )
    return Release(
        wave=ReleasedWave(wave.code, wave.name, organisation.name),
        made_on=on.isoformat(),
        k=K,
        collected=Collected.HERE,
        diagnosis=diagnosis,
        cells=tuple(cells),
    )
