"""``python -m tests.lerend_web.pilots.plan_seeding``: pilots that are being prepared, and one with a frozen plan.

It prints as JSON which pages there are, which cookie signs in who works with them, and the code on a card.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    settings.ALLOWED_HOSTS.append("testserver")
    print(json.dumps(_seeded(settings.SESSION_COOKIE_NAME)))  # noqa: T201 -- the test reads it


def _seeded(cookie: str) -> dict[str, Any]:
    from datetime import timedelta  # noqa: PLC0415 -- see above

    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.freezing import freeze_plan  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.partners import ask_company  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.pool import code_of, offer, open_pool  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.teams import teams_of_releases  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.begun import (  # noqa: PLC0415 -- see above
        a_pilot,
        ready,
        second_company,
        takes_part,
        with_outcome,
    )

    here = place("Pilots")
    coordinator, teacher = here.people[ProgrammeRole.COORDINATOR], here.people[ProgrammeRole.TEACHER]
    asked = a_pilot(here, title="Ten minutes on Friday")
    ask_company(pilot=asked, organisation=here.organisation, by=coordinator, at=now())
    pooled = ready(here, title="Speak up at the start of the shift", smallest=0.9)
    third = second_company(here)
    third.name = "Third bakery of the Pilots"
    third.save()
    with_outcome(third, pooled, low=3.6)
    takes_part(pooled, third)
    teams_of_releases(pilot=pooled, by=coordinator, at=now())
    open_pool(pilot=pooled, closes_on=now().date() + timedelta(days=20), by=coordinator, at=now())
    team = pooled.teams.all()[0]
    offer(code=code_of(pooled), name="Els de Wit", reach="06 1234 5678", team=team.pk, at=now())
    frozen = ready(here, title="Look back together")
    later = now().date() + timedelta(days=90)
    freeze_plan(
        pilot=frozen, kind="lottery", waves=2, dates=[later], seed="4 1 6", smallest=0.2, by=coordinator, at=now()
    )
    contact = OrganisationRole.COMPANY_CONTACT
    stranger = place("Elsewhere").people[contact]
    who = {"coordinator": coordinator, "teacher": teacher, "contact": here.people[contact], "stranger": stranger}
    freeze = f"/pilots/{pooled.key}/freeze?waves=4&accept_lot=on&may_step=on&kind=stepped"
    return {
        "cookie": cookie,
        "sessions": {name: client_of(one).cookies[cookie].value for name, one in who.items()},
        "code": code_of(pooled),
        "pages": {
            "list": ["coordinator", f"/programmes/{here.programme.pk}/pilots"],
            "new": ["coordinator", f"/programmes/{here.programme.pk}/pilots/new"],
            "charter": ["coordinator", f"/pilots/{asked.key}"],
            "charter form": ["coordinator", f"/pilots/{asked.key}/charter"],
            "companies": ["contact", f"/pilots/{asked.key}/companies"],
            "ask companies": ["coordinator", f"/pilots/{asked.key}/companies"],
            "no teams": ["coordinator", f"/pilots/{asked.key}/comparison"],
            "comparison": [
                "coordinator",
                f"/pilots/{pooled.key}/comparison?waves=4&accept_lot=on&may_step=on&may_wait=on",
            ],
            "freeze": ["coordinator", freeze],
            "volunteers": ["teacher", f"/pilots/{pooled.key}/volunteers"],
            "volunteers of a coordinator": ["coordinator", f"/pilots/{pooled.key}/volunteers"],
            "cards": ["coordinator", f"/pilots/{pooled.key}/volunteers/cards"],
            "plan": ["contact", f"/pilots/{frozen.key}/plan"],
            "lot": ["coordinator", f"/pilots/{frozen.key}/lot"],
            "lot for everybody": ["stranger", f"/pilots/{frozen.key}/lot"],
            "offer": ["stranger", "/v/"],
            "first page of a contact": ["contact", "/work"],
        },
    }


if __name__ == "__main__":
    main()
