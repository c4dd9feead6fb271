"""What our accounts do otherwise than django-allauth's: its own points of extension, filled in."""

from __future__ import annotations

import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lerend_web.core.addresses import is_local

_POSTMAN = ThreadPoolExecutor(1, thread_name_prefix="post")
_SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth says nothing of its types
    """Nobody signs up by themselves, and no answer tells whether an account exists."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This email address and password do not belong together. Try again."),
        "incorrect_code": _("This code is not right. Try again."),
        "incorrect_password": _("This password is not right. Try again."),
        "too_many_login_attempts": _("That went wrong too often. Wait a few minutes and try again."),
        "rate_limited": _("That went wrong too often. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- as allauth asks it
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_local(url or "")

    def add_message(self, request: HttpRequest, level: int, *arguments: Any, **names: Any) -> None:
        """Only what went wrong: where things go well, the next page says so itself."""
        if level >= messages.ERROR:
            super().add_message(request, level, *arguments, **names)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count per account *and* address: who tries passwords elsewhere locks nobody else out."""
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{self.get_client_ip(request)}:{account}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through a mail server on another thread: waiting for it would tell that there is an account."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        if settings.EMAIL_BACKEND.startswith("django.core.mail.backends.smtp"):
            _POSTMAN.submit(message.send)
        else:
            message.send()

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        message: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        message.extra_headers["Auto-Submitted"] = "auto-generated"
        return message


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth says nothing of its types
    """Secrets lie encrypted in the database, and the last second factor cannot be taken away."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("This is your only second step. First add another one."),
        "incorrect_code": _("This code is not right. Try again."),
    }

    def encrypt(self, text: str) -> str:
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _safe().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=_SECOND_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def _get_site_name(self) -> str:
        return "lerend"


def _safe() -> Fernet:
    key = hashlib.sha256(b"lerend.people.second-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
