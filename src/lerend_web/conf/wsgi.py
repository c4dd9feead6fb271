"""What gunicorn, or any other WSGI server, is pointed at."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
application = get_wsgi_application()

from lerend_web.core.postgresql import refuse_dangerous_server  # noqa: E402 -- after the settings
from lerend_web.workbench.domain.ahead import load_ahead  # noqa: E402 -- likewise

refuse_dangerous_server("default")
refuse_dangerous_server("urn")
load_ahead()
