"""Open questions for the talk about one bottleneck. They ask what people see; they never look for somebody to blame."""

from __future__ import annotations

from lerend.diagnosis.result import Finding, Gap, UnitLevel
from lerend.model.structure import Factor, Level
from lerend.wording import Message, say


def questions_about(
    factor: Factor, *, finding: Finding, gap: Gap | None, level: UnitLevel
) -> tuple[Message, Message, Message]:
    """Three questions: what goes well, what lies behind it, and which small step comes first."""
    return (
        _what_goes_well(factor),
        _what_lies_behind(finding, gap, level),
        say("Which small step can we try within four weeks? Who helps?"),
    )


def _what_goes_well(factor: Factor) -> Message:
    asked = {
        Level.INDIVIDUAL: say(
            "Think of ‘{name}’. When does this go well for you? What helps you then?", name=factor.name
        ),
        Level.JOB: say("Think of ‘{name}’. In which part of the work do you notice it most?", name=factor.name),
        Level.TEAM: say("Think of ‘{name}’. When did this go well in a team? What helped then?", name=factor.name),
        Level.ORGANISATION: say(
            "Think of ‘{name}’. What do you see of it in a normal week? What do you miss?", name=factor.name
        ),
    }
    return asked[factor.level]


def _what_lies_behind(finding: Finding, gap: Gap | None, level: UnitLevel) -> Message:
    if gap is not None and not gap.can_be_chance:
        return say("Management and employees see this differently. What does each of them see in the work?")
    if finding.differs and level is UnitLevel.PROGRAMME:
        return say("The companies differ here. What can they learn from each other?")
    if finding.differs:
        return say("The teams differ here. What can they learn from each other?")
    return say("What gets in the way most? Which part of that can we change ourselves?")
