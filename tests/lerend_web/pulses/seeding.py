"""``python -m tests.lerend_web.pulses.seeding``: series of pulses in every state, of one that is planned up to one with results.

It prints as JSON which pages there are and which cookie signs in who works with them.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

from tests.lerend_web.september import stand_in_september


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    stand_in_september()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    settings.ALLOWED_HOSTS.append("testserver")
    print(json.dumps(_seeded(settings.SESSION_COOKIE_NAME)))  # noqa: T201 -- the test reads it


def _seeded(cookie: str) -> dict[str, Any]:
    from lerend_web.organisations.models import OrganisationMember  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.pulses.series import an_action, planned, sealed  # noqa: PLC0415 -- see above
    from tests.lerend_web.scans.dairy import new_dairy  # noqa: PLC0415 -- see above

    people, dairy = place("Pulses").people, new_dairy()
    roles = (OrganisationRole.COMPANY_CONTACT, OrganisationRole.WORKS_COUNCIL, OrganisationRole.TEAM_LEADER)
    for role in roles:
        OrganisationMember.objects.create(organisation=dairy.organisation, person=people[role], role=role)
    coordinator = people[ProgrammeRole.COORDINATOR]
    dairy.programme.members.create(person=coordinator, role=ProgrammeRole.COORDINATOR)
    unplanned, action = an_action(dairy), an_action(dairy, intervention="safety_workshop@1")
    new = planned(dairy, an_action(dairy, intervention="job_crafting@1"))
    sealed_one = sealed(dairy, planned(dairy, an_action(dairy, intervention="knowledge_bank@1")))
    finished = _with_results(dairy, action)
    running = _running(dairy)
    here = f"/organisations/{dairy.organisation.pk}"
    who = dict(zip(("contact", "council", "leader"), (people[role] for role in roles), strict=True))
    return {
        "cookie": cookie,
        "sessions": {
            name: client_of(one).cookies[cookie].value for name, one in {**who, "coordinator": coordinator}.items()
        },
        "pages": {
            "home of a contact": ["contact", "/work"],
            "home of who needs a key": ["council", "/work"],
            "home of who makes cards": ["coordinator", "/work"],
            "action without pulses": ["contact", f"{here}/actions/{unplanned.pk}"],
            "action with pulses": ["leader", f"{here}/actions/{action.pk}"],
            "plan": ["contact", f"{here}/actions/{unplanned.pk}/pulses"],
            "form for the talk": ["leader", f"{here}/actions/{unplanned.pk}/talk"],
            "planned": ["contact", f"{here}/pulses/{new.pk}"],
            "keys": ["council", f"{here}/pulses/{new.pk}/keys"],
            "keys of a sealed series": ["contact", f"{here}/pulses/{sealed_one.pk}/keys"],
            "sealed": ["coordinator", f"{here}/pulses/{sealed_one.pk}"],
            "running": ["contact", f"{here}/pulses/{running.pk}"],
            "results": ["contact", f"{here}/pulses/{finished.pk}"],
            "results of a leader": ["leader", f"{here}/pulses/{finished.pk}"],
            "sheet": ["leader", f"{here}/pulses/{finished.pk}/sheet"],
            "sheet without results": ["council", f"{here}/pulses/{new.pk}/sheet"],
        },
    }


def _with_results(dairy: Any, action: Any) -> Any:
    """Two pulses closed, in two arms; at the second somebody came to the cheese makers, so that their part is not shown."""
    from lerend_web.pulses.domain.planning import AskedUnit  # noqa: PLC0415 -- see above
    from lerend_web.pulses.queries import waves_of  # noqa: PLC0415 -- see above
    from tests.lerend_web.pulses import series  # noqa: PLC0415 -- see above

    arms = series.a_plan(AskedUnit(series.CHEESE, "begins now"), AskedUnit(series.OFFICE, "begins later"), pulses=3)
    made = series.sealed(dairy, series.planned(dairy, action, arms))
    dairy.files.insert(0, dairy.files[-1])
    first, second = waves_of(made)[:2]
    series.opened(dairy, first)
    series.answered(first, series.SEVEN)
    series.closed(dairy, first)
    series.opened(dairy, second)
    series.answered(second, {"Cheese": "33444521", "Office": "22332443"})
    series.count_people(dairy, second, {"Cheese": (1, 0)})
    series.closed(dairy, second)
    return made


def _running(dairy: Any) -> Any:
    """Open since today."""
    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.pulses.queries import waves_of  # noqa: PLC0415 -- see above
    from tests.lerend_web.pulses import series  # noqa: PLC0415 -- see above

    wish = series.a_plan(first_on=now().date())
    made = series.sealed(dairy, series.planned(dairy, series.an_action(dairy, intervention="change_lab@1"), wish))
    series.opened(dairy, waves_of(made)[0])
    return made


if __name__ == "__main__":
    main()
