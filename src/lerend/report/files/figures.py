"""What a release shows, as tables: means, findings, distributions and the view of management."""

from __future__ import annotations

from typing import Final

from lerend.diagnosis.result import Diagnosis, Finding, UnitDiagnosis
from lerend.disclosure.cells import Cell, Detail, ItemDistribution
from lerend.model.structure import Instrument, Item, OrganisationModel
from lerend.release.value import UNITS, Release
from lerend.report.files.columns import (
    LEVEL,
    MOST_ROOM,
    ORGANISATION,
    PEOPLE,
    POINTS,
    SCALE,
    TOPIC,
    UNIT,
    WORDS,
    YES_NO,
    estimate_columns,
    estimate_values,
    people_values,
    topic_of,
    yes_or_no,
)
from lerend.report.files.table import Column, Table, Value
from lerend.report.files.units import organisation_in, unit_in, units_of
from lerend.report.visible import finding_of
from lerend.report.words import NOT_SHOWN, printable, spoken
from lerend.wording import Language, say

_PERCENT: Final = say("percent of those who answered the statement")

_CELLS: Final = (
    Column("table", say("Divided by"), 16, note=say("‘units’, or the id of a background question.")),
    ORGANISATION, UNIT,
    Column("category", say("Category"), 24, note=say("Answers to the background question, taken together by ‘+’.")),
    SCALE, TOPIC, *PEOPLE,
    Column("mean", say("Mean"), 9, unit=POINTS, note=say("Rounded to a tenth. Empty where words stand in its place.")),
    WORDS,
    Column("counted_units", say("Units counted"), 40, note=say("The units whose people are in this mean, divided by ‘;’.")),
)  # fmt: skip


def cells_table(release: Release, model: OrganisationModel, language: Language) -> Table:
    rows = tuple(_cell_row(cell, model, language) for cell in release.cells)
    about = say("One mean of one scale about one group of people. No other means exist.")
    return Table("cells", say("Means"), about, _CELLS, rows)


def _cell_row(cell: Cell, model: OrganisationModel, language: Language) -> tuple[Value, ...]:
    by_units = cell.table == UNITS
    path, category = (cell.name, "") if by_units else (cell.name[:-1], cell.name[-1] if cell.name else "")
    return (
        printable(cell.table),
        organisation_in(path),
        unit_in(path),
        printable(category),
        cell.scale,
        topic_of(model, cell.scale, language),
        *people_values(cell.people),
        cell.mean,
        None if cell.words is None else cell.words.value,
        "; ".join(" / ".join(printable(name) for name in group) for group in cell.groups),
    )


_FINDINGS: Final = (
    LEVEL, ORGANISATION, UNIT, SCALE, TOPIC,
    Column("layer", say("Layer"), 24),
    Column(
        "shown", say("Shown"), 12, values=(("number", say("as a number")), ("words", say("in words")), ("hidden", NOT_SHOWN)),
        note=say("What is not shown stays hidden to protect people. That differs per topic."),
    ),
    *PEOPLE, *estimate_columns("score", say("Score")), WORDS,
    Column(
        "can_be_chance", say("Difference with own mean can be chance"), 16, values=YES_NO,
        note=say("The interval crosses the unit's own mean over its topics."),
    ),
    MOST_ROOM,
    Column("strength", say("Strength"), 10, values=YES_NO),
    Column("bottleneck", say("Bottleneck"), 11, values=YES_NO),
    *estimate_columns("spread", say("Spread between groups")),
    Column("groups_differ", say("Groups differ"), 12, values=YES_NO, note=say("More than chance would make it.")),
    Column("meaning", say("What this means"), 70),
    Column("why_hidden", say("Why it is not shown"), 50),
)  # fmt: skip


def findings_table(diagnosis: Diagnosis, model: OrganisationModel, language: Language) -> Table:
    """What `visible` let through of the diagnosis."""
    rows = tuple(_finding_row(unit, scale, model, language) for unit in units_of(diagnosis) for scale in model.scales)
    about = say("One topic in one unit: our estimate with its interval, and what it means.")
    return Table("findings", say("Findings"), about, _FINDINGS, rows)


