"""Made-up diagnoses from random numbers with a seed, in every state that a report can meet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from lerend.answers.table import Path, Reading
from lerend.diagnosis.result import (
    Band,
    Diagnosis,
    Estimate,
    Finding,
    Gap,
    Room,
    ScaleQuality,
    Strength,
    Trail,
    UnitDiagnosis,
    UnitLevel,
)
from lerend.model.structure import Direction, OrganisationModel
from lerend.wording import Message, Text, say

from .models import made_model

HIDDEN_CELL = say("{text}", text=Text("Te weinig antwoorden om dit te tonen.", "Too few answers to show this."))
HIDDEN_UNIT = say(
    "{text}",
    text=Text("Hier antwoordden minder dan vijf mensen. Daarom tonen we niets.", "Fewer than five people answered here. So we show nothing."),
)  # fmt: skip
NOT_RANKED = say("{text}", text=Text("Er zijn minder dan 8 antwoorden.", "There are fewer than 8 answers."))


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the made-up programme is, and which states it has.

    `hidden_units` hides every seventh company and team, `hidden_cells` the scales about a manager in some units.
    """

    companies: int = 8
    teams: int = 3
    seed: int = 1
    hidden_units: bool = True
    hidden_cells: bool = True
    gaps: bool = True
    simulated: bool = True
    shareable: bool = True
    first_wave: bool = False


def made_diagnosis(shape: Shape = Shape()) -> Diagnosis:
    """A programme of made-up companies with made-up teams; the same shape gives the same diagnosis."""
    model, random = made_model(), Random(shape.seed)  # noqa: S311 -- made-up data, nothing secret
    names = [f"Bedrijf {place + 1}" for place in range(shape.companies)]
    companies = tuple(
        _unit((name,), UnitLevel.COMPANY, model, random, shape, hide=shape.hidden_units and place % 7 == 5)
        for place, name in enumerate(names)
    )
    teams = tuple(
        _unit((name, f"Team {place + 1}"), UnitLevel.TEAM, model, random, shape, hide=shape.hidden_units and place == 2)
        for name in names
        for place in range(shape.teams)
    )
    people = sum(unit.people for unit in companies if isinstance(unit.people, int))
    return Diagnosis(
        trail=_trail(shape),
        reading=Reading(people + 5, people, {"no_answers": 3, "wrong_length": 2}, people * 58, people * 2, people, people * 20),
        programme=replace(_unit((), UnitLevel.PROGRAMME, model, random, shape, hide=False), people=people),
        companies=companies,
        teams=teams,
        quality=tuple(_quality(scale, people, random) for scale in model.scales),
        listed=5,
        target_is_stated=shape.first_wave or shape.companies < 5,
        shareable=shape.shareable,
        simulated=shape.simulated,
    )  # fmt: skip


def _trail(shape: Shape) -> Trail:
    return Trail(
        model="made@1",
        model_digest="3f" * 32,
        instrument="made-scan@1",
        inputs_digest="c21e" * 16,
        code_version="0.1.0",
        seed=shape.seed,
        draws=2000,
        k=5 if shape.shareable else 1,
        by=("company", "team"),
    )


def _unit(
    path: Path, level: UnitLevel, model: OrganisationModel, random: Random, shape: Shape, *, hide: bool
) -> UnitDiagnosis:
    label = path[-1] if path else "Programma Voorbeeld"
    if hide:
        return UnitDiagnosis(path, level, label, None, (), None, hidden=HIDDEN_UNIT)
    people = {
        UnitLevel.PROGRAMME: 900,
        UnitLevel.COMPANY: random.randint(20, 130),
        UnitLevel.TEAM: random.randint(6, 14),
    }
    findings = _findings(model, people[level], level, random, shape)
    shown = {finding.scale: finding for finding in findings if finding.score is not None}
    plain = [f.id for f in model.factors if f.direction is Direction.PLAIN and f.id in shown]
    mean = sum(_value(shown[scale]) for scale in plain) / len(plain)
    findings = tuple(_against(finding, mean) for finding in findings)
    ranked = sorted((f for f in findings if f.room), key=lambda f: -f.room.top_five if f.room else 0.0)
    chosen = tuple(f.scale for f in ranked if f.room and f.room.band is not Band.UNLIKELY)[:5]
    best = sorted(plain, key=lambda scale: -_value(shown[scale]))[:3]
    return UnitDiagnosis(
        path=path,
        level=level,
        label=label,
        people=people[level],
        findings=findings,
        own_mean=mean,
        strengths=tuple(Strength(scale, 0.9, _good()) for scale in best),
        bottlenecks=chosen,
        gaps=_gaps(model, shown, random) if shape.gaps and level is UnitLevel.COMPANY else (),
        joined_with=("Nachtploeg",) if level is UnitLevel.TEAM and random.random() < 0.3 else (),
        why_not_ranked=None if chosen else NOT_RANKED,
        headline=_headline(model, best, chosen),
    )


