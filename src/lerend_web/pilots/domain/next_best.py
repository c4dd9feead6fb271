"""What advice is worked out from: the newest release of the company, the catalogue, and what pilots of the programme found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.diagnosis.result import UnitDiagnosis
from lerend.evidence.advice.next_step import Advice as ThreeSteps
from lerend.evidence.advice.next_step import LeftOut, NextStep, next_steps
from lerend.evidence.advice.offer import Kind, Offer, offer_of
from lerend.evidence.advice.route import Ahead, RouteAdvice, choose_route
from lerend.evidence.grading.finished import counted
from lerend.evidence.grading.standing import Standing
from lerend.evidence.pooling.saying import percent
from lerend.interventions.catalogue import Catalogue, Intervention
from lerend.interventions.counting import LEAST, people_in
from lerend.interventions.expected import expected_effect
from lerend.interventions.judging import Context
from lerend.interventions.matching import Miss, matches_for
from lerend.release.value import Release
from lerend.report.visible import visible
from lerend_web.interventions.domain.catalogue import whole_catalogue
from lerend_web.organisations.domain.circumstances import circumstances_of
from lerend_web.organisations.models import Organisation
from lerend_web.pilots.domain.finished import entry_id, judged_pilots, judged_rows, led_to, prior_of, published_grade
from lerend_web.pilots.domain.grade_history import grade_of
from lerend_web.pilots.domain.in_both import kept, kept_text, text_of
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.questionnaire import instrument_of, model_of
from lerend_web.scans.rules import day_of
from lerend_web.themes.domain.newest import newest_releases

FORMAT: Final = 1
ELSEWHERE: Final = 0.5
"""Share of the effect that an approach is taken to have on its other bottlenecks; on the one that was asked about it counts whole."""
NAMES: Final[dict[Kind, Promise]] = {
    Kind.NEW: _("Make something new together, as a pilot"),
    Kind.FIND_OUT: _("First find out more about the bottleneck"),
    Kind.LEAVE: _("Leave it as it is for now"),
}


def advice_now(organisation: Organisation, programme: Programme, factor: str, at: datetime) -> dict[str, Any] | None:
    """The advice as it is kept: plain values for JSON, sentences in both languages.

    None without a released outcome, or where the catalogue is not about its model or this factor.
    """
    releases = {one.organisation: one.release for one in newest_releases(programme)}
    release = releases.get(organisation.pk)
    if release is None:
        return None
    model = model_of(instrument_of(release.trail.instrument))
    catalogue = whole_catalogue([programme]).catalogue
    if catalogue.model != model.reference or factor not in {one.id for one in model.factors}:
        return None
    company = _company(release)
    context = Context(circumstances_of(organisation))
    matching = matches_for(company, catalogue, model, context=context, factors=[factor])
    standings = _standings(programme, catalogue.targeting(factor), at)
    misses = {one.intervention.id: one for one in matching.misses_for(factor)}
    chances = chances_of(company, factor)
    offers = [
        _offer(entry, standings[entry.id], factor, chances, misses.get(entry.id))
        for entry in catalogue.targeting(factor)
    ]
    others = [one for one in map(_company, releases.values()) if factor in one.bottlenecks]
    known = len(others) >= LEAST
    ahead = Ahead(people=people_in(others if known else [company]))
    route = choose_route(offers, ahead, factor=factor)
    steps = next_steps(offers, chances, pilots_to_come=len(others) - 1 if known else 0)
    return _content(factor, catalogue, route, steps)


def chances_of(company: UnitDiagnosis, factor: str) -> dict[str, float]:
    """How likely each factor is among those with most room; a factor that could not be ranked is taken as people chose it."""
    found = {one.scale: one.room.top_five for one in company.findings if one.room is not None}
    listed = {scale: chance for scale, chance in found.items() if scale in company.bottlenecks}
    return {**listed, factor: found.get(factor, 1.0)}


def _company(release: Release) -> UnitDiagnosis:
    return visible(release.diagnosis).companies[0]


def _standings(programme: Programme, entries: Sequence[Intervention], at: datetime) -> dict[str, Standing]:
    """What is thought of each entry now: published, and moved by the pilots of this programme."""
    tried = {entry_id(one.intervention) for one in judged_rows(programme)}
    today = day_of(at, programme.time_zone)
    found = {}
    for entry in entries:
        judged = judged_pilots(programme, entry) if entry.id in tried else ()
        grade = grade_of(programme, entry) if judged else published_grade(entry)
        pilots, _not_counted = counted([one.finished for one in judged], today)
        found[entry.id] = led_to(pilots, prior_of(entry), grade).standing
    return found


def _offer(entry: Intervention, standing: Standing, factor: str, chances: dict[str, float], miss: Miss | None) -> Offer:
    targets = {one: 1.0 if one == factor else ELSEWHERE for one in entry.targets if one in chances}
    expected = expected_effect(entry)
    return offer_of(
        entry.id,
        standing,
        targets,
        studies=expected.studies if expected else 0,
        applicable=miss is None,
        why_not=miss.reason if miss else None,
    )


def _content(factor: str, catalogue: Catalogue, route: RouteAdvice, steps: ThreeSteps) -> dict[str, Any]:
    entries = {one.id: one for one in catalogue.interventions}
    return {
        "format": FORMAT,
        "factor": factor,
        "route": route.route.value,
        "cover": percent(route.cover),
        "smallest": route.smallest,
        "reasons": kept(route.reasons),
        "steps": [_step(one, entries) for one in steps.steps],
        "note": kept([steps.note])[0] if steps.note else None,
        "left_out": [_left(one, entries) for one in steps.left_out],
        "pilots_to_come": steps.pilots_to_come,
    }


def _step(one: NextStep, entries: Mapping[str, Intervention]) -> dict[str, Any]:
    return {
        "ref": _reference(one.offer, entries),
        "kind": one.offer.kind.value,
        "name": _name(one.offer, entries),
        "best": percent(one.best),
        "helps": percent(one.helps_enough),
        "pilots": one.pilots,
        "expected": round(one.expected, 3),
        "learn": round(one.learn_value, 3),
        "rank": one.rank,
        "rank_without": one.rank_without_bonus,
        "says": kept([one.sentence])[0],
    }


def _left(one: LeftOut, entries: Mapping[str, Intervention]) -> dict[str, Any]:
    return {
        "ref": _reference(one.offer, entries),
        "name": _name(one.offer, entries),
        "why": kept([one.reason])[0],
    }


def _reference(offer: Offer, entries: Mapping[str, Intervention]) -> str:
    """As actions and pilots name an entry; for the steps that are always open the kind."""
    return entries[offer.id].reference if offer.kind is Kind.EXISTING else offer.kind.value


def _name(offer: Offer, entries: Mapping[str, Intervention]) -> dict[str, str]:
    return kept_text(entries[offer.id].name if offer.kind is Kind.EXISTING else text_of(NAMES[offer.kind]))
