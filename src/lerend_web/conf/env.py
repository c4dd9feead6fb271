"""Settings from the environment, read loudly: a wrong value or an unknown name stops the start with a sentence.

docs/settings.md lists them all; a test compares it with `KNOWN`.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

KNOWN: Final = {
    "LEREND_ADDRESS": "the address that stands in mails and on paper, such as https://lerend.example.org",
    "LEREND_ADDRESS_HEADER": "header in which our own proxy tells door 2 where a request comes from, such as X-Real-IP",
    "LEREND_ANSWERING_DATABASE_URL": "the urn as door 2 may use it: postgresql://, with a role of its own",
    "LEREND_ANSWERING_URL": "where people answer: the address of the second door, such as https://scan.example.org",
    "LEREND_BOUNCES": "folder (a maildir) of mails that came back; the worker reads and empties it every ten minutes",
    "LEREND_DATABASE_OWNER": "user:password of the role that owns the tables; only `databases --upgrade` needs it",
    "LEREND_DATABASE_URL": "the register: postgresql://user:password@host/database; without it files in LEREND_VAR",
    "LEREND_DEBUG": "yes shows errors in full on screen; only on a machine of your own",
    "LEREND_HOSTS": "names under which the platform is reached, with commas between them",
    "LEREND_HTTPS": "yes when visitors come by https: http is then redirected, and browsers are told to remember it",
    "LEREND_DEMO": "yes lets anybody play the people of the made-up programme; no when real people use the platform",
    "LEREND_MAIL_FROM": "who mails come from",
    "LEREND_MAIL_RETURNS_TO": "the address that mail servers return an invitation to; without it LEREND_MAIL_FROM",
    "LEREND_MAIL_URL": "the mail server: smtp://, smtp+starttls:// or smtps://user:password@host:port",
    "LEREND_SECRET_KEY": "the key that signs what the platform hands out; without it one is kept in a file",
    "LEREND_URN_DATABASE_URL": "the urn as the platform uses it; without it the register's server and role",
    "LEREND_VAR": "folder for what the platform keeps: its key, its two databases, mails without a mail server",
}
"""Every setting, and what it is for."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The environment variables that start with LEREND_."""

    values: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.values.get(name, default)

    def flag(self, name: str, *, default: bool) -> bool:
        """Yes or no; anything else is refused, so that a typing error never switches something on."""
        value = self.values.get(name)
        if value is None:
            return default
        if value not in {"yes", "no"}:
            raise ImproperlyConfigured(f"{name} is {value!r}; it must be yes or no.")
        return value == "yes"

    def names(self, name: str, default: str) -> list[str]:
        """A list with commas; an empty one is refused."""
        found = [part.strip() for part in self.text(name, default).split(",") if part.strip()]
        if not found:
            raise ImproperlyConfigured(f"{name} is empty; it must hold at least one name.")
        return found

    def folder(self, name: str, default: str) -> Path:
        """A folder that only its owner can enter; it is made when it is not there."""
        path = Path(self.text(name, default)).absolute()
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(f"{name} is {path}, which cannot be made: {error.strerror}.") from error
        return path


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in; `security` is starttls, tls or nothing."""

    host: str
    port: int
    user: str
    password: str
    security: str


_SECURITY: Final = {"smtp": ("", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}


def mail_server(url: str) -> MailServer | None:
    """The server that a mail URL names; None for none.

    Raises:
        ImproperlyConfigured: it is no such URL. The sentence leaves the URL out, for it may hold a password.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("LEREND_MAIL_URL is no URL.") from error
    if parts.scheme not in _SECURITY or not parts.hostname:
        raise ImproperlyConfigured(f"LEREND_MAIL_URL must be {', '.join(_SECURITY)}, then ://host or ://host:port.")
    security, usual_port = _SECURITY[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port or usual_port, user, password, security)


@dataclass(frozen=True, slots=True)
class DatabaseServer:
    """A database of a PostgreSQL server, and who asks; `host` is a name, or the folder of a socket."""

    host: str
    port: int
    user: str
    password: str
    database: str
    ssl: str


_SSL: Final = {"", "disable", "prefer", "require", "verify-ca", "verify-full"}


def database_server(name: str, url: str) -> DatabaseServer | None:
    """The server that a database URL names; None for none. `name` is the setting it comes from.

    Raises:
        ImproperlyConfigured: it is no such URL. The sentence leaves the URL out, for it may hold a password.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is no URL.") from error
    database, host = unquote(parts.path.removeprefix("/")), options.pop("host", parts.hostname or "")
    ssl = options.pop("sslmode", "")
    if parts.scheme != "postgresql" or not (host and parts.username and database) or "/" in database:
        raise ImproperlyConfigured(f"{name} must be like postgresql://user:password@host:port/database.")
    if options or ssl not in _SSL:
        raise ImproperlyConfigured(f"{name}: after the ? there may be host= and sslmode= only, as libpq knows them.")
    return DatabaseServer(host, port, unquote(parts.username), unquote(parts.password or ""), database, ssl)


def user_and_password(name: str, text: str) -> tuple[str, str] | None:
    """A role and its password, written as in a URL; None for none.

    Raises:
        ImproperlyConfigured: there is no colon in it. The sentence leaves it out, for it may hold a password.
    """
    user, colon, password = text.partition(":")
    if text and not (user and colon):
        raise ImproperlyConfigured(f"{name} must be user:password.")
    return (unquote(user), unquote(password)) if text else None


def web_address(name: str, url: str) -> str:
    """An address of a site, without a path; `name` is the setting it comes from.

    Raises:
        ImproperlyConfigured: it is something else.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ImproperlyConfigured(f"{name} is {url!r}; it must be like https://lerend.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """The settings among the variables.

    Raises:
        ImproperlyConfigured: a variable starts with LEREND_ but is no setting: probably a typing error.
    """
    values = {name: value for name, value in variables.items() if name.startswith("LEREND_")}
    if unknown := sorted(values.keys() - KNOWN.keys()):
        raise ImproperlyConfigured(f"{', '.join(unknown)}: no such setting. There are: {', '.join(KNOWN)}.")
    return Environment(values)


def kept_secret(path: Path) -> str:
    """The secret in a file; it is made the first time, so that a first start needs nothing.

    Raises:
        ImproperlyConfigured: others on this machine can read the file.
    """
    if not path.exists():
        _write_once(path, secrets.token_urlsafe(48))
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ImproperlyConfigured(f"{path} can be read by others. Make it yours alone: chmod 600 {path}")
    return path.read_text("ascii").strip()


def _write_once(path: Path, secret: str) -> None:
    """Two processes that start together end up with the same secret: the first link stays."""
    own = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    try:
        path.hardlink_to(own)
    except FileExistsError:
        pass
    finally:
        own.unlink()
