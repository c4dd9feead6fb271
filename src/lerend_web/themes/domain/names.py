"""Names of factors, and the factors that somebody can choose from."""

from __future__ import annotations

from collections.abc import Iterable

from lerend.model.structure import OrganisationModel
from lerend.report.words import printable
from lerend_web.instruments.domain.faults import language
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.newest import model_of_organisation, model_of_programme

Choices = list[tuple[str, list[tuple[str, str]]]]
"""Under each layer its factors: id and name."""


def factors_of_programme(programme: Programme) -> Choices:
    """The factors that a theme can stand for: those that the programme's questionnaire asks about."""
    return _choices(model_of_programme(programme))


def factors_of_organisation(organisation: Organisation) -> Choices:
    return _choices(model_of_organisation(organisation))


def names_in_programme(ids: Iterable[str], programme: Programme) -> tuple[str, ...]:
    """What the reader calls these factors; what the model does not know (any more) is left out."""
    return _names(ids, model_of_programme(programme))


def names_in_organisation(ids: Iterable[str], organisation: Organisation) -> tuple[str, ...]:
    return _names(ids, model_of_organisation(organisation))


def _choices(model: OrganisationModel) -> Choices:
    spoken = language()
    layers = (
        (
            printable(layer.name.in_language(spoken)),
            [
                (one.id, printable(one.name.in_language(spoken)))
                for one in model.factors
                if one.measured and one.layer == layer.id
            ],
        )
        for layer in model.layers
    )
    return [(name, factors) for name, factors in layers if factors]


def _names(ids: Iterable[str], model: OrganisationModel) -> tuple[str, ...]:
    known = {factor.id: factor.name for factor in model.factors}
    return tuple(printable(known[one].in_language(language())) for one in ids if one in known)
