"""The newest release of every company of a programme, and the model that the programme works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from lerend.errors import ModelIsWrong
from lerend.model.structure import OrganisationModel
from lerend.release.value import Release
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.questionnaire import instrument_of, model_of
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave

_USUAL: Final = str(Wave._meta.get_field("instrument").default)  # noqa: SLF001 -- Django's documented way to a field


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest release of a company in a programme."""

    organisation: int
    release: Release


def newest_releases(programme: Programme) -> tuple[Newest, ...]:
    """One for every company with a closed round of this programme that could be released."""
    closed = Wave.objects.filter(programme=programme, state=WaveState.CLOSED).order_by("organisation", "closed_at")
    stored = {wave.organisation_id: found for wave in closed if (found := newest_of(wave)) is not None}
    return tuple(Newest(organisation, read(found)) for organisation, found in stored.items())


def factors_behind(programme: Programme, source: str) -> tuple[str, ...]:
    """The factors of the programme's model that a theme of it stands for, or the factor itself; none for anything else."""
    model = model_of_programme(programme)
    themes = {theme.id: theme.primary for theme in model.themes}
    factors = {factor.id: (factor.id,) for factor in model.factors}
    return (factors | themes).get(source, ())


def model_of_programme(programme: Programme) -> OrganisationModel:
    """The model of its newest round; that of the questionnaire that a round gets by itself where there is none."""
    return _model(Wave.objects.filter(programme=programme))


def model_of_organisation(organisation: Organisation) -> OrganisationModel:
    """The same for the rounds of one organisation."""
    return _model(Wave.objects.filter(organisation=organisation))


def _model(waves: QuerySet[Wave]) -> OrganisationModel:
    newest = waves.order_by("-pk").values_list("instrument", flat=True).first()
    for reference in (newest or _USUAL, _USUAL):
        try:
            return model_of(instrument_of(reference))
        except ModelIsWrong:
            continue  # a version that was damaged: the usual one has the names that people know
    raise LookupError(_USUAL)
