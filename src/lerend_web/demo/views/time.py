"""The demo's own clock, and its beginning."""

from __future__ import annotations

from typing import Final

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.core.clock import jump
from lerend_web.demo.domain.seeding import begin_again
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.requests import PlatformRequest

MONTH: Final = 30


@open_to(EVERYBODY)
@require_POST
@only_in_demo
def next_month(request: PlatformRequest) -> HttpResponse:
    jump(MONTH)
    return redirect("home")


@open_to(EVERYBODY)
@require_POST
@only_in_demo
def again(request: PlatformRequest) -> HttpResponse:
    """Throw everything of the demo away and make it anew, at today's date."""
    logout(request)
    begin_again()
    return redirect("home")
