"""``python -m tests.lerend_web.workbench.seeding``: a dairy with rounds in every state, for tests in a real browser.

It writes into the databases of the environment it is started in, and prints as JSON which pages there are and which
cookie signs in who works with them.
"""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Any

import django

from tests.lerend_web.september import stand_in_september


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    stand_in_september()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    settings.ALLOWED_HOSTS.append("testserver")
    print(json.dumps(_seeded()))  # noqa: T201 -- the test reads it


def _seeded() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415 -- see above

    from lerend_web.organisations.models import Organisation, OrganisationMember, Unit  # noqa: PLC0415 -- see above
    from tests.lerend_web.scans.dairy import plan  # noqa: PLC0415 -- see above
    from tests.lerend_web.workbench.desk import a_desk  # noqa: PLC0415 -- see above

    desk = a_desk()
    here = desk.dairy.organisation
    new = Organisation.objects.create(name="New Factory")
    new.programmes.add(desk.dairy.programme)
    OrganisationMember.objects.create(organisation=new, person=desk.people["contact"], role="company_contact")
    closed = _closed(desk)
    opened = _opened(desk, "Open", date(2026, 9, 7))
    planned = plan(desk.dairy, name="Planned", works_council_consent_on=None)
    team = Unit.objects.get(organisation=here, name="Packing night")
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": {
            "contact": desk.contact.cookies[settings.SESSION_COOKIE_NAME].value,
            "coordinator": desk.coordinator.cookies[settings.SESSION_COOKIE_NAME].value,
            "council": desk.works_council.cookies[settings.SESSION_COOKIE_NAME].value,
        },
        "keys": f"/waves/{planned.pk}/keys",
        "named like programs": _named_like_programs(desk),
        "pages": {
            "home": ["contact", "/work"],
            "home of the coordinator": ["coordinator", "/work"],
            "home of the works council": ["council", "/work"],
            "organisation": ["contact", f"/organisations/{here.pk}"],
            "new organisation": ["contact", f"/organisations/{new.pk}"],
            "teams": ["contact", f"/organisations/{here.pk}/teams"],
            "no teams": ["contact", f"/organisations/{new.pk}/teams"],
            "team": ["contact", f"/organisations/{here.pk}/teams/{team.pk}"],
            "import": ["contact", f"/organisations/{here.pk}/teams/import"],
            "people": ["contact", f"/organisations/{here.pk}/people"],
            "log": ["contact", f"/organisations/{here.pk}/log"],
            "plan": ["contact", f"/organisations/{here.pk}/plan"],
            "planned round": ["contact", f"/waves/{planned.pk}"],
            "keys": ["contact", f"/waves/{planned.pk}/keys"],
            "cards": ["coordinator", f"/waves/{planned.pk}/cards"],
            "open round": ["contact", f"/waves/{opened.pk}"],
            "made cards": ["coordinator", f"/waves/{opened.pk}/cards"],
            "closing": ["contact", f"/waves/{opened.pk}/close"],
            "closed round": ["contact", f"/waves/{closed.pk}"],
            "outcome": ["contact", f"/waves/{closed.pk}/outcome"],
            "topic": ["contact", f"/waves/{closed.pk}/outcome/topics/psychological_safety"],
            "map of the teams": ["contact", f"/waves/{closed.pk}/outcome/map"],
            "motivation": ["contact", f"/waves/{closed.pk}/outcome/motivation"],
            "rounds": ["contact", f"/waves/{closed.pk}/outcome/rounds"],
            "files": ["contact", f"/waves/{closed.pk}/outcome/files"],
            "trail": ["contact", f"/waves/{closed.pk}/outcome/trail?topic=psychological_safety"],
            "team sheet": ["contact", f"/waves/{closed.pk}/outcome/teams/1"],
            "who came and left": ["contact", f"/waves/{opened.pk}/people-since"],
            "what companies share": ["coordinator", f"/programmes/{desk.dairy.programme.pk}/outcomes"],
            "programme": ["coordinator", f"/programmes/{desk.dairy.programme.pk}"],
        },
    }


NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def _named_like_programs(desk: Any) -> list[str]:
    """Pages of an outcome whose company, round and team have names that are programs."""
    from lerend_web.organisations.models import Organisation, OrganisationMember  # noqa: PLC0415 -- see above
    from lerend_web.scans.models import Wave  # noqa: PLC0415 -- see above
    from tests.lerend_web.released import released  # noqa: PLC0415 -- see above

    here = Organisation.objects.create(name=NASTY)
    OrganisationMember.objects.create(organisation=here, person=desk.people["contact"], role="company_contact")
    stored = released(here, desk.dairy.programme, people=((NASTY, 16), ("Dagploeg", 24)))
    Wave.objects.filter(pk=stored.wave_id).update(name=NASTY)
    base = f"/waves/{stored.wave_id}/outcome"
    return [base, f"{base}/map", f"{base}/teams/1", f"{base}/topics/workload", f"{base}/files"]


def _opened(desk: Any, name: str, opens_on: date) -> Any:
    from lerend_web.scans.domain.cards import print_cards  # noqa: PLC0415 -- see above
    from lerend_web.scans.domain.opening import open_wave  # noqa: PLC0415 -- see above
    from tests.lerend_web.scans.dairy import OPENS, add_holders, let_answer, plan  # noqa: PLC0415 -- see above

    wave = plan(desk.dairy, name=name, opens_on=opens_on)
    add_holders(wave, desk.dairy)
    print_cards(wave=wave, by=desk.people["coordinator"], at=OPENS)
    open_wave(wave=wave, by=desk.people["contact"], at=OPENS)
    let_answer(wave)
    return wave


def _closed(desk: Any) -> Any:
    from lerend_web.scans.domain.cards import void_cards  # noqa: PLC0415 -- see above
    from lerend_web.scans.domain.closing import close_wave  # noqa: PLC0415 -- see above
    from tests.lerend_web.scans.dairy import CLOSES  # noqa: PLC0415 -- see above

    wave = _opened(desk, "Closed", date(2026, 9, 1))
    for name in ("contact", "coordinator"):
        void_cards(wave=wave, by=desk.people[name], at=CLOSES)
    close_wave(wave=wave, holder_file=desk.dairy.files[-1], by=desk.people["contact"], at=CLOSES)
    return wave


if __name__ == "__main__":
    main()
