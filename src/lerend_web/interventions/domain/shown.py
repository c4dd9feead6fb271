"""What a card offers to choose from, and a card as people read it, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.interventions.catalogue import Grade, Level
from lerend.interventions.saying import LEVELS
from lerend.report.words import printable, spoken
from lerend_web.instruments.domain.faults import language
from lerend_web.instruments.domain.source import model_of
from lerend_web.interventions.domain.card import GRADES
from lerend_web.interventions.domain.catalogue import packaged
from lerend_web.interventions.enums import Wording
from lerend_web.interventions.rules import LABELS, LISTS, PARTS, TEXTS

Choices = list[tuple[str, Any]]
_GRADES: dict[Grade, Promise] = {
    Grade.D: _("People use it; nobody measured it."),
    Grade.C: _("Somebody measured before and after, or it worked in several places."),
    Grade.B: _("A study compared it with doing something else, or with nothing."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One part of a card: its label, its lines (each with the language that it is written in), and whether it is new."""

    field: str
    label: Promise
    lines: tuple[tuple[str, str], ...]
    is_new: bool


def factor_choices() -> Choices:
    """Under each layer the factors that an approach can work on: those that a scan asks about."""
    model, here = model_of(packaged().model), language()
    layers = (
        (
            printable(layer.name.in_language(here)),
            [
                (one.id, printable(one.name.in_language(here)))
                for one in model.factors
                if one.measured and one.layer == layer.id
            ],
        )
        for layer in model.layers
    )
    return [(name, factors) for name, factors in layers if factors]


def level_choices() -> Choices:
    return [(level.value, spoken(LEVELS[level], language())) for level in Level]


def circumstance_choices() -> Choices:
    return [(one.id, printable(one.text.in_language(language()))) for one in packaged().circumstances]


def grade_choices() -> Choices:
    return [(grade.value, _GRADES[grade]) for grade in GRADES]


def told_card(content: Mapping[str, Any], wording: Wording, *, changed: Iterable[str] = ()) -> list[Told]:
    """The parts of a card in the order of its form; what is not filled in is left out.

    Args:
        changed: names of fields that differ from what reviewers saw before.
    """
    fields = [field for part in PARTS for field in part]
    names, new = _names(), set(changed)
    found = (_told(field, content, wording, names) for field in fields)
    return [
        Told(field, LABELS[field], lines, bool(new & {field, f"{field}_nl", f"{field}_en"}))
        for field, lines in zip(fields, found, strict=True)
        if lines
    ]


def _told(
    field: str, content: Mapping[str, Any], wording: Wording, names: Mapping[str, dict[str, Any]]
) -> tuple[tuple[str, str], ...]:
    if field in TEXTS or field in LISTS:
        texts = [(one, str(content.get(f"{field}_{one}") or "")) for one in wording.languages]
        return tuple((one, line) for one, text in texts for line in text.splitlines())
    value = content.get(field)
    if value in (None, "", []):
        return ()
    named = names.get(field)
    values = value if isinstance(value, list) else [value]
    return tuple(("", str(named.get(one, one) if named else one)) for one in values)


def _names() -> dict[str, dict[str, Any]]:
    factors = dict(pair for _layer, inside in factor_choices() for pair in inside)
    return {
        "targets": factors,
        "level": dict(level_choices()),
        "circumstances": dict(circumstance_choices()),
        "grade": dict(grade_choices()),
    }
