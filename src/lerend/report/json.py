"""The whole diagnosis as JSON: every number in full, every sentence in both languages, and the trail.

The keys are stable within one `format_version`; the version goes up when a key changes its meaning or goes away. Keys
are those of the dataclasses in `lerend.diagnosis.result`. Where those hold a sentence, JSON holds ``{"nl": …, "en": …}``;
an estimate is ``{"value": …, "low": …, "high": …}``; what may not be shown is null, and `hidden` says why.

    format, format_version   ``lerend/diagnosis`` and 1
    trail, reading           where the numbers come from, and what became of the rows of the file
    model                    id, names, layers and scales, so that the rest can be read without the model file
    programme                one unit; companies and teams are lists of units, in the order of the file
    unit                     path, level, label, people, own_mean, joined_with, hidden, why_not_ranked, headline,
                             findings, strengths, bottlenecks, gaps
    finding                  as in the dataclass, and `score_0_100`: the same score on a scale from 0 to 100
    quality                  reliability and agreement per scale
    listed                   how many factors count as those with most room
    target_is_stated, shareable, simulated, notes
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from lerend.diagnosis.result import Diagnosis, Estimate, Finding
from lerend.model.structure import OrganisationModel
from lerend.report.visible import visible
from lerend.report.words import spoken
from lerend.wording import LANGUAGES, Message, Text

FORMAT = "lerend/diagnosis"
FORMAT_VERSION = 1


def to_json(diagnosis: Diagnosis, model: OrganisationModel) -> str:
    """The diagnosis as indented JSON, the same text each time; see the top of this module for the keys."""
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "model": _model(model),
        **_plain(visible(diagnosis)),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _model(model: OrganisationModel) -> dict[str, Any]:
    return {
        "id": model.id,
        "version": model.version,
        "digest": model.digest,
        "name": _plain(model.name),
        "layers": [_plain(layer) for layer in model.layers],
        "factors": [
            {
                "id": factor.id,
                "name": _plain(factor.name),
                "term": _plain(factor.term),
                "layer": factor.layer,
                "level": factor.level.value,
                "direction": factor.direction.value,
                "measured": factor.measured,
                "ranked": factor.ranked,
            }
            for factor in model.factors
        ],
        "outcomes": [
            {"id": outcome.id, "name": _plain(outcome.name), "term": _plain(outcome.term)} for outcome in model.outcomes
        ],
    }


def _plain(value: Any) -> Any:
    """What JSON can hold: dataclasses as objects, sentences in both languages, numbers that are no number as null."""
    if isinstance(value, Message):
        return {language: spoken(value, language) for language in LANGUAGES}
    if isinstance(value, Text):
        return {language: value.in_language(language) for language in LANGUAGES}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, Finding):
        return {**_fields(value), "score_0_100": _of_hundred(value.score)}
    if hasattr(value, "__dataclass_fields__"):
        return _fields(value)
    return value


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _of_hundred(score: Estimate | None) -> dict[str, float] | None:
    return None if score is None else {name: 25 * (part - 1) for name, part in _fields(score).items()}
