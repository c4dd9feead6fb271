"""``python -m tests.lerend_web.pilots.result_seeding``: pilots with every kind of outcome.

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
    from lerend.evidence.design.kinds import Kind  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from lerend_web.pilots.enums import PilotState  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.world import World, build, leader_of  # noqa: PLC0415 -- see above

    here = place("Outcomes")
    over = PilotState.FINISHED
    signed = build(World(state=over, moments=4, measured=4), here=here)
    found_nothing = build(World(state=over, effect=0.0, noise=0.15, seed=5), here=here)
    waits = build(World(measured=2), here=here)
    small = build(World(teams=3), here=here)
    change = build(World(state=over, kind=Kind.BEFORE_AFTER, effect=0.6), here=here)
    _tell(signed)
    for built in (found_nothing, small, change):
        _looked(built, 1, 2)
    who = {
        "coordinator": here.people[ProgrammeRole.COORDINATOR],
        "researcher": here.people[ProgrammeRole.RESEARCHER],
        "contact": here.people[OrganisationRole.COMPANY_CONTACT],
        "leader": leader_of(signed, "Oven"),
    }
    sessions = {name: client_of(one).cookies[cookie].value for name, one in who.items()}
    return {
        "cookie": cookie,
        "sessions": {**sessions, "": ""},
        "pages": {
            "to look at": ["coordinator", f"/pilots/{waits.pilot.key}/result"],
            "outcome with a verdict, of a leader": ["leader", f"/pilots/{signed.pilot.key}/result"],
            "outcome with a verdict, of a researcher": ["researcher", f"/pilots/{signed.pilot.key}/result"],
            "nothing found": ["contact", f"/pilots/{found_nothing.pilot.key}/result"],
            "verdict to sign": ["researcher", f"/pilots/{found_nothing.pilot.key}/verdict"],
            "no limits": ["coordinator", f"/pilots/{small.pilot.key}/result"],
            "before and after": ["contact", f"/pilots/{change.pilot.key}/result"],
            "case to write": ["coordinator", f"/pilots/{signed.pilot.key}/case"],
            "case to agree to": ["contact", f"/pilots/{signed.pilot.key}/case"],
            "case told to everybody": ["", f"/cases/{signed.pilot.key}"],
        },
    }


def _looked(built: Any, *numbers: int) -> None:
    from lerend_web.pilots.domain.results import look  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.world import moment_at  # noqa: PLC0415 -- see above

    for number in numbers:
        look(built.pilot, number, at=moment_at(number))


def _tell(built: Any) -> None:
    """Looked at three times, signed, written and agreed to."""
    from lerend_web.people.enums import ProgrammeRole  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.cases import write_case  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.verdicts import sign_verdict  # noqa: PLC0415 -- see above
    from lerend_web.pilots.models import LogEntry, Partner  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.world import START, moment_at  # noqa: PLC0415 -- see above

    for team in built.pilot.teams.filter(start__gt=0):
        for _session in range(3):
            LogEntry.objects.create(team=team, on=START, minutes=40, came=8, at=moment_at(0))
    _looked(built, 1, 2, 3)
    researcher = built.here.people[ProgrammeRole.RESEARCHER]
    sign_verdict(built.pilot, by=researcher, at=moment_at(3), note="One oven was replaced in May.")
    write_case(
        pilot=built.pilot, text="We looked back every Friday.\n\nThe first weeks were quiet.", by=None, at=moment_at(3)
    )
    Partner.objects.filter(pilot=built.pilot).update(may_publish_at=moment_at(3))


if __name__ == "__main__":
    main()
