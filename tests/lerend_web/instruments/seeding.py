"""``python -m tests.lerend_web.instruments.seeding``: a programme with an own questionnaire, a model and a draft.

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
    from lerend_web.programmes.models import ProgrammeMember  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, person  # noqa: PLC0415 -- see above
    from tests.lerend_web.instruments import files  # noqa: PLC0415 -- see above
    from tests.lerend_web.scans.dairy import new_dairy, plan  # noqa: PLC0415 -- see above

    dairy = new_dairy()
    programme, people = dairy.programme, {}
    for role in (ProgrammeRole.RESEARCHER, ProgrammeRole.COORDINATOR):
        people[role.value] = person(f"models {role.value}")
        ProgrammeMember.objects.create(programme=programme, person=people[role.value], role=role)
    people["contact"] = person("models contact")
    OrganisationMember.objects.create(
        organisation=dairy.organisation, person=people["contact"], role=OrganisationRole.COMPANY_CONTACT
    )
    researcher = people["researcher"]
    own = files.a_published(programme, researcher)
    plan(dairy, instrument=own.reference)
    draft = files.a_draft(
        programme,
        researcher,
        files.changed_scan(
            (files.BEFORE, files.AFTER),
            ("workload_1", "night_1"),
            ("How often are you busy at work?", "Do you work at night?"),
        ),
    )
    text = (
        files.packaged_text("lerend@1")
        .replace("target: 4.0", "target: 4.2")
        .replace("about_manager: true", "about_manager: false", 1)
    )
    model = files.a_draft(programme, researcher, text.encode(), "model.yaml")
    here = f"/programmes/{programme.pk}/models"
    return {
        "cookie": cookie,
        "sessions": {name: client_of(one).cookies[cookie].value for name, one in people.items()},
        "pages": {
            "models": ["researcher", here],
            "questionnaire": ["researcher", f"{here}/employee-scan/1"],
            "model": ["researcher", f"{here}/lerend/1"],
            "model draft of the coordinator": ["coordinator", f"{here}/{model.name}/1/difference"],
            "draft": ["researcher", f"{here}/{draft.name}/2/difference"],
            "model draft": ["researcher", f"{here}/{model.name}/1/difference"],
            "upload": ["researcher", f"{here}/upload"],
            "plan": ["contact", f"/organisations/{dairy.organisation.pk}/plan"],
        },
    }


if __name__ == "__main__":
    main()
