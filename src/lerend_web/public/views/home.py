"""The front page: what lerend is, what works now, and what comes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.public.loop import STEPS


@open_to(EVERYBODY)
@require_safe
@vary_on_cookie
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html", {"steps": STEPS})
