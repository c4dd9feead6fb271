"""Settings of the platform: everything a place may differ in comes from the environment (docs/settings.md)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from lerend_web.conf.databases import platform_databases
from lerend_web.conf.env import kept_secret, mail_server, read_environment, web_address

PACKAGE = Path(__file__).resolve().parent.parent

_environment = read_environment()
VAR = _environment.folder("LEREND_VAR", "var")
DEBUG = _environment.flag("LEREND_DEBUG", default=False)
SECRET_KEY = _environment.text("LEREND_SECRET_KEY", "") or kept_secret(VAR / "secret-key")
HTTPS = _environment.flag("LEREND_HTTPS", default=False)
DEMO = _environment.flag("LEREND_DEMO", default=not HTTPS)
# Mails and paper never take the name of the platform from a request.
ADDRESS_IS_SET = "LEREND_ADDRESS" in _environment.values
ADDRESS = web_address("LEREND_ADDRESS", _environment.text("LEREND_ADDRESS", "http://127.0.0.1:8000"))
ANSWERING_ADDRESS = web_address(
    "LEREND_ANSWERING_URL", _environment.text("LEREND_ANSWERING_URL", "http://127.0.0.1:8001")
)
ALLOWED_HOSTS = _environment.names("LEREND_HOSTS", f"127.0.0.1,localhost,[::1],{urlsplit(ADDRESS).hostname}")

ROOT_URLCONF = "lerend_web.conf.urls"
WSGI_APPLICATION = "lerend_web.conf.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Before allauth, so that our templates are found first.
    "lerend_web.ui",
    "lerend_web.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "lerend_web.core",
    "lerend_web.urn",
    "lerend_web.programmes",
    "lerend_web.organisations",
    "lerend_web.company_form",
    "lerend_web.instruments",
    "lerend_web.scans",
    "lerend_web.comments",
    "lerend_web.meetings",
    "lerend_web.telling",
    "lerend_web.themes",
    "lerend_web.pulses",
    "lerend_web.community",
    "lerend_web.interventions",
    "lerend_web.pilots",
    "lerend_web.public",
    "lerend_web.ops",
    "lerend_web.workbench",
    "lerend_web.invited",
    "lerend_web.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "lerend_web.core.protection.protected",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lerend_web.people.entrance.Entrance",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lerend_web.demo.context.demo",
            ]
        },
    }
]

_databases = platform_databases(_environment, VAR)
DATABASES = _databases.settings
DATABASE_ROLES = _databases.roles
DATABASE_ROUTERS = ["lerend_web.core.databases.TwoDatabases"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts: by invitation only, with a password and a second factor (docs/settings.md, people/).
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my-work"
ACCOUNT_ADAPTER = "lerend_web.people.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # who used an invitation has read its mail
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "lerend: "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# A code that is typed, not a link: nothing secret in an address, nothing that a mail scanner can use up.
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT = {"length": 12}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
MFA_ADAPTER = "lerend_web.people.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "lerend_web.people.forms.SetUpApp",
    "authenticate": "lerend_web.people.forms.ShowSecondFactor",
    "reauthenticate": "lerend_web.people.forms.ShowSecondFactorAgain",
}
MFA_TOTP_ISSUER = "lerend"
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ; a code works once all the same
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# Limits on attempts are shared by all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

# Any queue; core/jobs.py says which there are.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Idle and longest time are kept by people/sessions.py.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DEFAULT_FROM_EMAIL = _environment.text("LEREND_MAIL_FROM", f"lerend <lerend@{urlsplit(ADDRESS).hostname}>")
# Where invitations come back to when nobody can take them; what `bounces --folder` reads.
MAIL_RETURNS_TO = _environment.text("LEREND_MAIL_RETURNS_TO", "") or DEFAULT_FROM_EMAIL
_bounces = _environment.text("LEREND_BOUNCES", "")
BOUNCES = Path(_bounces).absolute() if _bounces else None
_mail = mail_server(_environment.text("LEREND_MAIL_URL", ""))
if _mail is None:
    EMAIL_BACKEND = "lerend_web.core.mail.KeptMail"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = _mail.host, _mail.port, 20
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.security == "starttls", _mail.security == "tls"

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_CODE = "nl"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
# The look of a report, which lies beside its templates in the library.
STATICFILES_DIRS = [("report", PACKAGE.parent / "lerend" / "report" / "static")]
# Straight from the packages: nothing has to be gathered before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrftoken"
if HTTPS:
    # The prefix keeps other sites below the same domain from setting these.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = ["^health$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