def _findings(
    model: OrganisationModel, people: int, level: UnitLevel, random: Random, shape: Shape
) -> tuple[Finding, ...]:
    ranked = {f.id for f in model.factors if f.ranked and f.measured} if people >= 8 else set()
    about_manager = {f.id for f in model.factors if f.about_manager}
    lucky = random.sample(sorted(ranked), k=min(6, len(ranked)))
    return tuple(
        Finding(scale, None, None, can_be_chance=False, hidden=HIDDEN_CELL)
        if shape.hidden_cells and scale in about_manager and people < 25
        else _finding(scale, people, level, random, ranked=scale in ranked, lucky=scale in lucky, model=model)
        for scale in model.scales
    )


def _finding(
    scale: str, people: int, level: UnitLevel, random: Random, *, ranked: bool, lucky: bool, model: OrganisationModel
) -> Finding:
    value = random.gauss(3.45, 0.35) - (0.5 if lucky else 0.0)
    score = _around(value, 1.3 / people**0.5)
    spread = None if level is UnitLevel.TEAM else _around(abs(random.gauss(0.25, 0.1)), 0.08)
    return Finding(
        scale=scale,
        people=people,
        score=score,
        can_be_chance=False,
        room=_room(score, random, lucky=lucky) if ranked else None,
        spread=spread,
        differs=spread is not None and spread.low > 0.1,
        sentence=_meaning(model, scale),
    )


def _against(finding: Finding, mean: float) -> Finding:
    if finding.score is None:
        return finding
    return replace(finding, can_be_chance=finding.score.low <= mean <= finding.score.high)


def _room(score: Estimate, random: Random, *, lucky: bool) -> Room:
    top = min(max(random.gauss(0.75 if lucky else 0.12, 0.18), 0.0), 1.0)
    band = Band.VERY_LIKELY if top >= 0.8 else Band.POSSIBLY if top >= 0.3 else Band.UNLIKELY
    return Room(
        target=4.0,
        gap=Estimate(4.0 - score.value, 4.0 - score.high, 4.0 - score.low),
        association=_around(0.2, 0.1),
        gain=_around(0.15, 0.1),
        top_five=top,
        top_three=top * 0.7,
        by_outcome=(("learning", top * 0.9), ("innovating", top * 0.8)),
        band=band,
        robustness=random.uniform(0.05, 0.3),
        leaves_with=random.choice([0.6, 1.4, 2.3]) if lucky else None,
    )


def _gaps(model: OrganisationModel, shown: dict[str, Finding], random: Random) -> tuple[Gap, ...]:
    gaps = []
    for factor in [f for f in model.factors if f.id in shown][::3]:
        employees = shown[factor.id].score
        assert employees is not None
        difference = random.gauss(0.4, 0.4)
        chance = abs(difference) < 0.35
        gaps.append(
            Gap(
                factor=factor.id,
                seen_by="company_form",
                management=min(max(employees.value + difference, 1.0), 5.0),
                employees=employees,
                difference=_around(difference, 0.18),
                can_be_chance=chance,
                sentence=_difference(factor.name, chance=chance),
            )
        )
    return tuple(gaps)


def _quality(scale: str, people: int, random: Random) -> ScaleQuality:
    alpha = _around(random.uniform(0.7, 0.9), 0.02)
    return ScaleQuality(scale, 4, people, alpha, alpha, random.uniform(0.02, 0.2), 0.7, 0.8, None)


def _around(value: float, error: float) -> Estimate:
    return Estimate(value, value - 1.96 * error, value + 1.96 * error)


def _value(finding: Finding) -> float:
    assert finding.score is not None
    return finding.score.value


def _good() -> Message:
    return say("{text}", text=Text("Hier gaat het goed: mensen merken dit in hun werk.", "This goes well: people notice it in their work."))  # fmt: skip


def _meaning(model: OrganisationModel, scale: str) -> Message:
    name = model.name_of(scale)
    return say("{text}", text=Text(f"Over ‘{name.nl}’ zijn mensen niet uitgesproken.", f"People have no strong view on ‘{name.en}’."))  # fmt: skip


def _difference(name: Text, *, chance: bool) -> Message:
    nl, en = ("Dit verschil kan toeval zijn.", "This difference can be chance.") if chance else (
        "De leiding ziet dit anders dan medewerkers.", "Management sees this differently from employees.")  # fmt: skip
    return say("{text}", text=Text(f"{name.nl}: {nl}", f"{name.en}: {en}"))


def _headline(model: OrganisationModel, best: list[str], chosen: tuple[str, ...]) -> tuple[Message, ...]:
    good = tuple(model.name_of(scale) for scale in best)
    room = tuple(model.name_of(scale) for scale in chosen[:3]) or (Text("nog niet te zeggen", "cannot be said yet"),)
    return (
        say("{text}: {names}.", text=Text("Dit gaat goed", "This goes well"), names=good),
        say("{text}: {name}.", text=Text("Hier is de meeste ruimte", "Most room is here"), name=room[0]),
        say("{text}: {names}.", text=Text("Misschien geldt dat ook voor", "Perhaps also here"), names=room[1:] or room),
        say("{text}", text=Text("We zien geen duidelijk verschil tussen teams. Dat kan toeval zijn.", "We see no clear difference between teams. It can be chance.")),
        say("{text}", text=Text("Dit zegt niet wat de oorzaak is. Praat er samen over.", "This does not tell the cause. Talk about it together.")),
    )  # fmt: skip
