"""The teams of a company side by side: one map per layer of the model."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.report.focus import focus_on
from lerend.report.heat import HeatMap, heat_map_of
from lerend.report.visible import visible
from lerend.report.words import printable
from lerend_web.workbench.domain.outcomes.shown import Outcome, reader_language


@dataclass(frozen=True, slots=True)
class LayerMap:
    name: str
    id: str
    heat: HeatMap


def maps_of(outcome: Outcome) -> list[LayerMap]:
    """From outside to inside, the outcomes last; none where fewer than two teams are told apart."""
    language, model = reader_language(), outcome.model
    focus = focus_on(visible(outcome.release.diagnosis), outcome.company.path)
    if len(focus.parts) < 2:
        return []
    scales = {
        layer: tuple(factor.id for factor in model.factors if factor.layer == layer.id and factor.measured)
        for layer in model.layers
    }
    maps = [
        LayerMap(printable(layer.name.in_language(language)), layer.id, heat_map_of(focus, found, model, language))
        for layer, found in scales.items()
        if found
    ]
    last = heat_map_of(focus, tuple(each.id for each in model.outcomes), model, language)
    return [*maps, LayerMap("", "outcomes", last)]
