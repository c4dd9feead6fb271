"""``python -m tests.lerend_web.workbench.import_scan_seeding``: a dairy whose contact is signed in; prints as JSON how."""

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
    print(json.dumps(_seeded()))  # noqa: T201 -- the test reads it


def _seeded() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415 -- see above

    from tests.lerend_web.workbench.desk import a_desk  # noqa: PLC0415 -- see above

    desk = a_desk()
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": {"contact": desk.contact.cookies[settings.SESSION_COOKIE_NAME].value},
        "import": f"/organisations/{desk.dairy.organisation.pk}/import-scan",
        "pages": {},
    }


if __name__ == "__main__":
    main()
