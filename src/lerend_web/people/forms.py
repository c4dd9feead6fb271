"""What somebody fills in about their own account."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from lerend_web.people.domain.invitations import LONGEST_CODE


class AcceptInvitation(forms.Form):
    """The code of the mail and a password."""

    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    password1 = forms.CharField(
        label=_("Choose a password"),
        max_length=200,
        strip=False,
        help_text=_("At least twelve characters. A sentence is fine."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        content = super().clean() or self.cleaned_data
        if content.get("password1") != content.get("password2"):
            self.add_error("password2", _("The two passwords are not the same."))
        return content


class SetUpApp(totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of an app that was just set up."""

    def __init__(self, *arguments: Any, **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.fields["code"].label = _("Code from the app")


class _UsedOnce(forms.Form):
    """A code of the authenticator app works once, also while its time runs on."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
        is_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_app and not cache.add(f"used-code:{self.user.pk}:{code}", 1, timeout=settings.MFA_TOTP_PERIOD * 4):
            raise get_adapter().validation_error("incorrect_code")
        return code


class ShowSecondFactor(_UsedOnce, factor_forms.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    pass


class ShowSecondFactorAgain(_UsedOnce, factor_forms.ReauthenticateForm):  # type: ignore[misc]  # nor here
    pass
