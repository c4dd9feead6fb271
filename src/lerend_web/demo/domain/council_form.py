"""The company form that the works council of Voorbeeld Zuivel sent: made up, and put in through the real verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import numpy as np

from lerend.model import load_instrument
from lerend_web.company_form.domain.filling import keep_page, send_form, start_form
from lerend_web.company_form.domain.questions import pages_of
from lerend_web.company_form.enums import InformantRole
from lerend_web.company_form.models import CompanyForm
from lerend_web.demo.domain.cast import Cast
from lerend_web.demo.domain.world import SEED, world
from lerend_web.organisations.models import Organisation, OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person

NAME: Final = "Henk (ondernemingsraad)"
EMAIL: Final = "henk@demo.invalid"
"""He has no door of his own: nobody plays him, and without a password nobody signs in as him."""
SENT_BEFORE: Final = timedelta(days=6)
_INFORMANT_SD: Final = 0.7
_FACTS: Final = {
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
}


def make_council_form(cast: Cast, organisation: Organisation, *, at: datetime) -> CompanyForm:
    """Henk's form, which he lets Marloes see."""
    henk = Person.objects.create_user(EMAIL, name=NAME)
    OrganisationMember.objects.create(organisation=organisation, person=henk, role=OrganisationRole.WORKS_COUNCIL)
    sent_at = at - SENT_BEFORE
    form = start_form(
        organisation=organisation, programme=cast.programme, role=InformantRole.WORKS_COUNCIL, by=henk, at=sent_at
    )
    answers = _answers(form.instrument)
    for page in pages_of(form.instrument, "nl"):
        keep_page(form=form, page=page.number, typed=answers, by=henk)
    send_form(form=form, is_shown_apart=True, by=henk, at=sent_at)
    return form


def _answers(reference: str) -> dict[str, str]:
    """One informant's view: the company's own value of each factor, and what one person adds to that."""
    drawn = world()
    instrument = load_instrument(reference)
    noise = np.random.default_rng(SEED + 6)
    seen = {
        factor: value + _INFORMANT_SD * noise.standard_normal()
        for factor, value in zip(drawn.factors, drawn.company_value[0], strict=True)
    }
    items = {item.id: str(int(np.clip(np.rint(seen.get(item.measures, 3.0)), 1, 5))) for item in instrument.items}
    return items | _FACTS
