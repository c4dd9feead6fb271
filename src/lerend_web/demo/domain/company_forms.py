"""The company forms that two people of Voorbeeld Zuivel sent: made up, and put in through the real verbs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from lerend.model import load_instrument
from lerend_web.company_form.domain.filling import keep_page, send_form, start_form
from lerend_web.company_form.domain.questions import pages_of
from lerend_web.company_form.enums import InformantRole
from lerend_web.company_form.models import CompanyForm
from lerend_web.company_form.rules import membership_for
from lerend_web.demo.domain.cast import Cast
from lerend_web.demo.domain.world import SEED, world
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.models import Person

SENT_BEFORE: Final = timedelta(days=6)
"""The same for everybody: a form counts for the year in which it was begun, and these two belong to one year."""
_INFORMANT_SD: Final = 0.7


@dataclass(frozen=True, slots=True)
class Informant:
    """Somebody who sent a form, and how they see their company.

    Informants have no door of their own: nobody plays them, and without a password nobody signs in as them.
    """

    name: str
    email: str
    role: InformantRole
    seed: int
    rosier: float
    """How much higher than the company's own values this person answers, on the scale of 1 to 5."""
    facts: Mapping[str, str]


HENK: Final = Informant(
    name="Henk (ondernemingsraad)",
    email="henk@demo.invalid",
    role=InformantRole.WORKS_COUNCIL,
    seed=SEED + 6,
    rosier=0.0,
    facts={
        "most_important_theme": "evaluation_reflection_feedback",
        "fact_headcount": "120",
        "fact_team_evaluations": "seldom",
        "fact_development_talk": "partly",
        "fact_learning_plan": "no",
        "fact_idea_route": "partly",
        "fact_handover": "no",
        "fact_task_rotation": "partly",
        "fact_learning_coach": "yes",
        "open_to_change": "somewhat",
        "open_to_tasks": "perhaps",
        "open_to_schedules": "perhaps",
        "open_to_learning_time": "yes",
        "open_what_is_fixed": "De nieuwe inpaklijn komt in het voorjaar.",
        "open_what_may_change": "De overdracht tussen de ploegen.",
    },
)
INGRID: Final = Informant(
    name="Ingrid (directie)",
    email="ingrid@demo.invalid",
    role=InformantRole.MANAGEMENT,
    seed=SEED + 7,
    rosier=0.4,
    facts={
        "most_important_theme": "role_model_and_involvement",
        "fact_headcount": "120",
        "fact_team_evaluations": "monthly",
        "fact_development_talk": "yes",
        "fact_learning_plan": "partly",
        "fact_idea_route": "yes",
        "fact_handover": "partly",
        "fact_task_rotation": "partly",
        "fact_learning_coach": "yes",
        "open_to_change": "somewhat",
        "open_to_tasks": "yes",
        "open_to_schedules": "no",
        "open_to_learning_time": "perhaps",
        "open_what_is_fixed": "De drie ploegen blijven, en de nieuwe inpaklijn komt in het voorjaar.",
        "open_what_may_change": "Wie welke taak doet, en hoe we samen terugkijken.",
    },
)
INFORMANTS: Final = (HENK, INGRID)


def make_company_forms(cast: Cast, organisation: Organisation, *, at: datetime) -> None:
    """Two signed forms, so that they can be laid beside each other; Marloes may see both."""
    for informant in INFORMANTS:
        _send(informant, cast, organisation, at=at - SENT_BEFORE)


def _send(informant: Informant, cast: Cast, organisation: Organisation, *, at: datetime) -> CompanyForm:
    person = Person.objects.create_user(informant.email, name=informant.name)
    membership = membership_for(informant.role)
    OrganisationMember.objects.create(organisation=organisation, person=person, role=membership)
    form = start_form(organisation=organisation, programme=cast.programme, role=informant.role, by=person, at=at)
    answers = _answers(informant, form.instrument)
    for page in pages_of(form.instrument, "nl"):
        keep_page(form=form, page=page.number, typed=answers, by=person)
    send_form(form=form, is_shown_apart=True, by=person, at=at)
    return form


def _answers(informant: Informant, reference: str) -> dict[str, str]:
    """One informant's view: the company's own value of each factor, and what one person adds to that."""
    drawn = world()
    instrument = load_instrument(reference)
    noise = np.random.default_rng(informant.seed)
    seen = {
        factor: value + informant.rosier + _INFORMANT_SD * noise.standard_normal()
        for factor, value in zip(drawn.factors, drawn.company_value[0], strict=True)
    }
    items = {item.id: str(int(np.clip(np.rint(seen.get(item.measures, 3.0)), 1, 5))) for item in instrument.items}
    return {**items, **informant.facts}
