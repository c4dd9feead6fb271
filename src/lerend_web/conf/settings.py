"""Settings of the platform: everything a place may differ in comes from the environment (docs/settings.md)."""

from __future__ import annotations

from pathlib import Path

from lerend_web.conf.env import kept_secret, read_environment

PACKAGE = Path(__file__).resolve().parent.parent

_environment = read_environment()
VAR = _environment.folder("LEREND_VAR", "var")
DEBUG = _environment.flag("LEREND_DEBUG", default=False)
SECRET_KEY = _environment.text("LEREND_SECRET_KEY", "") or kept_secret(VAR / "secret-key")
ALLOWED_HOSTS = _environment.names("LEREND_HOSTS", "127.0.0.1,localhost,[::1]")

ROOT_URLCONF = "lerend_web.conf.urls"
WSGI_APPLICATION = "lerend_web.conf.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "lerend_web.core",
    "lerend_web.ui",
    "lerend_web.public",
    "lerend_web.ops",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lerend_web.core.protection.protected",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# No page needs the database yet. WAL lets readers go on while one writes; IMMEDIATE makes writers queue, not fail.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "lerend.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_CODE = "nl"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
# Straight from the packages: nothing has to be gathered before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _environment.flag("LEREND_HTTPS", default=False):
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = ["^health$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
