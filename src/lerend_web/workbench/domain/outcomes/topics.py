"""One factor or outcome of a round opened up, and where its numbers come from."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.diagnosis.result import UnitDiagnosis
from lerend.report.method import trail_rows
from lerend.report.motivation import MotivationPage, motivation_of
from lerend.report.topic import Topic, topic_of
from lerend.report.words import interval, number, people_text, printable
from lerend_web.workbench.domain.outcomes.shown import Outcome, reader_language


def opened_topic(outcome: Outcome, scale: str) -> Topic:
    """All that the release says about one scale.

    Raises:
        LookupError: the model of this round measures no such scale.
    """
    return topic_of(
        outcome.release, scale, model=outcome.model, instrument=outcome.instrument, language=reader_language()
    )


@dataclass(frozen=True, slots=True)
class TrailOfNumber:
    """One score and what it was made of."""

    name: str
    unit: str
    score: str
    interval: str
    people: str
    statements: tuple[str, ...]
    mean: str
    instead: bool


def trail_of(outcome: Outcome, scale: str, *, unit: UnitDiagnosis) -> TrailOfNumber:
    """The trail of the score of one unit.

    Raises:
        LookupError: no number of this scale is shown of this unit.
    """
    language = reader_language()
    finding = next((each for each in unit.findings if each.scale == scale and each.hidden is None), None)
    if finding is None or (finding.score is None and finding.words is None):
        raise LookupError(scale)
    cell = outcome.release.cell(unit.path, scale)
    items = outcome.instrument.items_of(scale)
    return TrailOfNumber(
        name=printable(outcome.model.name_of(scale).in_language(language)),
        unit=printable(unit.label),
        score="" if finding.score is None else number(finding.score.value, language),
        interval="" if finding.score is None else interval(finding.score, language),
        people="" if finding.people is None else people_text(finding.people),
        statements=tuple(printable(item.text.in_language(language)) for item in items),
        mean=number(cell.mean, language) if cell is not None and cell.mean is not None else "",
        instead=finding.score is None,
    )


def method_rows(outcome: Outcome) -> list[tuple[str, str]]:
    """What another researcher needs to get the same numbers."""
    return trail_rows(outcome.release.diagnosis, outcome.model, outcome.instrument, reader_language())


def motivation_in(outcome: Outcome) -> MotivationPage | None:
    """Motivation as the link from organisation to behaviour; None where it may not be shown."""
    return motivation_of(
        outcome.release, model=outcome.model, instrument=outcome.instrument, language=reader_language()
    )