def _finding_row(unit: UnitDiagnosis, scale: str, model: OrganisationModel, language: Language) -> tuple[Value, ...]:
    finding = finding_of(unit, scale)
    layers = {layer.id: layer.name.in_language(language) for layer in model.layers}
    layer = next((layers[factor.layer] for factor in model.factors if factor.id == scale), "")
    start = (unit.level.value, organisation_in(unit.path), unit_in(unit.path), scale, topic_of(model, scale, language))
    middle = (printable(layer), shown_as(finding), *people_values(finding.people), *estimate_values(finding.score))
    if shown_as(finding) == "hidden":
        why = unit.hidden or finding.hidden
        return (*start, *middle, *(None,) * 10, spoken(why, language) if why else None)
    spread = finding.spread
    return (
        *start,
        *middle,
        None if finding.words is None else finding.words.value,
        None if finding.score is None else yes_or_no(answer=finding.can_be_chance),
        None if finding.room is None else finding.room.band.value,
        yes_or_no(answer=scale in {strength.factor for strength in unit.strengths}),
        yes_or_no(answer=scale in unit.bottlenecks),
        *estimate_values(spread),
        None if spread is None else yes_or_no(answer=finding.differs),
        spoken(finding.sentence, language) if finding.sentence else None,
        None,
    )


def shown_as(finding: Finding) -> str:
    """``number``, ``words`` or ``hidden``."""
    if finding.score is not None:
        return "number"
    return "words" if finding.words is not None else "hidden"


_DETAIL: Final = (
    (Detail.FULL.value, say("every answer, rounded to the nearest five percent")),
    (Detail.THREE.value, say("three classes, as quarters")),
)
_DISTRIBUTIONS: Final = (
    ORGANISATION, UNIT,
    Column("item", say("Statement, id"), 14),
    Column("statement", say("Statement"), 60),
    SCALE, *PEOPLE,
    Column("detail", say("How finely"), 26, values=_DETAIL),
    Column("class", say("Class"), 8, note=say("From low to high. Turned statements are turned back: high is always more of the scale.")),
    Column("answer", say("Answer"), 26),
    Column("percent", say("Percent"), 9, unit=_PERCENT, decimals=0, note=say("Rounded to the nearest five. Empty where only a quarter is known.")),
    Column("percent_from", say("Percent, from"), 9, unit=_PERCENT, decimals=0, note=say("The quarter in which the share lies: from here …")),
    Column("percent_to", say("Percent, to"), 9, unit=_PERCENT, decimals=0, note=say("… up to here.")),
)  # fmt: skip
_THREE: Final = (say("lower answers"), say("middle answer"), say("upper answers"))


def distributions_table(release: Release, instrument: Instrument, language: Language) -> Table:
    items = {item.id: item for item in instrument.items}
    rows = tuple(
        (*_item_of(found, items, language), *_class_of(found, place, items, instrument, language))
        for found in release.distributions
        for place in range(len(found.shares))
    )
    about = say("One class of answers to one statement in one organisation.")
    return Table("distributions", say("Answers"), about, _DISTRIBUTIONS, rows)


def _item_of(found: ItemDistribution, items: dict[str, Item], language: Language) -> tuple[Value, ...]:
    item = items.get(found.item)
    return (
        organisation_in(found.name),
        unit_in(found.name),
        printable(found.item),
        printable(item.text.in_language(language)) if item else None,
        item.measures if item else None,
        *people_values(found.people),
        found.detail.value,
    )


def _class_of(
    found: ItemDistribution, place: int, items: dict[str, Item], instrument: Instrument, language: Language
) -> tuple[Value, ...]:
    share = found.shares[place]
    if found.detail is Detail.THREE:
        return place + 1, spoken(_THREE[min(place, 2)], language), None, share, share + 25
    item = items.get(found.item)
    labels = instrument.answer_scale_of(item).labels if item else ()
    ordered = labels[::-1] if item and item.reversed else labels
    words = printable(ordered[place].in_language(language)) if place < len(ordered) else None
    return place + 1, words, share, None, None


_GAPS: Final = (
    LEVEL, ORGANISATION, UNIT, SCALE, TOPIC,
    Column(
        "seen_by", say("Seen by"), 18,
        values=(("company_form", say("the signed company form")), ("leaders", say("managers in the scan"))),
    ),
    Column("management", say("Management"), 12, unit=POINTS),
    *estimate_columns("employees", say("Employees")), *estimate_columns("difference", say("Difference")),
    Column("can_be_chance", say("Difference can be chance"), 14, values=YES_NO),
    Column("meaning", say("What this means"), 70),
)  # fmt: skip


def gaps_table(diagnosis: Diagnosis, model: OrganisationModel, language: Language) -> Table:
    """The view of management beside that of employees, where both may be shown."""
    rows = tuple(
        (
            unit.level.value,
            organisation_in(unit.path),
            unit_in(unit.path),
            gap.factor,
            topic_of(model, gap.factor, language),
            gap.seen_by,
            gap.management,
            *estimate_values(gap.employees),
            *estimate_values(gap.difference),
            yes_or_no(answer=gap.can_be_chance),
            spoken(gap.sentence, language),
        )
        for unit in units_of(diagnosis)
        for gap in unit.gaps
    )
    about = say("One topic as management sees it and as employees see it.")
    return Table("gaps", say("Management"), about, _GAPS, rows)
