"""``python -m tests.lerend_web.invited.seeding``: a dairy with a round by mail that needs addresses only.

It writes into the databases of the environment it is started in, and prints as JSON the round and the cookies that
sign in its contact and the operator.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta

import django

from tests.lerend_web.september import stand_in_september


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    django.setup()
    stand_in_september()
    from django.conf import settings  # noqa: PLC0415 -- nothing of Django can be imported before its set-up

    settings.ALLOWED_HOSTS.append("testserver")
    from lerend_web.core import clock  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, person  # noqa: PLC0415 -- see above
    from tests.lerend_web.scans.dairy import add_holders, plan  # noqa: PLC0415 -- see above
    from tests.lerend_web.workbench.desk import a_desk  # noqa: PLC0415 -- see above

    desk, today = a_desk(), clock.today()
    dates = {"opens_on": today, "closes_on": today + timedelta(21), "heard_back_on": today + timedelta(42)}
    wave = plan(desk.dairy, mode="mail", **dates)
    add_holders(wave, desk.dairy)
    operator = client_of(person("operator", is_operator=True))
    name = settings.SESSION_COOKIE_NAME
    sessions = {"contact": desk.contact.cookies[name].value, "operator": operator.cookies[name].value}
    print(json.dumps({"wave": wave.pk, "code": wave.code, "cookie": name, "sessions": sessions}))  # noqa: T201 -- the test reads it


if __name__ == "__main__":
    main()
