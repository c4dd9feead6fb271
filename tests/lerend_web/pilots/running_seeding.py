"""``python -m tests.lerend_web.pilots.running_seeding``: a pilot that starts, and one that has run for five weeks.

It prints as JSON which pages there are, which cookie signs in who works with them, and the code on a team's sheet.
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
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole, Role  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.carrying import code, frozen, teams_of  # noqa: PLC0415 -- see above

    here, starting = place("Pilots that run"), place("Pilots that start")
    pilot, new = _five_weeks_on(here), frozen(starting)
    measurement = pilot.measurements.get(organisation=here.organisation, number=1)
    roles: dict[str, Role] = {
        "coordinator": ProgrammeRole.COORDINATOR,
        "contact": OrganisationRole.COMPANY_CONTACT,
        "leader": OrganisationRole.TEAM_LEADER,
    }
    who = {name: here.people[role] for name, role in roles.items()}
    who["starter"] = starting.people[ProgrammeRole.COORDINATOR]
    running = f"/pilots/{pilot.key}"
    return {
        "cookie": cookie,
        "sessions": {name: client_of(one).cookies[cookie].value for name, one in who.items()},
        "code": code(teams_of(pilot)[0]),
        "pages": {
            "running": ["coordinator", f"{running}/running"],
            "running of a contact": ["contact", f"{running}/running"],
            "about to start": ["starter", f"/pilots/{new.key}/running"],
            "process": ["coordinator", f"{running}/process"],
            "log": ["coordinator", f"{running}/log"],
            "log of a leader": ["leader", f"{running}/log"],
            "measurements": ["contact", f"{running}/measurements"],
            "plan of a measurement": ["contact", f"{running}/measurements/{measurement.pk}/plan"],
            "pulses": ["contact", f"{running}/pulses/{here.organisation.pk}"],
            "write": ["leader", "/log"],
            "written": ["leader", "/log/written"],
        },
    }


def _five_weeks_on(here: Any) -> Any:
    """Started five weeks ago; one team is behind, in one more people came than work there, and the next measurement nears."""
    from datetime import timedelta  # noqa: PLC0415 -- see above

    from lerend_web.core.clock import now  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.log import Session, write_session  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.running import start  # noqa: PLC0415 -- see above
    from lerend_web.pilots.enums import Faithful  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.carrying import code, frozen, teams_of  # noqa: PLC0415 -- see above

    today, pilot = now(), frozen(here)
    pilot.measurements.filter(number=1).update(on=today.date() + timedelta(days=30))
    pilot.measurements.filter(number=2).update(on=today.date() + timedelta(days=120))
    start(pilot=pilot, by=None, at=today - timedelta(weeks=5))
    for place, team in enumerate(teams_of(pilot)):
        for week in range(5, place % 3, -2):
            at = today - timedelta(weeks=week - 0.5)
            changed = place == 1 and week == 3
            session = Session(
                on=at.date(),
                minutes=45 + 5 * place,
                came=14 if place == 2 else 9,
                leader_came=week != 3,
                faithful=Faithful.CHANGED if changed else Faithful.AS_PLANNED,
                changed="We had no room, so we stood at the machine." if changed else "",
            )
            write_session(code=code(team), session=session, at=at)
    return pilot


if __name__ == "__main__":
    main()
