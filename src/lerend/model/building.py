"""From the checked values of a file to the values that the rest of the platform uses, with defaults filled in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from lerend.model.structure import (
    AnswerScale,
    Direction,
    Factor,
    Form,
    Instrument,
    Item,
    Layer,
    Level,
    OrganisationModel,
    Outcome,
    Prior,
    Question,
    Source,
    Theme,
)
from lerend.wording import Text

Data: TypeAlias = Mapping[str, Any]

ITEMS_A_MINUTE: Final = 6
"""For a form that does not say how long it takes: an estimate, not a measurement."""

NO_TEXT: Final = Text("", "")


def model_of(data: Data, digest: str) -> OrganisationModel:
    """The model in the typed values of a file of kind ``model``."""
    return OrganisationModel(
        id=data["id"],
        version=data["version"],
        name=_text(data["name"]),
        purpose=_text(data["purpose"]),
        layers=tuple(Layer(layer["id"], _text(layer["name"])) for layer in data["layers"]),
        factors=tuple(map(_factor, data["factors"])),
        outcomes=tuple(map(_outcome, data["outcomes"])),
        themes=tuple(map(_theme, data.get("themes", ()))),
        target=data["target"],
        digest=digest,
    )


def instrument_of(data: Data, digest: str) -> Instrument:
    """The instrument in the typed values of a file of kind ``instrument``."""
    items = tuple(map(_item, data["items"]))
    return Instrument(
        id=data["id"],
        version=data["version"],
        model=data["model"],
        name=_text(data["name"]),
        respondent=data.get("respondent", "employee"),
        anonymous=data.get("anonymous", True),
        introduction=_text(data["introduction"]) if "introduction" in data else NO_TEXT,
        answer_scales=tuple(map(_answer_scale, data["answer_scales"])),
        items=items,
        forms=tuple(map(_form, data["forms"])) if "forms" in data else (_form_of_all(items),),
        rotation=tuple(data.get("rotation", ())),
        background=tuple(map(_question, data.get("background", ()))),
        facts=tuple(map(_question, data.get("facts", ()))),
        digest=digest,
    )


def embedded_instrument_of(data: Data, digest: str) -> Instrument | None:
    """The instrument inside a model file; its id, version and name are the model's unless it says otherwise."""
    if "instrument" not in data:
        return None
    own = {key: data[key] for key in ("id", "version", "name")}
    reference = f"{data['id']}@{data['version']}"
    return instrument_of({**own, **data["instrument"], "model": reference}, digest)


def _text(data: Data) -> Text:
    return Text(data["nl"], data["en"])


def _prior(data: Data) -> Prior:
    return Prior(data["value"], Source(data["source"]), data.get("note", ""))


def _factor(data: Data) -> Factor:
    return Factor(
        id=data["id"],
        name=_text(data["name"]),
        term=_text(data.get("term", data["name"])),
        definition=_text(data["definition"]),
        layer=data["layer"],
        level=Level(data["level"]),
        direction=Direction(data.get("direction", "plain")),
        icc=_prior(data["icc"]),
        correlations=tuple((outcome, _prior(prior)) for outcome, prior in data["correlations"].items()),
        about_manager=data.get("about_manager", False),
        measured=data.get("measured", True),
        ranked=data.get("ranked", True),
        gap_sensitive=data.get("gap_sensitive", False),
    )


def _outcome(data: Data) -> Outcome:
    term = _text(data.get("term", data["name"]))
    return Outcome(data["id"], _text(data["name"]), term, _text(data["definition"]), _prior(data["icc"]))


def _theme(data: Data) -> Theme:
    return Theme(data["id"], _text(data["name"]), tuple(data["primary"]), tuple(data.get("secondary", ())))


def _answer_scale(data: Data) -> AnswerScale:
    labels = tuple(map(_text, data["labels"]))
    return AnswerScale(
        id=data["id"],
        labels=labels,
        codes=tuple(data["codes"]) if "codes" in data else tuple(str(n + 1) for n in range(len(labels))),
        not_applicable=_text(data["not_applicable"]) if "not_applicable" in data else None,
        not_applicable_codes=tuple(data.get("not_applicable_codes", ())),
    )


def _item(data: Data) -> Item:
    return Item(
        id=data["id"],
        measures=data["measures"],
        text=_text(data["text"]),
        answers=data["answers"],
        columns=tuple(data.get("columns", ())),
        reversed=data.get("reversed", False),
    )


def _form(data: Data) -> Form:
    return Form(data["id"], _text(data["name"]), data["minutes"], tuple(data["items"]))


def _form_of_all(items: tuple[Item, ...]) -> Form:
    minutes = math.ceil(len(items) / ITEMS_A_MINUTE)
    return Form("all", Text("Alle vragen", "All questions"), minutes, tuple(item.id for item in items))


def _question(data: Data) -> Question:
    options = tuple((option["id"], _text(option["text"])) for option in data.get("options", ()))
    return Question(data["id"], _text(data["text"]), data["kind"], options, data.get("optional", True))
