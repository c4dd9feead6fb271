"""A catalogue as a file that a person can edit and that can be read again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lerend.interventions.catalogue import (
    Agreement,
    Catalogue,
    CircumstanceCondition,
    Effect,
    FactorCondition,
    Intervention,
    Kind,
    Measure,
    Precondition,
    SameView,
    Script,
)
from lerend.interventions.reading import KIND
from lerend.model.structure import Source
from lerend.wording import Text

_PLAIN: Final = re.compile(r"[A-Za-zÀ-ÿ][^:#{}\[\],&*!|>'\"%@`\\\n]*[^:#{}\[\],&*!|>'\"%@`\\\s]")
"""Text that needs no quotes, on a line of its own or between braces."""
_WIDTH: Final = 118


def write_catalogue(catalogue: Catalogue) -> str:
    """The text of a file that `read_catalogue` turns into the same value."""
    lines = [*_head(catalogue), "interventions:"]
    for entry in catalogue.interventions:
        lines += _entry(entry)
    scripts = [entry for entry in catalogue.interventions if entry.script]
    if scripts:
        lines.append("scripts:")
    for entry in scripts:
        lines += _script(entry.id, entry.script)
    return "\n".join(lines) + "\n"


def _head(catalogue: Catalogue) -> Iterator[str]:
    yield f"kind: {KIND}"
    yield f"id: {catalogue.id}"
    yield f"version: {catalogue.version}"
    yield f"model: {catalogue.model}"
    yield from _words("name", catalogue.name, "")
    if catalogue.circumstances:
        yield "circumstances:"
    for one in catalogue.circumstances:
        yield f"  - id: {one.id}"
        yield from _words("text", one.text, "    ")
    if catalogue.references:
        yield "references:"
    for reference in catalogue.references:
        yield f"  - id: {reference.id}"
        yield f"    text: {_quoted(reference.text)}"
        yield f"    address: {_quoted(reference.address)}"


def _entry(entry: Intervention) -> Iterator[str]:
    yield f"  - id: {entry.id}"
    yield f"    version: {entry.version}"
    if entry.kind is not Kind.SOLUTION:
        yield f"    kind: {entry.kind.value}"
    yield from _words("name", entry.name, "    ")
    yield from _words("what", entry.what, "    ")
    yield from _words("mechanism", entry.mechanism, "    ")
    yield from _ids("targets", entry.targets)
    yield from _ids("toward", entry.toward)
    yield f"    level: {entry.level.value}"
    yield from _words("dose", entry.dose, "    ")
    yield f"    weeks: {{first: {entry.weeks[0]}, done: {entry.weeks[1]}}}"
    cost = entry.cost
    yield (
        f"    cost: {{rank: {cost.rank}, hours_each: {cost.hours_each}, hours_to_run: {cost.hours_to_run}, "
        f"euro: {{low: {cost.euro_low}, high: {cost.euro_high}}}}}"
    )
    yield from _words("delivered_by", entry.delivered_by, "    ")
    yield from _groups("needs", [list(_precondition(one)) for one in entry.preconditions])
    yield from _groups("effects", [list(_effect(one)) for one in entry.effects])
    yield "    evidence:"
    yield f"      grade: {entry.evidence.grade.value}"
    yield f"      recognition: {entry.evidence.recognition.value}"
    if entry.evidence.mixed:
        yield "      mixed: true"
    yield from _words("note", entry.evidence.note, "      ")
    yield f"    origin: {entry.origin.value}"
    yield from _ids("sources", entry.sources)
    yield from _groups("fails", [_languages(one) for one in entry.fails])
    for key in ("before", "during", "after"):
        yield from _words(key, getattr(entry, key), "    ")


def _script(name: str, script: Script | None) -> Iterator[str]:
    if script is None:
        return
    yield f"  - for: {name}"
    yield from _words("people", script.people, "    ")
    yield from _groups("material", [_languages(one) for one in script.material])
    steps = []
    for step in script.steps:
        said = _words("say", step.say, "") if step.say else ()
        steps.append([f"minutes: {step.minutes}", *_words("do", step.do, ""), *said])
    yield from _groups("steps", steps)


def _precondition(need: Precondition) -> Iterator[str]:
    if isinstance(need, Agreement):
        yield from _words("agree", need.why, "")
        return
    if isinstance(need, FactorCondition):
        yield f"factor: {need.factor}"
        if need.at_least is not None:
            yield f"at_least: {need.at_least}"
        if need.at_most is not None:
            yield f"at_most: {need.at_most}"
    elif isinstance(need, CircumstanceCondition):
        yield f"circumstance: {need.circumstance}"
    elif isinstance(need, SameView):
        yield f"same_view: {need.factor}"
    if not need.must:
        yield "must: false"
    yield from _words("why", need.why, "")


def _effect(effect: Effect) -> Iterator[str]:
    yield from _words("measured_on", effect.measured_on, "")
    for key in ("size", "low", "high", "studies", "people"):
        value = getattr(effect, key)
        if value is not None:
            yield f"{key}: {value}"
    if effect.measure is not Measure.DIFFERENCE:
        yield f"measure: {effect.measure.value}"
    if effect.sources:
        yield f"sources: [{', '.join(effect.sources)}]"
    if effect.mark is not Source.SEEN:
        yield f"mark: {effect.mark.value}"


def _groups(key: str, groups: Sequence[Sequence[str]]) -> Iterator[str]:
    """A list of groups, each given as lines without indentation."""
    if groups:
        yield f"    {key}:"
    for lines in groups:
        yield f"      - {lines[0]}"
        yield from (f"        {line}" for line in lines[1:])


def _ids(key: str, names: Iterable[str]) -> Iterator[str]:
    if listed := ", ".join(names):
        yield f"    {key}: [{listed}]"


def _languages(text: Text) -> list[str]:
    return [f"nl: {_quoted(text.nl)}", f"en: {_quoted(text.en)}"]


def _words(key: str, text: Text, indent: str) -> Iterator[str]:
    dutch, english = _languages(text)
    line = f"{indent}{key}: {{{dutch}, {english}}}"
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"{indent}{key}:"
    yield from (f"{indent}  {each}" for each in (dutch, english))


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)
