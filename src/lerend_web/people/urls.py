"""Every address of accounts. Of django-allauth only these views are used, each with who may use it.

The names are allauth's own, because it looks its addresses up by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path

from lerend_web.core.access import EVERYBODY, OWN_ACCOUNT, SETTING_UP, Audience, open_to
from lerend_web.people.views import account, second_factor

Row = tuple[Audience, str, Callable[..., Any], str]

ALLAUTH: tuple[Row, ...] = (
    (EVERYBODY, "sign-in", accounts.login, "account_login"),
    (EVERYBODY, "sign-in/second-step", factors.authenticate, "mfa_authenticate"),
    (EVERYBODY, "sign-in/passkey", passkeys.login_webauthn, "mfa_login_webauthn"),
    (EVERYBODY, "sign-out", accounts.logout, "account_logout"),
    (EVERYBODY, "inactive", accounts.account_inactive, "account_inactive"),
    (EVERYBODY, "password/forgotten", accounts.password_reset, "account_reset_password"),
    (EVERYBODY, "password/code", accounts.confirm_password_reset_code, "account_confirm_password_reset_code"),
    (EVERYBODY, "password/new", accounts.complete_password_reset, "account_complete_password_reset"),
    (EVERYBODY, "password/done", accounts.password_reset_from_key_done, "account_password_reset_completed"),
    (OWN_ACCOUNT, "password", accounts.password_change, "account_change_password"),
    (SETTING_UP, "again", accounts.reauthenticate, "account_reauthenticate"),
    (SETTING_UP, "second-step", factors.index, "mfa_index"),
    (SETTING_UP, "second-step/app", totp.activate_totp, "mfa_activate_totp"),
    (SETTING_UP, "second-step/passkeys/add", passkeys.add_webauthn, "mfa_add_webauthn"),
    (OWN_ACCOUNT, "second-step/again", factors.reauthenticate, "mfa_reauthenticate"),
    (OWN_ACCOUNT, "second-step/passkeys/again", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    (OWN_ACCOUNT, "second-step/app/remove", totp.deactivate_totp, "mfa_deactivate_totp"),
    (OWN_ACCOUNT, "second-step/passkeys", passkeys.list_webauthn, "mfa_list_webauthn"),
    (OWN_ACCOUNT, "second-step/codes", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    (OWN_ACCOUNT, "second-step/codes/new", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
)


def _declared(row: Row) -> URLPattern:
    audience, address, view, name = row
    return path(address, open_to(audience)(view), name=name)


urlpatterns = [
    path("", account.account, name="account"),
    path("invitation", account.invitation, name="invitation"),
    path("sessions", account.sessions, name="usersessions_list"),
    path("sessions/<int:session>/end", account.end_session, name="session-end"),
    path("sessions/end-others", account.end_all_other_sessions, name="sessions-end-others"),
    path("second-step/passkeys/<int:pk>", second_factor.rename_passkey, name="mfa_edit_webauthn"),
    path("second-step/passkeys/<int:pk>/remove", second_factor.remove_passkey, name="mfa_remove_webauthn"),
    *map(_declared, ALLAUTH),
]
