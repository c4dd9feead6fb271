"""Renaming and removing a passkey, more strictly than django-allauth does: first whose it is, and never the last one."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as allauth_views
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from lerend_web.core.access import OWN_ACCOUNT, open_to
from lerend_web.people.requests import PlatformRequest


@open_to(OWN_ACCOUNT)
def rename_passkey(request: PlatformRequest, pk: int) -> HttpResponse:
    _own_passkey(request, pk)
    renamed: HttpResponse = allauth_views.edit_webauthn(request, pk=pk)
    return renamed


@open_to(OWN_ACCOUNT)
def remove_passkey(request: PlatformRequest, pk: int) -> HttpResponse:
    if not get_adapter().can_delete_authenticator(_own_passkey(request, pk)):
        return render(request, "mfa/webauthn/only_one.html", status=409)
    removed: HttpResponse = allauth_views.remove_webauthn(request, pk=pk)
    return removed


def _own_passkey(request: PlatformRequest, pk: int) -> Authenticator:
    mine = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    return get_object_or_404(mine, pk=pk)
