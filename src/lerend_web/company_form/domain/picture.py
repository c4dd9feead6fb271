"""What sent forms say: a provisional picture of the factors, and the forms beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lerend.diagnosis.gaps import INFORMANT_VARIANCE
from lerend.diagnosis.room import listed_of
from lerend.diagnosis.units import estimate_of
from lerend.model import load_model
from lerend.model.structure import Instrument, Item, OrganisationModel
from lerend.wording import Language
from lerend_web.company_form.domain.questions import Question, instrument_of, pages_of, questions_of
from lerend_web.company_form.models import CompanyForm

FAR_APART: Final = 2.0
"""Points of the 1 to 5 scale between two informants from which a factor is marked to talk about: our own judgement."""


@dataclass(frozen=True, slots=True)
class FactorScore:
    """A factor as the forms see it, on the 1 to 5 scale, with the interval that so few informants leave."""

    name: str
    score: float
    low: float
    high: float
    is_among_lowest: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Ranked factors from low to high, then what is not ranked; `listed` is how many count as the lowest."""

    forms: int
    listed: int
    ranked: tuple[FactorScore, ...]
    others: tuple[FactorScore, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with who says what, in words; empty where somebody gave no answer."""

    text: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FactorRows:
    """One factor: who scores it how (None where it is not answered), and its questions."""

    name: str
    scores: tuple[tuple[str, float | None], ...]
    is_far_apart: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    factors: tuple[FactorRows, ...]
    facts: tuple[Row, ...]


@lru_cache(maxsize=8)
def _model_of(reference: str) -> OrganisationModel:
    return load_model(reference)


def picture_of(forms: Sequence[CompanyForm], *, language: Language) -> Picture:
    """The mean over the informants, each counting the same, with the variance of one informant's view."""
    instrument = instrument_of(forms[0].instrument)
    model = _model_of(instrument.model)
    found = {}
    for scale in model.scales:
        scores = [score for form in forms if (score := score_of(form.answers, scale, instrument)) is not None]
        if scores:
            mean = sum(scores) / len(scores)
            found[scale] = estimate_of(mean, INFORMANT_VARIANCE / len(scores), lowest=1, highest=5)
    may_be_ranked = [factor.id for factor in model.factors if factor.ranked and factor.id in found]
    ranked = sorted(may_be_ranked, key=lambda factor: found[factor].value)
    listed = listed_of(len(ranked))
    lowest = _lowest({factor: found[factor].value for factor in ranked}, listed)

    def shown(scale: str) -> FactorScore:
        one = found[scale]
        name = model.name_of(scale).in_language(language)
        return FactorScore(name, one.value, one.low, one.high, scale in lowest)

    others = [scale for scale in found if scale not in ranked]
    return Picture(len(forms), listed, tuple(map(shown, ranked)), tuple(map(shown, others)))


def side_by_side(forms: Sequence[CompanyForm], *, language: Language) -> SideBySide:
    """Every statement with the answers of every form, in the order of the model, and the facts that somebody gave."""
    reference = forms[0].instrument
    instrument = instrument_of(reference)
    model = _model_of(instrument.model)
    questions = {question.id: question for question in questions_of(reference, language)}
    factors = []
    for scale in model.scales:
        if items := instrument.items_of(scale):
            scores = tuple(score_of(form.answers, scale, instrument) for form in forms)
            rows = tuple(_row(questions[item.id], forms) for item in items)
            named = tuple((form.signed_as, score) for form, score in zip(forms, scores, strict=True))
            factors.append(FactorRows(model.name_of(scale).in_language(language), named, _far_apart(scores), rows))
    asked = [question for page in pages_of(reference, language) if page.is_about_facts for question in page.questions]
    answered = [question for question in asked if any(question.id in form.answers for form in forms)]
    return SideBySide(tuple(factors), tuple(_row(question, forms) for question in answered))


def score_of(answers: Mapping[str, str], scale: str, instrument: Instrument) -> float | None:
    """How one informant sees a factor: the mean of what they answered about it, 1 to 5."""
    values = [value for item in instrument.items_of(scale) if (value := _value(answers, item, instrument)) is not None]
    return sum(values) / len(values) if values else None


def _lowest(scores: Mapping[str, float], most: int) -> set[str]:
    """The lowest few; equal scores belong to them together, or where there is no room for all of them, not at all."""
    return {one for one, score in scores.items() if sum(other <= score for other in scores.values()) <= most}


def _value(answers: Mapping[str, str], item: Item, instrument: Instrument) -> float | None:
    codes = instrument.answer_scale_of(item).codes
    answer = answers.get(item.id, "")
    if answer not in codes:
        return None
    place = codes.index(answer)
    return 1 + 4 * (len(codes) - 1 - place if item.reversed else place) / (len(codes) - 1)


def _far_apart(scores: Sequence[float | None]) -> bool:
    known = [score for score in scores if score is not None]
    return len(known) > 1 and max(known) - min(known) >= FAR_APART


def _row(question: Question, forms: Sequence[CompanyForm]) -> Row:
    return Row(
        question.text, tuple((form.signed_as, question.says(form.answers.get(question.id, ""))) for form in forms)
    )
