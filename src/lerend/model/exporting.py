"""A model and its questionnaire as JSON that can be read again as a model file."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from lerend.model.structure import (
    AnswerScale,
    Factor,
    Instrument,
    Item,
    OrganisationModel,
    Outcome,
    Prior,
    Question,
    Theme,
)
from lerend.wording import Text

Data: TypeAlias = dict[str, Any]


def model_as_json(model: OrganisationModel, instrument: Instrument | None = None) -> str:
    """A file of kind ``model``, with the questionnaire inside when one is given.

    Reading it back gives the same values, but for `digest`, which is that of the file.
    """
    data = {"kind": "model", **_model(model)}
    if instrument is not None:
        data["instrument"] = _instrument(instrument)
    return _json(data)


def instrument_as_json(instrument: Instrument) -> str:
    """A file of kind ``instrument``; reading it back gives the same values, but for `digest`."""
    return _json({"kind": "instrument", "model": instrument.model, **_instrument(instrument)})


def _json(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _without_empty(data: Data, *keys: str) -> Data:
    return {key: value for key, value in data.items() if value or key not in keys}


def _text(text: Text) -> Data:
    return {"nl": text.nl, "en": text.en}


def _prior(prior: Prior) -> Data:
    return _without_empty({"value": prior.value, "source": prior.source.value, "note": prior.note}, "note")


def _model(model: OrganisationModel) -> Data:
    return {
        "id": model.id,
        "version": model.version,
        "name": _text(model.name),
        "purpose": _text(model.purpose),
        "target": model.target,
        "layers": [{"id": layer.id, "name": _text(layer.name)} for layer in model.layers],
        "factors": list(map(_factor, model.factors)),
        "outcomes": list(map(_outcome, model.outcomes)),
        "themes": list(map(_theme, model.themes)),
    }


def _factor(factor: Factor) -> Data:
    return {
        "id": factor.id,
        "name": _text(factor.name),
        "term": _text(factor.term),
        "definition": _text(factor.definition),
        "layer": factor.layer,
        "level": factor.level.value,
        "direction": factor.direction.value,
        "about_manager": factor.about_manager,
        "measured": factor.measured,
        "ranked": factor.ranked,
        "gap_sensitive": factor.gap_sensitive,
        "icc": _prior(factor.icc),
        "correlations": {outcome: _prior(prior) for outcome, prior in factor.correlations},
    }


def _outcome(outcome: Outcome) -> Data:
    return {
        "id": outcome.id,
        "name": _text(outcome.name),
        "term": _text(outcome.term),
        "definition": _text(outcome.definition),
        "icc": _prior(outcome.icc),
    }


def _theme(theme: Theme) -> Data:
    return {
        "id": theme.id,
        "name": _text(theme.name),
        "primary": list(theme.primary),
        "secondary": list(theme.secondary),
    }


def _instrument(instrument: Instrument) -> Data:
    data = {
        "id": instrument.id,
        "version": instrument.version,
        "name": _text(instrument.name),
        "respondent": instrument.respondent,
        "anonymous": instrument.anonymous,
        "introduction": _text(instrument.introduction) if instrument.introduction.en else None,
        "answer_scales": list(map(_answer_scale, instrument.answer_scales)),
        "items": list(map(_item, instrument.items)),
        "forms": [
            {"id": form.id, "name": _text(form.name), "minutes": form.minutes, "items": list(form.items)}
            for form in instrument.forms
        ],
        "rotation": list(instrument.rotation),
        "background": list(map(_question, instrument.background)),
        "facts": list(map(_question, instrument.facts)),
    }
    return _without_empty(data, "introduction", "rotation", "background", "facts")


def _answer_scale(scale: AnswerScale) -> Data:
    data = {
        "id": scale.id,
        "labels": list(map(_text, scale.labels)),
        "codes": list(scale.codes),
        "not_applicable": _text(scale.not_applicable) if scale.not_applicable else None,
        "not_applicable_codes": list(scale.not_applicable_codes),
    }
    return _without_empty(data, "not_applicable", "not_applicable_codes")


def _item(item: Item) -> Data:
    data = {
        "id": item.id,
        "measures": item.measures,
        "text": _text(item.text),
        "answers": item.answers,
        "columns": list(item.columns),
        "reversed": item.reversed,
    }
    return _without_empty(data, "columns", "reversed")


def _question(question: Question) -> Data:
    data = {
        "id": question.id,
        "text": _text(question.text),
        "kind": question.kind,
        "options": [{"id": option, "text": _text(text)} for option, text in question.options],
        "optional": question.optional,
    }
    return _without_empty(data, "options")
