"""What was typed about an intervention becomes an entry of a catalogue here, by the reader that checks every catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext as _

from lerend.interventions.catalogue import Catalogue, Grade, Intervention, Level, Recognition, Script
from lerend.interventions.packaged import packaged_catalogue
from lerend.interventions.reading import KIND, CatalogueIsWrong, read_catalogue
from lerend.interventions.writing import write_catalogue
from lerend.report.words import printable
from lerend_web.instruments.domain.faults import language
from lerend_web.instruments.domain.source import model_of
from lerend_web.interventions.enums import Wording
from lerend_web.interventions.rules import LABELS, LISTS, MOST_FACTORS, OPTIONAL, PARTS, TEXTS

GRADES: Final = (Grade.D, Grade.C, Grade.B)
"""What a proposal can say; a review of reviews (A) is for a new version of the packaged catalogue."""
_RECOGNITIONS: Final = {
    Grade.D: Recognition.WELL_DESCRIBED,
    Grade.C: Recognition.WELL_FOUNDED,
    Grade.B: Recognition.FIRST_INDICATIONS,
}
_RANKS: Final = ((0, 1), (1_000, 2), (5_000, 3))
"""Up to so many euros paid to others, this rank of cost; above it the next."""
_HIGHEST_RANK: Final = 4
_PART_OF: Final = {field: number for number, fields in enumerate(PARTS, start=1) for field in fields}
_FIELDS: Final = {"cost": "euro_low", "weeks": "weeks_first", "evidence": "grade", "effects": "measured_on"}
"""Where the form asks what the file says under another name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not right yet: in which part of the form, what, and how to mend it."""

    part: int
    what: str
    mend: str


class CardIsWrong(Exception):
    """What was typed cannot be an entry yet."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Card:
    """An entry of its own, and the text of the file that it is kept as."""

    entry: Intervention
    source: str


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without signs that steer a screen and without double spaces; lists keep their lines."""
    return {field: _cleaned(field, value) for field, value in values.items()}


def faults_of(content: Mapping[str, Any], wording: Wording) -> list[Fault]:
    """What still has to be filled in or mended before this can be an entry."""
    try:
        card_of(content, wording, id="own", version=1)
    except CardIsWrong as error:
        return list(error.faults)
    return []


def card_of(content: Mapping[str, Any], wording: Wording, *, id: str, version: int) -> Card:
    """The entry in what was typed.

    Raises:
        CardIsWrong: with everything that is missing or wrong.
    """
    faults = [*_missing(content, wording), *_contradicting(content, wording)]
    if faults:
        raise CardIsWrong(faults)
    text = json.dumps(_file(content, wording, id=id, version=version), ensure_ascii=False, indent=1)
    try:
        catalogue = read_catalogue(text, model_of(packaged_catalogue().model))
    except CatalogueIsWrong as error:
        spoken = language()
        lines = text.splitlines()
        raise CardIsWrong(
            [
                Fault(_part_at(one.where, lines), one.what.in_language(spoken), one.mend.in_language(spoken))
                for one in error.problems
            ]
        ) from error
    return Card(catalogue.interventions[0], write_catalogue(catalogue))


@lru_cache(maxsize=256)
def kept_catalogue(source: str) -> Catalogue:
    """The catalogue with one entry that was kept as a file."""
    return read_catalogue(source, model_of(packaged_catalogue().model))


def script_in_file(entry: str, script: Mapping[str, Any]) -> tuple[Script, str]:
    """The script in what was typed, read beside an entry that stands for the one that it is for; and its file.

    Raises:
        CatalogueIsWrong: it cannot be one.
    """
    packaged = packaged_catalogue()
    data = {
        "kind": KIND,
        "id": "own-script",
        "version": 1,
        "model": packaged.model,
        "name": {"nl": "Eigen script", "en": "Own script"},
        "interventions": [_stand_in(entry)],
        "scripts": [{"for": entry, **script}],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    found = read_catalogue(text, model_of(packaged.model)).interventions[0].script
    assert found is not None  # noqa: S101 -- the file above has one
    return found, text


def _stand_in(entry: str) -> dict[str, Any]:
    word = {"nl": "Eigen", "en": "Own"}
    texts = ("name", "what", "mechanism", "dose", "delivered_by", "before", "during", "after")
    return {
        "id": entry,
        "version": 1,
        "kind": "first_step",
        **dict.fromkeys(texts, word),
        "level": Level.TEAM.value,
        "weeks": {"first": 0, "done": 0},
        "cost": {"rank": 1, "hours_each": 0, "hours_to_run": 0, "euro": {"low": 0, "high": 0}},
        "evidence": {"grade": "D", "recognition": "well_described", "note": word},
        "origin": "dutch",
        "fails": [word],
    }


def _missing(content: Mapping[str, Any], wording: Wording) -> Iterator[Fault]:
    for field, part in _PART_OF.items():
        if field in OPTIONAL:
            continue
        names = [f"{field}_{one}" for one in wording.languages] if field in TEXTS or field in LISTS else [field]
        for name in names:
            if content.get(name) in (None, "", []):
                what = _("“%(label)s” is not filled in.") % {"label": LABELS[field]}
                yield Fault(part, what, _in_which(name, wording))


def _in_which(name: str, wording: Wording) -> str:
    if wording is Wording.BOTH and name.endswith(("_nl", "_en")):
        return _("Fill it in in Dutch.") if name.endswith("_nl") else _("Fill it in in English.")
    return _("Fill it in.")


def _contradicting(content: Mapping[str, Any], wording: Wording) -> Iterator[Fault]:
    """What no single field can see."""
    if len(content.get("targets") or ()) > MOST_FACTORS:
        what = _("It works on very many factors.")
        yield Fault(2, what, _("Keep the four that it works on most."))
    for low, high, part in (("weeks_first", "weeks_done", 3), ("euro_low", "euro_high", 3)):
        least, most = content.get(low), content.get(high)
        if least is not None and most is not None and least > most:
            what = _("“%(low)s” is more than “%(high)s”.") % {"low": LABELS[low], "high": LABELS[high]}
            yield Fault(part, what, _("Exchange the two, or mend one of them."))
    if bool(content.get("source_text")) != bool(content.get("source_address")):
        what = _("The source is there by half.")
        yield Fault(
            5, what, _("Fill in both what it is and its address, or write it with what you know and leave both.")
        )
    if content.get("grade") == Grade.B.value and not (content.get("source_text") and _measured(content, wording)):
        what = _("A study with a comparison needs its source, and what was measured.")
        yield Fault(5, what, _("Fill these in, or choose a lower step."))


def _measured(content: Mapping[str, Any], wording: Wording) -> bool:
    return all(content.get(f"measured_on_{one}") for one in wording.languages)


def _file(content: Mapping[str, Any], wording: Wording, *, id: str, version: int) -> dict[str, Any]:
    packaged = packaged_catalogue()
    chosen = [packaged.circumstance(one) for one in content.get("circumstances") or ()]
    source = f"source-{id}"[:60] if content.get("source_text") else ""
    return {
        "kind": KIND,
        "id": "own-entries",
        "version": version,
        "model": packaged.model,
        "name": {"nl": "Eigen aanpakken van dit programma", "en": "Own entries of this programme"},
        "circumstances": [{"id": one.id, "text": {"nl": one.text.nl, "en": one.text.en}} for one in chosen],
        "references": [{"id": source, "text": content["source_text"], "address": content["source_address"]}]
        if source
        else [],
        "interventions": [_entry(content, wording, id=id, version=version, source=source)],
    }


def _entry(content: Mapping[str, Any], wording: Wording, *, id: str, version: int, source: str) -> dict[str, Any]:
    grade = Grade(content["grade"])

    def words(field: str) -> dict[str, str]:
        return _words(content, field, wording)

    measured = {"measured_on": words("measured_on"), **({"sources": [source]} if source else {})}
    return {
        "id": id,
        "version": version,
        "name": words("name"),
        "what": words("what"),
        "mechanism": words("mechanism"),
        "targets": list(content["targets"]),
        "level": content["level"],
        "dose": words("dose"),
        "weeks": {"first": content["weeks_first"], "done": content["weeks_done"]},
        "cost": {
            "rank": _rank(content["euro_high"]),
            "hours_each": content["hours_each"],
            "hours_to_run": content["hours_to_run"],
            "euro": {"low": content["euro_low"], "high": content["euro_high"]},
        },
        "delivered_by": words("delivered_by"),
        "needs": [*_circumstances(content), *({"agree": one} for one in _lines(content, "needs", wording))],
        "effects": [measured] if grade is not Grade.D and _measured(content, wording) else [],
        "evidence": {"grade": grade.value, "recognition": _RECOGNITIONS[grade].value, "note": words("note")},
        "origin": "programme",
        "sources": [source] if source else [],
        "fails": _lines(content, "fails", wording),
        "before": words("before"),
        "during": words("during"),
        "after": words("after"),
    }


def _circumstances(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [packaged_catalogue().circumstance(one) for one in content.get("circumstances") or ()]
    return [{"circumstance": one.id, "why": {"nl": one.text.nl, "en": one.text.en}} for one in found]


def _rank(euro_high: int) -> int:
    return next((rank for most, rank in _RANKS if euro_high <= most), _HIGHEST_RANK)


def _words(content: Mapping[str, Any], field: str, wording: Wording) -> dict[str, str]:
    """In both languages; where it was written in one, that one stands for both and the page says which it is."""
    known = {one: content.get(f"{field}_{one}") or "" for one in wording.languages}
    return {one: known.get(one) or next(iter(known.values())) for one in ("nl", "en")}


def _lines(content: Mapping[str, Any], field: str, wording: Wording) -> list[dict[str, str]]:
    lists = [(content.get(f"{field}_{one}") or "").splitlines() for one in wording.languages]
    longest = max((len(lines) for lines in lists), default=0)
    pairs = [[lines[place] if place < len(lines) else "" for lines in lists] for place in range(longest)]
    found = [dict(zip(wording.languages, pair, strict=True)) for pair in pairs]
    return [
        {one: text.get(one) or next(each for each in text.values() if each) for one in ("nl", "en")}
        for text in found
        if any(text.values())
    ]


def _cleaned(field: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if field.rsplit("_", 1)[0] in LISTS:
        lines = (" ".join(printable(line).split()) for line in value.splitlines())
        return "\n".join(line for line in lines if line)
    return " ".join(printable(value).split())


def _part_at(where: str, lines: list[str]) -> int:
    """The part of the form that holds what stands on a line of the file."""
    place = int(where.rsplit(":", 1)[-1])
    for line in reversed(lines[:place]):
        found = re.match(r'^   "(\w+)":', line)  # the keys of the entry itself
        if found:
            field = _FIELDS.get(found[1], found[1])
            return _PART_OF.get(field, len(PARTS))
    return len(PARTS)
