"""What gunicorn, or any other WSGI server, is pointed at."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
application = get_wsgi_application()
