"""``python -m tests.journeys.closed_round``: a planned round of a company becomes a closed one with an outcome.

For a journey that is about what comes after: how a round is answered and closed is walked in `test_company_contact`.
The name of the company stands in ``JOURNEY_COMPANY``; the number of the round is printed as JSON.
"""

from __future__ import annotations

import json
import os

import django

PEOPLE = (("Kaasmakerij", 24), ("Inpak", 22))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    from lerend_web.core.clock import now  # noqa: PLC0415 -- nothing of Django can be imported before its set-up
    from lerend_web.organisations.models import Organisation  # noqa: PLC0415 -- see above
    from tests.lerend_web.released import released  # noqa: PLC0415 -- see above

    company = Organisation.objects.get(name=os.environ["JOURNEY_COMPANY"])
    planned = company.waves.get()
    name, programme = planned.name, planned.programme
    planned.delete()
    stored = released(company, programme, name=name, closed_on=now().date(), people=PEOPLE)
    print(json.dumps({"wave": stored.wave.pk}))  # noqa: T201 -- the journey reads it


if __name__ == "__main__":
    main()
