"""Made-up units and releases: only what matching looks at is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lerend.answers.table import Reading
from lerend.diagnosis.result import (
    Band,
    Diagnosis,
    Estimate,
    Finding,
    Gap,
    Room,
    Trail,
    UnitDiagnosis,
    UnitLevel,
)
from lerend.disclosure.bands import PeopleBand
from lerend.disclosure.cells import Extreme
from lerend.interventions.catalogue import (
    Catalogue,
    Circumstance,
    Cost,
    Evidence,
    Grade,
    Intervention,
    Kind,
    Level,
    Origin,
    Precondition,
    Recognition,
)
from lerend.model import load_model
from lerend.release.value import Collected, Release, Wave
from lerend.wording import Text, say

MODEL = load_model("lerend")
WORD = Text("Iets.", "Something.")
FIFTY = PeopleBand(50, 99)
SURE = Estimate(0.5, 0.4, 0.6)


def room(band: Band = Band.VERY_LIKELY) -> Room:
    chance = {Band.VERY_LIKELY: 0.9, Band.POSSIBLY: 0.5, Band.UNLIKELY: 0.1}[band]
    return Room(4.0, SURE, SURE, SURE, chance, chance / 2, (), band, 0.2)


def unit_of(
    scores: Mapping[str, tuple[float, float] | Extreme | None],
    bottlenecks: Sequence[str] = (),
    *,
    name: str = "Bakkerij",
    level: UnitLevel = UnitLevel.COMPANY,
    gaps: Sequence[Gap] = (),
    people: PeopleBand | None = FIFTY,
) -> UnitDiagnosis:
    """A unit with these intervals (or words, or nothing shown) and bottlenecks; other scales are not there at all."""
    findings = []
    for scale in dict.fromkeys((*scores, *bottlenecks)):
        said = scores.get(scale, (2.4, 2.8))
        score = Estimate(sum(said) / 2, *said) if isinstance(said, tuple) else None
        finding = Finding(scale, people, score, False, hidden=None if score else say("Too few answers."))
        findings.append(
            replace(
                finding,
                words=said if isinstance(said, Extreme) else None,
                room=room() if scale in bottlenecks else None,
            )
        )
    return UnitDiagnosis(
        (name,), level, name, people, tuple(findings), 3.2, bottlenecks=tuple(bottlenecks), gaps=tuple(gaps)
    )


def gap(factor: str, difference: float, *, can_be_chance: bool = False) -> Gap:
    around = Estimate(difference, difference - 0.2, difference + 0.2)
    return Gap(
        factor, "company_form", 3.0 + difference, Estimate(3.0, 2.9, 3.1), around, can_be_chance, say("Differs.")
    )


def release_of_unit(unit: UnitDiagnosis) -> Release:
    trail = Trail("lerend@1", "", "employee-scan@1", "0" * 64, "0", 1, 100, 5, ("company",))
    diagnosis = Diagnosis(trail, Reading(), unit, (unit,), (), (), 5, False, True, True)
    return Release(Wave(f"w-{unit.label}", "Najaar", unit.label), "2026-09-18", 5, Collected.HERE, diagnosis, ())


def entry_of(
    id: str = "thing",
    *,
    targets: Sequence[str] = ("psychological_safety",),
    needs: Sequence[Precondition] = (),
    grade: Grade = Grade.B,
    mixed: bool = False,
    level: Level = Level.TEAM,
    rank: int = 2,
    kind: Kind = Kind.SOLUTION,
) -> Intervention:
    return Intervention(
        id=id,
        version=1,
        kind=kind,
        name=Text(f"{id} nl", f"{id} en"),
        what=WORD,
        mechanism=Text("Daarom.", "That is why."),
        targets=tuple(targets),
        toward=(),
        level=level,
        dose=WORD,
        weeks=(1, 2),
        cost=Cost(rank, 1, 1, 0, 100),
        delivered_by=WORD,
        preconditions=tuple(needs),
        effects=(),
        evidence=Evidence(grade, Recognition.WELL_DESCRIBED, mixed, WORD),
        origin=Origin.DUTCH,
        sources=(),
        fails=(WORD,),
        before=WORD,
        during=WORD,
        after=WORD,
    )


def catalogue_of(*entries: Intervention) -> Catalogue:
    circumstance = Circumstance("paid_time", Text("Er is tijd.", "There is time."))
    return Catalogue("small", 1, "lerend@1", Text("Klein", "Small"), (circumstance,), (), entries)
