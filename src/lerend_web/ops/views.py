"""What the machines around the platform ask it, and the mails that it kept."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.ops import mails
from lerend_web.people.requests import PlatformRequest


@open_to(EVERYBODY)
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Says that this process answers. Nothing about versions: that would help an attacker more than an operator."""
    return JsonResponse({"status": "ok"})


@open_to(EVERYBODY)
@require_safe
@never_cache
def mail_list(request: PlatformRequest) -> HttpResponse:
    if not (settings.DEMO or _is_operator(request)):
        raise Http404
    return render(request, "ops/mails.html", {"mails": [one for one in mails.mails() if _may_read(request, one)]})


@open_to(EVERYBODY)
@require_safe
@never_cache
def mail(request: PlatformRequest, name: str) -> HttpResponse:
    found = mails.mail(name)
    if found is None or not _may_read(request, found):
        raise Http404
    return render(request, "ops/mail.html", {"mail": found})


def _may_read(request: PlatformRequest, mail: mails.Mail) -> bool:
    """The operator reads all that was kept; in a demo everybody reads what made-up people got, and nothing else."""
    return _is_operator(request) or (bool(settings.DEMO) and mail.is_for_the_demo)


def _is_operator(request: PlatformRequest) -> bool:
    return request.person is not None and request.person.is_operator
