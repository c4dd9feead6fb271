"""``python -m tests.lerend_web.pilots.evidence_seeding``: a programme with judged pilots, and a company that asks for advice.

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
    from lerend_web.people.enums import OrganisationRole, ProgrammeRole  # noqa: PLC0415 -- see above
    from lerend_web.pilots.domain.grades import propose_grade, sign_grade  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.judged import ENTRY, Wish, judged, some_judged  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.test_evidence import led  # noqa: PLC0415 -- see above
    from tests.lerend_web.pilots.test_grades import AT  # noqa: PLC0415 -- see above
    from tests.lerend_web.released import some_outcome  # noqa: PLC0415 -- see above

    here, few = place("Evidence"), place("Few pilots")
    some_outcome(here.organisation, here.programme)
    led(here, 10)
    harm = judged(here, Wish(title="Fridays", estimate=-0.5, se=0.1, day=100, led=0.5), organisation=here.organisation)
    sign_grade(change=propose_grade(pilot=harm, at=AT), by=here.people[ProgrammeRole.RESEARCHER], at=AT)
    waits = judged(here, Wish(title="Mondays", estimate=0.1, day=120, led=0.5))
    propose_grade(pilot=waits, at=AT)
    fresh = judged(here, Wish(title="Tuesdays", estimate=0.2, day=140, led=1.0))
    some_judged(few, [0.2])
    _keep_advice(here, AT)
    who = {
        "coordinator": here.people[ProgrammeRole.COORDINATOR],
        "researcher": here.people[ProgrammeRole.RESEARCHER],
        "contact": here.people[OrganisationRole.COMPANY_CONTACT],
        "teacher of few": few.people[ProgrammeRole.TEACHER],
    }
    sessions = {name: client_of(one).cookies[cookie].value for name, one in who.items()}
    programme, company = here.programme.pk, here.organisation.pk
    return {
        "cookie": cookie,
        "sessions": {**sessions, "": ""},
        "pages": {
            "approaches that were tried": ["coordinator", f"/programmes/{programme}/evidence"],
            "one approach": ["coordinator", f"/programmes/{programme}/evidence/{ENTRY}"],
            "success factors": ["coordinator", f"/programmes/{programme}/success-factors"],
            "too few for success factors": ["teacher of few", f"/programmes/{few.programme.pk}/success-factors"],
            "grade that was signed": ["coordinator", f"/pilots/{harm.key}/grade"],
            "grade to sign": ["researcher", f"/pilots/{waits.key}/grade"],
            "grade to work out": ["researcher", f"/pilots/{fresh.key}/grade"],
            "catalogue for the company": ["contact", f"/catalogue/{ENTRY}"],
            "catalogue for a researcher": ["researcher", f"/catalogue/{ENTRY}"],
            "advice": ["contact", f"/organisations/{company}/advice/about/psychological_safety"],
            "earlier advice": ["contact", f"/organisations/{company}/advice"],
        },
    }


def _keep_advice(here: Any, at: Any) -> None:
    """One that was chosen from with a reason, and one to choose from."""
    from lerend_web.pilots.domain.advice import SOMETHING_ELSE, advised, keep_advice  # noqa: PLC0415 -- see above

    about = {"organisation": here.organisation, "programme": here.programme, "factor": "psychological_safety"}
    told = advised(**about, at=at)
    assert told is not None
    keep_advice(
        **about, digest=told.digest, by=None, at=at, chosen=SOMETHING_ELSE, why="We move to another hall first."
    )
    keep_advice(**about, digest=told.digest, by=None, at=at)


if __name__ == "__main__":
    main()
