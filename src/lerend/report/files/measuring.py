"""How well scales and statements measure, as tables for researchers."""

from __future__ import annotations

from typing import Final

from lerend.diagnosis.result import Diagnosis
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Missing, Release
from lerend.report.files.columns import (
    ORGANISATION,
    PEOPLE,
    POINTS,
    SCALE,
    TOPIC,
    estimate_columns,
    estimate_values,
    people_values,
    topic_of,
)
from lerend.report.files.figures import cells_table, distributions_table, findings_table, gaps_table
from lerend.report.files.table import Column, Table
from lerend.report.files.units import organisation_in
from lerend.report.visible import visible
from lerend.report.words import printable
from lerend.wording import Language, say

_NO_UNIT: Final = say("no unit: 0 to 1")
_QUALITY: Final = (
    SCALE, TOPIC,
    Column("items", say("Statements"), 11, decimals=0),
    *PEOPLE,
    *estimate_columns("alpha", say("alpha"), _NO_UNIT, decimals=2),
    *estimate_columns("omega", say("omega"), _NO_UNIT, decimals=2),
    Column("icc1", say("ICC(1)"), 9, unit=_NO_UNIT, decimals=2, note=say("Share of the differences that lies between units.")),
    Column("icc2", say("ICC(2)"), 9, unit=_NO_UNIT, decimals=2, note=say("How reliable the mean of a unit is.")),
)  # fmt: skip


def quality_table(diagnosis: Diagnosis, model: OrganisationModel, language: Language) -> Table:
    """Reliability and differences between units, where the release holds them."""
    rows = tuple(
        (
            quality.scale,
            topic_of(model, quality.scale, language),
            quality.items,
            *people_values(quality.people),
            *estimate_values(quality.alpha),
            *estimate_values(quality.omega),
            quality.icc1,
            quality.icc2,
        )
        for quality in diagnosis.quality
    )
    return Table("quality", say("Quality"), say("How well one scale measures."), _QUALITY, rows)


_MISSING: Final = (
    (Missing.FEW.value, say("below 5 percent")),
    (Missing.SOME.value, say("5 to 20 percent")),
    (Missing.MANY.value, say("above 20 percent")),
)
_ITEMS: Final = (
    ORGANISATION,
    Column("item", say("Statement, id"), 14),
    Column("statement", say("Statement"), 60),
    SCALE, *PEOPLE,
    Column("mean", say("Mean"), 9, unit=POINTS),
    Column("deviation", say("Standard deviation"), 11, unit=POINTS, decimals=2),
    Column("with_rest", say("Correlation with the rest of its scale"), 14, unit=say("no unit: −1 to 1"), decimals=2),
    Column("missing", say("Left open"), 16, values=_MISSING, note=say("Of those of whom it was asked.")),
)  # fmt: skip


def items_table(release: Release, instrument: Instrument, language: Language) -> Table:
    """How the statements behaved, where fifty people or more answered."""
    items = {item.id: item for item in instrument.items}
    rows = tuple(
        (
            organisation_in(found.organisation),
            printable(found.item),
            printable(items[found.item].text.in_language(language)) if found.item in items else None,
            items[found.item].measures if found.item in items else None,
            *people_values(found.people),
            found.mean,
            found.deviation,
            found.with_rest,
            found.missing.value,
        )
        for found in release.items
    )
    return Table("items", say("Statements"), say("How one statement did its work."), _ITEMS, rows)


def all_tables(
    release: Release, model: OrganisationModel, instrument: Instrument, language: Language
) -> tuple[Table, ...]:
    """Means, findings and answers always; the others where the release holds any."""
    seen = visible(release.diagnosis)
    more = (
        gaps_table(seen, model, language),
        quality_table(seen, model, language),
        items_table(release, instrument, language),
    )
    return (
        cells_table(release, model, language),
        findings_table(seen, model, language),
        distributions_table(release, instrument, language),
        *(table for table in more if table.rows),
    )
