"""``python -m tests.lerend_web.company_form.seeding``: a dairy with company forms, for tests in a real browser.

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
    from lerend_web.company_form.domain.filling import keep_page  # noqa: PLC0415 -- see above
    from lerend_web.company_form.enums import InformantRole  # noqa: PLC0415 -- see above
    from lerend_web.organisations.models import OrganisationMember  # noqa: PLC0415 -- see above
    from lerend_web.people.enums import OrganisationRole  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, person, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.company_form.forms import draft_of, sent_by  # noqa: PLC0415 -- see above

    # Other browser tests fill the same databases, so names are of these tests alone.
    where = place("Forms")
    here = where.organisation
    people = {name: person(f"{name}.forms") for name in ("director", "personnel", "beginner")}
    for one in people.values():
        OrganisationMember.objects.create(organisation=here, person=one, role=OrganisationRole.INFORMANT)
    people["contact"] = where.people[OrganisationRole.COMPANY_CONTACT]
    people["council"] = where.people[OrganisationRole.WORKS_COUNCIL]
    low = {"company_safety_1": "1", "company_safety_2": "2", "fact_headcount": "62"}
    director = sent_by(people["director"], here, InformantRole.MANAGEMENT, changed=low)
    text = {"open_what_may_change": "The hand-over between the shifts, and who decides about the planning."}
    sent_by(people["personnel"], here, InformantRole.HR, answer="3", changed=text)
    council = sent_by(people["council"], here, InformantRole.WORKS_COUNCIL, answer="2")
    draft = draft_of(people["beginner"], here)
    keep_page(form=draft, page=8, typed={"fact_headcount": "many"}, by=people["beginner"])
    browsers = {name: client_of(one) for name, one in people.items()}
    return {
        "cookie": cookie,
        "sessions": {name: client.cookies[cookie].value for name, client in browsers.items()},
        "draft": f"/company-forms/{draft.pk}",
        "pages": {
            "start of the contact": ["contact", f"/organisations/{here.pk}/company-form"],
            "start of who has begun": ["beginner", f"/organisations/{here.pk}/company-form"],
            "first page": ["beginner", f"/company-forms/{draft.pk}/1"],
            "page of facts": ["beginner", f"/company-forms/{draft.pk}/8"],
            "last page": ["beginner", f"/company-forms/{draft.pk}/11"],
            "send": ["beginner", f"/company-forms/{draft.pk}/send"],
            "picture": ["director", f"/company-forms/{director.pk}/picture"],
            "picture that is kept back": ["council", f"/company-forms/{council.pk}/picture"],
            "beside each other": ["contact", f"/organisations/{here.pk}/company-forms"],
            "not before sending": ["beginner", f"/organisations/{here.pk}/company-forms"],
        },
    }


if __name__ == "__main__":
    main()
