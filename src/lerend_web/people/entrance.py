"""The entrance: lets a person through to the views that are open to them, and to nobody else.

A view that does not say who may use it, and a view that is not for this person, are both answered as if they were not
there. Somebody who has not signed in is sent to the sign-in page: that tells nothing about what is behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lerend_web.core.access import EVERYBODY, OPERATOR, OWN_ACCOUNT, SETTING_UP, SIGNED_IN, Access, access_of
from lerend_web.people.models import Person
from lerend_web.people.requests import PlatformRequest
from lerend_web.people.sessions import end_when_stale


class Entrance:
    """Middleware; it stands after sessions and authentication."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.__class__ = PlatformRequest
        end_when_stale(request)
        return self.answer(request)

    def process_view(
        self, request: PlatformRequest, view: Callable[..., Any], _arguments: object, _names: object
    ) -> HttpResponse | None:
        access = access_of(view)
        if access is None:
            raise Http404
        if EVERYBODY in access:
            return None
        if request.person is None:
            return _towards_sign_in(request, access)
        if not _admits(access, request.person, request):
            raise Http404
        return None


def _admits(access: Access, person: Person, request: PlatformRequest) -> bool:
    """Whether a person with both factors may use the view."""
    if SIGNED_IN in access:
        return True
    if access & {OWN_ACCOUNT, SETTING_UP} and not person.demo_character:
        return True
    return (OPERATOR in access and person.is_operator) or bool(access & request.roles)


def _towards_sign_in(request: PlatformRequest, access: Access) -> HttpResponse | None:
    """What somebody meets who has not shown both factors: the page where the next one is asked."""
    if request.user.is_authenticated and is_mfa_enabled(request.user):
        # Another session of this account made the second factor; this one never showed it.
        logout(request)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else "/")
    return None if SETTING_UP in access else redirect(reverse("mfa_index"))
