"""The form with which everybody can ask to join. It sets no cookie and asks no other site whether somebody is human."""

from __future__ import annotations

from typing import Final

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie

from lerend_web.core import clock
from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.core.limits import AMinute
from lerend_web.public.forms import JoinForm
from lerend_web.public.pages import reader_language, the_page
from lerend_web.telling.domain.joining import TooManyRequests, Wish, ask_to_join
from lerend_web.telling.rules import TellingRefused

TRIES: Final = AMinute(5)
"""From one address; a person who mends a form needs fewer."""


# Nobody is signed in by this form, so a forged request can do no more than anybody can; a token would cost a cookie.
@open_to(EVERYBODY)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def join(request: HttpRequest, page: str) -> HttpResponse:
    found = the_page(page)
    if request.method != "POST":
        return render(request, "public/join.html", {"page": found, "form": JoinForm()})
    form, status = JoinForm(request.POST), 400
    source = str(get_adapter().get_client_ip(request))
    if TRIES.is_over(source):
        form.add_error(None, _("That was often. Nothing was kept. Wait a minute and send it again."))
        return render(request, "public/join.html", {"page": found, "form": form}, status=429)
    TRIES.count(source)
    if form.is_valid():
        data = form.cleaned_data
        wish = Wish(
            company=data["company"],
            contact_name=data["contact_name"],
            email=data["email"],
            people=data["people"],
            why=data["why"],
            language=reader_language(),
        )
        try:
            ask_to_join(programme=found.programme, wish=wish, at=clock.now())
        except TellingRefused as refusal:
            form.add_error(None, str(refusal.sentence))
            status = 429 if isinstance(refusal, TooManyRequests) else 400
        else:
            return redirect(reverse("public-asked", args=[found.slug]))
    return render(request, "public/join.html", {"page": found, "form": form}, status=status)


@open_to(EVERYBODY)
@require_safe
@vary_on_cookie
def asked(request: HttpRequest, page: str) -> HttpResponse:
    return render(request, "public/asked.html", {"page": the_page(page)})
