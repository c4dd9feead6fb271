"""A release as an SPSS file: a row per unit, a column per scale.

Rows of people do not exist: when a round closes, answers become sums per group and the rows are destroyed, as was promised.
What a unit's row holds is what may be shown of it; codes below zero, declared missing, say why a figure is not there.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from lerend.answers.table import Path
from lerend.diagnosis.result import Estimate, Finding, UnitDiagnosis
from lerend.disclosure.cells import Cell, Extreme
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import UNITS, Release
from lerend.report.files.columns import topic_of
from lerend.report.files.origin import day_of, marks_of, origin_rows, stamp_of
from lerend.report.files.sav import Variable, safe_names, sav_of
from lerend.report.files.units import organisation_in, unit_in, units_of
from lerend.report.visible import finding_of, visible
from lerend.report.words import EXTREMES, LEVELS, NOT_SHOWN, printable, spoken
from lerend.wording import Language, Message, say

HIDDEN: Final = -1
VERY_LOW: Final = -2
VERY_HIGH: Final = -3
NO_END: Final = -4

_CODES: Final = {Extreme.VERY_LOW: VERY_LOW, Extreme.VERY_HIGH: VERY_HIGH}
_WIDTH: Final = 120

Figures: TypeAlias = tuple[float, ...]


def spss_of(release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language) -> bytes:
    """The release as SAV; the same release gives the same bytes.

    Per scale: ``m_`` the mean as it was released, ``nlo_`` and ``nhi_`` the band of people, ``s_`` our estimate with
    ``slo_`` and ``shi_``, the ends of its 95 % interval.
    """
    seen = visible(release.diagnosis)
    paths = [unit.path for unit in units_of(seen)]
    others = dict.fromkeys(cell.name for cell in release.cells_of(UNITS) if cell.name not in paths)
    units = [(unit.path, unit) for unit in units_of(seen)] + [(path, None) for path in others]
    cells = {(cell.name, cell.scale): cell for cell in release.cells_of(UNITS)}
    rows = [
        [*_unit_values(place, path, unit), *_figures(path, unit, model.scales, cells)]
        for place, (path, unit) in enumerate(units, 1)
    ]
    variables = [*_unit_variables([path for path, _ in units], language), *_scale_variables(model, language)]
    return sav_of(
        variables,
        rows,
        label=f"lerend {printable(release.wave.organisation)}: {printable(release.wave.name)}",
        notes=_notes(release, model, instrument, language),
        day=day_of(release),
    )


def _unit_variables(paths: list[Path], language: Language) -> list[Variable]:
    everybody = spoken(say("Everybody"), language)
    names = tuple(
        (float(place), " / ".join(part for part in (organisation_in(path), unit_in(path)) if part) or everybody)
        for place, path in enumerate(paths, 1)
    )
    levels = tuple((float(place), spoken(words, language)) for place, words in enumerate(LEVELS.values(), 1))
    return [
        Variable(
            "unit_id", spoken(say("Unit, in the order of the release"), language), measure="nominal", labels=names
        ),
        Variable("level", spoken(say("Level"), language), measure="nominal", labels=levels),
        Variable("organisation", spoken(say("Organisation"), language), width=_WIDTH, measure="nominal"),
        Variable("unit", spoken(say("Unit"), language), width=_WIDTH, measure="nominal"),
    ]


def _unit_values(place: int, path: Path, unit: UnitDiagnosis | None) -> list[str | float | None]:
    level = None if unit is None else float(list(LEVELS).index(unit.level) + 1)
    return [float(place), level, organisation_in(path), unit_in(path)]


_FIGURES: Final[tuple[tuple[str, Message], ...]] = (
    ("m", say("{topic}: mean")),
    ("nlo", say("{topic}: people, from")),
    ("nhi", say("{topic}: people, to")),
    ("s", say("{topic}: our estimate")),
    ("slo", say("{topic}: low end of its 95 % interval")),
    ("shi", say("{topic}: high end of its 95 % interval")),
)


def _scale_variables(model: OrganisationModel, language: Language) -> list[Variable]:
    """All means, then all ends of bands, and so on, so that ``m_first TO m_last`` works."""
    names = iter(safe_names([f"{start}_{scale}" for start, _ in _FIGURES for scale in model.scales]))
    found = []
    for start, words in _FIGURES:
        people = start.startswith("n")
        labels = _labels(start, language)
        for scale in model.scales:
            label = Message(words.template, (("topic", topic_of(model, scale, language)),)).in_language(language)
            missing = tuple(value for value, _ in labels)
            found.append(Variable(next(names), label, 0, 0 if people else 1, "scale", labels, missing))
    return found


def _labels(start: str, language: Language) -> tuple[tuple[float, str], ...]:
    """What the missing codes of this kind of figure mean."""
    hidden = (float(HIDDEN), spoken(NOT_SHOWN, language))
    if start == "nhi":
        return ((float(NO_END), spoken(say("this many or more"), language)), hidden)
    if start == "nlo":
        return (hidden,)
    return (*((float(code), spoken(EXTREMES[words], language)) for words, code in _CODES.items()), hidden)


def _figures(
    path: Path, unit: UnitDiagnosis | None, scales: tuple[str, ...], cells: dict[tuple[Path, str], Cell]
) -> list[float]:
    """The values of one row, in the order of `_FIGURES` and within it of the scales."""
    rows = [_of_scale(cells.get((path, scale)), None if unit is None else finding_of(unit, scale)) for scale in scales]
    return [row[place] for place in range(len(_FIGURES)) for row in rows]


def _of_scale(cell: Cell | None, finding: Finding | None) -> Figures:
    people = cell.people if cell else finding.people if finding else None
    low, high = (HIDDEN, HIDDEN) if people is None else (people, people) if isinstance(people, int) else (
        people.low, NO_END if people.high is None else people.high)  # fmt: skip
    mean = HIDDEN if cell is None else _number(cell.mean, cell.words)
    return mean, float(low), float(high), *_estimate(finding)


def _number(value: float | None, words: Extreme | None) -> float:
    if value is not None:
        return value
    return float(HIDDEN if words is None else _CODES[words])


def _estimate(finding: Finding | None) -> Figures:
    score: Estimate | None = finding.score if finding else None
    if score is not None:
        return score.value, score.low, score.high
    return (_number(None, finding.words if finding else None),) * 3


def _notes(release: Release, model: OrganisationModel, instrument: Instrument, language: Language) -> list[str]:
    said = (
        *marks_of(release),
        say("A row is a unit. Rows of people do not exist: when a round closes, answers become sums, and then the rows are gone."),
        say("Codes below zero are declared missing: they say why a figure is not there."),
        say("Means by background questions are in the CSV tables."),
        say("Units overlap: people of a team are in its organisation too. Do not add rows up."),
    )  # fmt: skip
    origin = [f"{what}: {value}" for what, value in origin_rows(release, model, instrument, language)]
    return [stamp_of(release, language), *(spoken(message, language) for message in said), *origin]
