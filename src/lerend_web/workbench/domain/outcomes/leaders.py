"""What of an outcome is about a team that somebody leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lerend.report.questions import questions_about
from lerend.report.visible import finding_of, visible
from lerend.report.words import printable, spoken
from lerend_web.scans.models import Wave
from lerend_web.workbench.domain.outcomes.shown import Outcome, Sheet, reader_language


@dataclass(frozen=True, slots=True)
class TalkTopic:
    """A bottleneck of the company, with the questions for the talk about it."""

    name: str
    definition: str
    questions: tuple[str, ...]


def sheets_about(outcome: Outcome, wave: Wave, path: Sequence[str]) -> list[Sheet]:
    """The sheets that hold people of a unit or of what stands below it; none where these were too few.

    Args:
        path: names from the outside in, without the organisation.
    """
    inside = wave.units.select_related("key_group")
    labels = {unit.key_group.label for unit in inside if list(unit.path[: len(path)]) == list(path)}
    return [sheet for sheet in outcome.sheets if labels & {sheet.path[-1], *sheet.joined_with}]


def first_topic(outcome: Outcome) -> TalkTopic | None:
    """What a team too small for a sheet can talk about: the company's first bottleneck."""
    company = visible(outcome.release.diagnosis).companies[0]
    if not company.bottlenecks:
        return None
    language, factor = reader_language(), outcome.model.factor(company.bottlenecks[0])
    gap = next((each for each in company.gaps if each.factor == factor.id), None)
    asked = questions_about(factor, finding=finding_of(company, factor.id), gap=gap, level=company.level)
    return TalkTopic(
        printable(factor.name.in_language(language)),
        printable(factor.definition.in_language(language)),
        tuple(spoken(question, language) for question in asked),
    )
