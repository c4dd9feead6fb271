"""One intervention in a file, part by part."""

from __future__ import annotations

from typing import Final

from lerend.interventions.catalogue import (
    Agreement,
    CircumstanceCondition,
    Cost,
    Effect,
    Evidence,
    FactorCondition,
    Grade,
    Intervention,
    Kind,
    Level,
    Measure,
    Origin,
    Precondition,
    Recognition,
    SameView,
    Script,
    Step,
)
from lerend.interventions.part import Part
from lerend.model.structure import Source
from lerend.wording import Text, say

_NEEDED: Final = (
    *("id", "version", "name", "what", "mechanism", "level", "dose", "weeks", "cost", "delivered_by", "evidence"),
    *("origin", "fails", "before", "during", "after"),
)
_OTHERS: Final = ("kind", "targets", "toward", "needs", "effects", "sources")
_MOST_WEEKS: Final = 520
_MOST_EURO: Final = 10_000_000
_MOST_HOURS: Final = 10_000
_LARGEST_EFFECT: Final = 100


def intervention_in(part: Part, script: Script | None) -> Intervention:
    """The intervention that stands at a place in a file."""
    part.keys(_NEEDED, _OTHERS)
    return Intervention(
        id=part.id(),
        version=part.whole("version", 1, 10_000) or 0,
        kind=part.choice("kind", Kind),
        name=part.words("name"),
        what=part.words("what"),
        mechanism=part.words("mechanism"),
        targets=tuple(one.own_text() for one in part.parts("targets")),
        toward=tuple(one.own_text() for one in part.parts("toward")),
        level=part.choice("level", Level),
        dose=part.words("dose"),
        weeks=_weeks(part),
        cost=_cost(part.at("cost")) if part.has("cost") else Cost(1, 0, 0, 0, 0),
        delivered_by=part.words("delivered_by"),
        preconditions=tuple(_precondition(one) for one in part.parts("needs")),
        effects=tuple(_effect(one) for one in part.parts("effects")),
        evidence=_evidence(part),
        origin=part.choice("origin", Origin),
        sources=tuple(one.own_text() for one in part.parts("sources")),
        fails=tuple(one.own_words() for one in part.parts("fails")),
        before=part.words("before"),
        during=part.words("during"),
        after=part.words("after"),
        script=script,
    )


def script_in(part: Part) -> Script:
    """The script that stands at a place in a file."""
    part.keys(("for", "people", "material", "steps"))
    material = tuple(one.own_words() for one in part.parts("material"))
    return Script(part.words("people"), material, tuple(_step(one) for one in part.parts("steps")))


def _step(part: Part) -> Step:
    part.keys(("minutes", "do"), ("say",))
    return Step(part.whole("minutes", 1, 480) or 0, part.words("do"), part.words("say") if part.has("say") else None)


def _weeks(part: Part) -> tuple[int, int]:
    weeks = part.at("weeks") if part.has("weeks") else None
    if weeks is None or not weeks.keys(("first", "done")):
        return (0, 0)
    first, done = (weeks.whole(key, 0, _MOST_WEEKS) or 0 for key in ("first", "done"))
    if first > done:
        what = say("It is done before anything can be noticed.")
        weeks.wrong(what, say("Make `done` as large as `first`, or larger."), "done")
    return first, done


def _cost(part: Part) -> Cost:
    part.keys(("rank", "hours_each", "hours_to_run", "euro"))
    euro = part.at("euro") if part.has("euro") else None
    low, high = 0, 0
    if euro is not None and euro.keys(("low", "high")):
        low, high = (euro.whole(key, 0, _MOST_EURO) or 0 for key in ("low", "high"))
        if low > high:
            euro.wrong(say("The lowest cost is above the highest."), say("Exchange `low` and `high`."), "low")
    return Cost(
        part.whole("rank", 1, 5) or 1,
        part.whole("hours_each", 0, _MOST_HOURS) or 0,
        part.whole("hours_to_run", 0, _MOST_HOURS) or 0,
        low,
        high,
    )


def _precondition(part: Part) -> Precondition:
    if part.has("factor"):
        return _factor_condition(part)
    if part.has("circumstance"):
        part.keys(("circumstance", "why"), ("must",))
        return CircumstanceCondition(
            part.text("circumstance"), part.words("why"), must=part.truth("must", otherwise=True)
        )
    if part.has("same_view"):
        part.keys(("same_view", "why"), ("must",))
        return SameView(part.text("same_view"), part.words("why"), must=part.truth("must", otherwise=True))
    part.keys(("agree",))
    return Agreement(part.words("agree"))


def _factor_condition(part: Part) -> FactorCondition:
    part.keys(("factor", "why"), ("at_least", "at_most", "must"))
    least, most = part.number("at_least", 1, 5), part.number("at_most", 1, 5)
    if (least is None) == (most is None):
        mend = say("Write `at_least:` or `at_most:`, one of the two, with a score from 1 to 5.")
        part.wrong(say("This does not say how high or low the factor must be."), mend)
    return FactorCondition(part.text("factor"), least, most, part.words("why"), must=part.truth("must", otherwise=True))


def _effect(part: Part) -> Effect:
    part.keys(("measured_on",), ("size", "low", "high", "measure", "studies", "people", "sources", "mark"))
    size, low, high = (part.number(key, -_LARGEST_EFFECT, _LARGEST_EFFECT) for key in ("size", "low", "high"))
    _check_interval(part, size, low, high)
    return Effect(
        measured_on=part.words("measured_on"),
        size=size,
        low=low,
        high=high,
        measure=part.choice("measure", Measure) if part.has("measure") else Measure.DIFFERENCE,
        studies=part.whole("studies", 1, 100_000),
        people=part.whole("people", 1, 100_000_000),
        sources=tuple(one.own_text() for one in part.parts("sources")),
        mark=part.choice("mark", Source) if part.has("mark") else Source.SEEN,
    )


def _check_interval(part: Part, size: float | None, low: float | None, high: float | None) -> None:
    if (low is None) != (high is None):
        mend = say("Write both `low:` and `high:`, or none of the two.")
        part.wrong(say("This interval has one end."), mend)
    elif part.has("size") and size is None:
        return  # said already: the size is no number
    elif low is not None and high is not None and (size is None or not low <= size <= high):
        what = say("The interval from {low} to {high} does not hold its value.", low=f"{low:g}", high=f"{high:g}")
        part.wrong(what, say("Look up the three numbers in the source."), "low")


def _evidence(part: Part) -> Evidence:
    if not part.has("evidence"):
        return Evidence(Grade.D, Recognition.WELL_DESCRIBED, mixed=False, note=Text("", ""))
    inside = part.at("evidence")
    inside.keys(("grade", "recognition", "note"), ("mixed",))
    return Evidence(
        inside.choice("grade", Grade),
        inside.choice("recognition", Recognition),
        mixed=inside.truth("mixed", otherwise=False),
        note=inside.words("note"),
    )
