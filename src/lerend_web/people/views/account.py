"""Somebody's own account: the way in by invitation, where they are signed in, and signing out there."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import EVERYBODY, OWN_ACCOUNT, SIGNED_IN, open_to
from lerend_web.people.domain.accounts import accept_invitation
from lerend_web.people.domain.invitations import InvitationNotValid
from lerend_web.people.forms import AcceptInvitation
from lerend_web.people.models import Person
from lerend_web.people.requests import PlatformRequest


@open_to(SIGNED_IN)
@require_safe
@never_cache
def account(request: PlatformRequest) -> HttpResponse:
    return render(request, "people/account.html", {"person": request.person})


@open_to(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def invitation(request: PlatformRequest) -> HttpResponse:
    """The code comes with the form, never with the address: opening the link uses nothing up."""
    form = AcceptInvitation(request.POST or None)
    if request.method == "POST":
        # The limit of signing in; guessing a code of 128 bits is hopeless, trying passwords is work for us.
        if not ratelimit.consume(request, action="signup"):
            form.add_error(None, gettext("That went wrong too often. Wait a few minutes and try again."))
        elif form.is_valid() and (person := _joined(request, form)):
            # Whoever chose a password a second ago is not asked for it again at the next step.
            record_authentication(request, person, "password", reauthenticated=True)
            signed_in: HttpResponse = perform_login(request, Login(user=person, redirect_url=reverse("mfa_index")))
            return signed_in
    return render(request, "people/invitation.html", {"form": form})


def _joined(request: PlatformRequest, form: AcceptInvitation) -> Person | None:
    """The person who now has a password; else the form says why not."""
    content = form.cleaned_data
    try:
        return accept_invitation(code=content["code"].strip(), password=content["password1"], at=request.at)
    except InvitationNotValid:
        sentence = gettext(
            "This code does not work, or no longer. Ask the person who invited you for a new invitation."
        )
        form.add_error("code", sentence)
    except ValidationError as error:
        form.add_error("password1", error)
    return None


@open_to(OWN_ACCOUNT)
@require_safe
@never_cache
def sessions(request: PlatformRequest) -> HttpResponse:
    found = UserSession.objects.purge_and_list(request.user)
    return render(request, "people/sessions.html", {"sessions": sorted(found, key=lambda one: one.created_at)})


@open_to(OWN_ACCOUNT)
@require_POST
def end_session(request: PlatformRequest, session: int) -> HttpResponse:
    end_sessions(request, [get_object_or_404(UserSession, pk=session, user=request.user)])
    return redirect("usersessions_list")


@open_to(OWN_ACCOUNT)
@require_POST
def end_all_other_sessions(request: PlatformRequest) -> HttpResponse:
    end_other_sessions(request, request.user)
    return redirect("usersessions_list")
