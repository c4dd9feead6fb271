"""What gunicorn, or any other WSGI server, is pointed at for door 2."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

# Never by default: the platform's own settings may stand in the environment.
os.environ["DJANGO_SETTINGS_MODULE"] = "lerend_web.conf.answering_settings"
application = get_wsgi_application()

from lerend_web.answering.domain.wording import read_ahead  # noqa: E402 -- after the settings
from lerend_web.core.postgresql import refuse_dangerous_server, refuse_powerful_role  # noqa: E402 -- as above

refuse_dangerous_server("urn")
refuse_powerful_role("urn")
read_ahead()
