"""The picture of the organisation model and the table behind it, as plain values for the templates."""

from __future__ import annotations

from lerend.diagnosis.result import UnitDiagnosis
from lerend.model.structure import OrganisationModel
from lerend.report.printed.typesetting import Plain
from lerend.report.rows import Row
from lerend.report.words import number, printable, spoken
from lerend.wording import Language, Message, say


def picture_of(
    unit: UnitDiagnosis, rows: tuple[Row, ...], model: OrganisationModel, language: Language, *, alt: Message
) -> dict[str, Plain]:
    """Layers from outside to inside and the outcomes, all on the scale of 1 to 5."""
    layers: list[Plain] = [
        {"name": printable(layer.name.in_language(language)), "rows": held}
        for layer in model.layers
        if (held := [_drawn(row) for row in rows if row.layer == layer.id])
    ]
    mean = "" if unit.own_mean is None else number(unit.own_mean, language)
    return {
        "alt": spoken(alt, language),
        "layers": layers,
        "outcomes": {
            "name": spoken(say("What it is for"), language),
            "rows": [_drawn(row) for row in rows if row.is_outcome],
        },
        "mean": unit.own_mean,
        "mean_text": spoken(say("own mean {mean}", mean=mean), language) if mean else "",
    }


def legend_of(rows: tuple[Row, ...], language: Language) -> dict[str, Plain]:
    """What the signs of the picture mean; a sign that is not drawn is not explained."""
    told = {
        "point": say("Point: our estimate. Bar: the true mean probably lies here."),
        "mean": say("Dotted line: own mean of all topics. Orange lies below it, blue above."),
    }
    if any(row.can_be_chance for row in rows):
        told["chance"] = say("Stripes and an open point: the difference with the own mean can be chance.")
    if any(row.score is not None and _is_diamond(row) for row in rows):
        told["diamond"] = say("Diamond: more is not simply better here.")
    return {sign: spoken(message, language) for sign, message in told.items()}


def table_of(rows: tuple[Row, ...], language: Language) -> dict[str, Plain]:
    """The same figures in words and columns; where there is no figure, the reason."""
    heads = (
        say("Topic"),
        say("Score 1–5"),
        say("Interval (95 %)"),
        say("People"),
        say("Difference with own mean"),
        say("Most room"),
    )
    return {
        "caption": spoken(say("All topics with their scores."), language),
        "heads": [spoken(head, language) for head in heads],
        "rows": [_told(row) for row in rows],
    }


def _drawn(row: Row) -> dict[str, Plain]:
    if row.score is None:
        return {"name": row.name, "score": None, "instead": row.instead}
    return {
        "name": row.name,
        "kind": str(row.side),
        "diamond": _is_diamond(row),
        "value": row.score.value,
        "low": row.score.low,
        "high": row.score.high,
        "chance": row.can_be_chance,
        "score": row.score_text,
        "interval": row.interval_text,
    }


def _is_diamond(row: Row) -> bool:
    return row.side == "neutral" and not row.is_outcome


def _told(row: Row) -> dict[str, Plain]:
    if row.score is None and row.why_hidden != row.sentence:
        return {"name": row.name, "cells": [], "reason": row.why_hidden}
    if row.score is None:
        return {"name": row.name, "cells": [row.people], "reason": row.why_hidden}
    cells = [row.score_text, row.interval_text, row.people, row.compared, row.band_text]
    return {"name": row.name, "cells": cells, "reason": ""}
