"""What somebody does to sign in, step by step, as their browser would."""

from __future__ import annotations

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lerend_web.people.models import Person
from tests.lerend_web.actors import PASSWORD


def code_of(secret: str, *, steps: int = 0) -> str:
    """What the app of a phone shows now, or some half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def with_app(one: Person) -> str:
    """Give somebody an app as second factor; the secret that the app knows."""
    secret: str = generate_totp_secret()
    TOTP.activate(one, secret)
    return secret


def gives_password(client: Client, email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": email, "password": password} | more)  # type: ignore[return-value]  # the client's own kind of answer


def shows_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("mfa_authenticate"), {"code": code})  # type: ignore[return-value]  # the client's own kind of answer


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def shown(answer: HttpResponse) -> str:
    """The text of a page without what differs every time: tokens, challenges, and what was typed."""
    page = answer.content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    page = re.sub(r'"challenge": "[\w-]+"', "", page)
    return re.sub(r"[\w.]+@test\.example", "ADDRESS", page)


def has_app(one: Person) -> bool:
    return bool(Authenticator.objects.filter(user=one, type=Authenticator.Type.TOTP).exists())
