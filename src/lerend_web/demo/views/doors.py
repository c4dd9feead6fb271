"""The three doors: whose part the visitor plays."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.demo.story import Character
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.domain.accounts import sign_in_demo
from lerend_web.people.requests import PlatformRequest


@open_to(EVERYBODY)
@require_POST
@only_in_demo
def play(request: PlatformRequest) -> HttpResponse:
    """Go on as somebody: Sanne has no account, so for her the other two are signed out."""
    try:
        character = Character(request.POST.get("character", ""))
    except ValueError:
        raise Http404 from None
    logout(request)
    if character is Character.SANNE:
        return redirect("demo-sanne")
    sign_in_demo(request, character)
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return redirect(wanted if is_ours else "my-work")
