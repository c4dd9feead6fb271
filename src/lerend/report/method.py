"""Where the numbers come from, and how well each scale measures."""

from __future__ import annotations

from dataclasses import dataclass

from lerend.diagnosis.result import Diagnosis, Estimate, ScaleQuality
from lerend.model.structure import Instrument, OrganisationModel
from lerend.report.words import people_text, printable, whole
from lerend.wording import Language, Message, say


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One scale for researchers, two decimals; a dash where the data cannot say."""

    name: str
    items: str
    people: str
    alpha: str
    omega: str
    icc1: str
    icc2: str
    rwg_uniform: str
    rwg_skewed: str


def trail_rows(
    diagnosis: Diagnosis, model: OrganisationModel, instrument: Instrument, language: Language
) -> list[tuple[str, str]]:
    """What another researcher needs to get the same numbers; digests are cut to the first sixteen signs."""
    trail = diagnosis.trail
    rows: list[tuple[Message, str]] = [
        (say("Organisation model"), f"{printable(model.name.in_language(language))} ({trail.model})"),
        (say("Questionnaire"), f"{printable(instrument.name.in_language(language))} ({trail.instrument})"),
        (say("Digest of the model"), trail.model_digest[:16]),
        (say("Digest of the answers"), trail.inputs_digest[:16]),
        (say("Version of lerend"), trail.code_version),
        (say("Seed and number of draws"), f"{trail.seed} / {whole(trail.draws)}"),
        (say("Smallest group (k)"), str(trail.k)),
        (say("Groups by column"), ", ".join(trail.by) or "\N{EN DASH}"),
    ]
    return [(label.in_language(language), printable(value)) for label, value in rows]


def quality_rows(diagnosis: Diagnosis, model: OrganisationModel, language: Language) -> list[QualityRow]:
    return [_quality_row(quality, model, language) for quality in diagnosis.quality]


def _quality_row(quality: ScaleQuality, model: OrganisationModel, language: Language) -> QualityRow:
    return QualityRow(
        name=printable(model.name_of(quality.scale).in_language(language)),
        items=str(quality.items),
        people=people_text(quality.people),
        alpha=_with_interval(quality.alpha, language),
        omega=_with_interval(quality.omega, language),
        icc1=two_decimals(quality.icc1, language),
        icc2=two_decimals(quality.icc2, language),
        rwg_uniform=two_decimals(quality.rwg_uniform, language),
        rwg_skewed=two_decimals(quality.rwg_skewed, language),
    )


def _with_interval(estimate: Estimate | None, language: Language) -> str:
    if estimate is None:
        return two_decimals(None, language)
    value, low, high = (two_decimals(number, language) for number in (estimate.value, estimate.low, estimate.high))
    return f"{value} ({low}\N{EN DASH}{high})"


def two_decimals(value: float | None, language: Language) -> str:
    """Reliability is read in hundredths; a dash where there is no value."""
    if value is None:
        return "\N{EN DASH}"
    text = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if language == "nl" else text
