"""``python -m tests.lerend_web.meetings.seeding``: meetings at every step, and a phone in each of them.

It prints as JSON which pages there are, which cookie signs in who leads, and which secrets the phones hold.
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
    from lerend_web.meetings.domain.planning import NewOption, add_option  # noqa: PLC0415 -- see above
    from lerend_web.meetings.enums import MeetingKind, MeetingState  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.meetings.hour import STARTS, Room, a_meeting, decided  # noqa: PLC0415 -- see above

    here = place("Meetings")
    coordinator, contact = here.people[ProgrammeRole.COORDINATOR], here.people[OrganisationRole.COMPANY_CONTACT]

    def room(*states: MeetingState, kind: MeetingKind = MeetingKind.THEME) -> Room:
        made = Room(a_meeting(here.programme, kind=kind))
        made.go(MeetingState.OPEN)
        made.join(company=4, teacher=3, employees=1, researcher=3)
        for state in states:
            made.go(state)
            if made.meeting.is_rating:
                made.rate(company=(5, 2, 3), teacher=(3, 4, 2), researcher=(4, 4, 1))
        return made

    planned = a_meeting(here.programme, kind=MeetingKind.DEEPENING)
    cause = NewOption("Shifts do not overlap", for_whom="The night shift", since="2024", evidence="Two team talks")
    add_option(meeting=planned, option=cause, by=coordinator, at=STARTS)
    opened, rating = room(), room(MeetingState.ROUND_1)
    revealed, over = room(MeetingState.ROUND_1, MeetingState.REVEALED_1), room()
    decided(over, by=coordinator)
    a_meeting(here.programme, here.organisation)
    people = {"coordinator": coordinator, "contact": contact}
    fresh = {"wait": opened, "rate": room(MeetingState.ROUND_1), "revealed": revealed, "decided": over}
    fresh["rate"].join(employees=1)
    seats = {name: one.phones[-1][1] for name, one in {**fresh, "rated": rating}.items()}
    seats["rated"] = rating.phones[0][1]
    return {
        "cookie": cookie,
        "sessions": {name: client_of(one).cookies[cookie].value for name, one in people.items()},
        "seats": seats,
        "pages": {
            "list": ["coordinator", f"/programmes/{here.programme.pk}/meetings"],
            "plan": ["coordinator", f"/programmes/{here.programme.pk}/meetings/plan"],
            "own list": ["contact", f"/organisations/{here.organisation.pk}/meetings"],
            "reader": ["contact", f"/meetings/{over.meeting.pk}"],
            "planned": ["coordinator", f"/meetings/{planned.pk}"],
            "rating": ["coordinator", f"/meetings/{rating.meeting.pk}"],
            "revealed": ["coordinator", f"/meetings/{revealed.meeting.pk}"],
            "decided": ["coordinator", f"/meetings/{over.meeting.pk}"],
            "paper": ["coordinator", f"/meetings/{rating.meeting.pk}/paper"],
            "decision": ["coordinator", f"/meetings/{revealed.meeting.pk}/decision"],
            "screen open": ["coordinator", f"/meetings/{opened.meeting.pk}/screen"],
            "screen revealed": ["coordinator", f"/meetings/{revealed.meeting.pk}/screen"],
            "screen decided": ["coordinator", f"/meetings/{over.meeting.pk}/screen"],
            "join": ["contact", "/m/"],
            "come": ["contact", "/m/come"],
        },
    }


if __name__ == "__main__":
    main()
