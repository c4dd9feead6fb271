"""Settings of door 2, the process that takes answers: the urn and nothing else.

No register, no session, no cookie, no signing key, no access log. Errors never go to a page or a log with what
somebody sent: `DEBUG` stays off here whatever the environment says.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lerend_web.conf.databases import answering_database
from lerend_web.conf.env import read_environment

PACKAGE = Path(__file__).resolve().parent.parent

_environment = read_environment()
DEBUG = False
SECRET_KEY = secrets.token_urlsafe()  # Django asks for one; nothing here is signed
ALLOWED_HOSTS = _environment.names("LEREND_HOSTS", "127.0.0.1,localhost,[::1]")
if _address := urlsplit(_environment.text("LEREND_ANSWERING_URL", "")).hostname:
    ALLOWED_HOSTS.append(_address)

# Behind a proxy all visitors come from its address, unless this names the header that it sets (docs/settings.md).
ADDRESS_HEADER = _environment.text("LEREND_ADDRESS_HEADER", "")
# Only a demo leads back to where it is played; never taken from a request.
STORY_ADDRESS = _environment.text("LEREND_ADDRESS", "")
# Where people later read what came of their round; without it the receipt names the day only.
TRACE_ADDRESS = _environment.text("LEREND_ADDRESS", "")

ROOT_URLCONF = "lerend_web.conf.answering_urls"
WSGI_APPLICATION = "lerend_web.conf.answering_wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "lerend_web.ui", "lerend_web.urn", "lerend_web.answering"]
MIDDLEWARE = [
    "lerend_web.answering.protection.guarded",
    "django.middleware.security.SecurityMiddleware",
    "lerend_web.answering.pressed.pressed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lerend_web.answering.languages.in_language",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "answering" / "templates", PACKAGE / "ui" / "templates"],
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {},
    "urn": answering_database(_environment),
}
DATABASE_ROUTERS = ["lerend_web.core.databases.TwoDatabases"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Larger requests are refused before they are read (`answering/protection.py`); these are the second wall.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 250
FILE_UPLOAD_HANDLERS: list[str] = []

LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("pl", "Polski")]
LANGUAGE_CODE = "nl"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

SECURE_REFERRER_POLICY = "no-referrer"
if _environment.flag("LEREND_HTTPS", default=False):
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = ["^health$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

# Django's own loggers hold addresses, exception texts and tracebacks. Only `lerend.answering` speaks: kind of error
# and place in the code.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"plain": {"format": "%(levelname)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "none": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["none"], "level": "CRITICAL", "propagate": False},
        "django.request": {"handlers": ["none"], "level": "CRITICAL", "propagate": False},
        "django.security": {"handlers": ["none"], "level": "CRITICAL", "propagate": False},
        "django.server": {"handlers": ["none"], "level": "CRITICAL", "propagate": False},
        "lerend.answering": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
