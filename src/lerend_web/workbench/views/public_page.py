"""The public side of a programme, for its coordinator: the page, what companies share, and opening it to everybody."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.core.addresses import absolute
from lerend_web.people.requests import PlatformRequest
from lerend_web.programmes.models import Programme
from lerend_web.telling.domain.pages import close_page, open_page, write_page
from lerend_web.telling.domain.themes import (
    ToldTheme,
    ToldThemes,
    safe_themes,
    tell_themes,
    told_themes,
    why_not_tell,
    withdraw_themes,
)
from lerend_web.telling.models import News, ProgrammePage
from lerend_web.telling.queries import waiting_requests
from lerend_web.telling.rules import TellingRefused
from lerend_web.workbench.domain.outcomes.public_themes import countable_themes
from lerend_web.workbench.forms.telling import PageForm
from lerend_web.workbench.pages import draw
from lerend_web.workbench.reach import COORDINATOR, person_of, the_programme

PUBLIC_DONE: Final[dict[str, Promise]] = {
    "written": _("Kept."),
    "opened": _("The page is open: everybody can read it, and ask to join."),
    "closed": _("The page is closed. Nothing of it is lost."),
    "themes-told": _("The themes stand on the page of the programme."),
    "themes-withdrawn": _("The themes are taken away from the page."),
    "news-kept": _("Kept. Only you see it, until you publish it."),
    "news-changed": _("Kept. Everybody reads the new words."),
    "news-published": _("Published. It stands on the page and in the feed."),
    "news-unpublished": _("Taken back: only you see it now."),
    "taken-in": _("The organisation takes part. Its contact gets a mail with the way in."),
    "put-aside": _("Put aside. Name, address and reason are deleted."),
}


@open_to(*COORDINATOR)
@require_safe
def public_page(request: PlatformRequest, programme: int) -> HttpResponse:
    """How it stands: open or not, news, requests, themes."""
    return _draw_public(request, the_programme(request, programme, *COORDINATOR))


@open_to(*COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def public_text(request: PlatformRequest, programme: int) -> HttpResponse:
    found = the_programme(request, programme, *COORDINATOR)
    page = ProgrammePage.objects.filter(programme=found).first()
    initial = {"text_nl": page.text_nl, "text_en": page.text_en} if page else {}
    form = PageForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_page(programme=found, **form.cleaned_data, by=person_of(request), at=request.at)
        except TellingRefused as refusal:
            form.refuse_telling(refusal)
        else:
            return redirect(f"{reverse('public-page', args=[found.pk])}?done=written")
    context = {"programme": found, "form": form}
    return draw_public(request, "text", context, status=400 if form.errors else 200)


@open_to(*COORDINATOR)
@require_POST
def public_switch(request: PlatformRequest, programme: int) -> HttpResponse:
    """Open the page to everybody (``open=yes``), or close it."""
    found = the_programme(request, programme, *COORDINATOR)
    is_wanted = request.POST.get("open") == "yes"
    try:
        (open_page if is_wanted else close_page)(programme=found, by=person_of(request), at=request.at)
    except TellingRefused as refusal:
        return _draw_public(request, found, refused=str(refusal.sentence))
    return redirect(f"{reverse('public-page', args=[found.pk])}?done={'opened' if is_wanted else 'closed'}")


@open_to(*COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def public_themes(request: PlatformRequest, programme: int) -> HttpResponse:
    """What would be told about the companies together, and the button that tells it."""
    found = the_programme(request, programme, *COORDINATOR)
    counted = countable_themes(found)
    refusal = None if counted is None else why_not_tell(found, counted)
    if request.method == "POST" and counted is not None and refusal is None:
        try:
            tell_themes(programme=found, counted=counted, by=person_of(request), at=request.at)
        except TellingRefused as changed:
            refusal = changed
        else:
            return redirect(f"{reverse('public-page', args=[found.pk])}?done=themes-told")
    context = {
        "programme": found,
        "themes": named_themes(safe_themes(counted, at=request.at)) if counted else [],
        "companies": counted.companies if counted else 0,
        "refused": str(refusal.sentence) if refusal else "",
        "told": told_themes(found),
    }
    return draw_public(request, "themes", context, status=400 if request.method == "POST" else 200)


@open_to(*COORDINATOR)
@require_POST
def public_themes_withdraw(request: PlatformRequest, programme: int) -> HttpResponse:
    found = the_programme(request, programme, *COORDINATOR)
    withdraw_themes(programme=found, by=person_of(request), at=request.at)
    return redirect(f"{reverse('public-page', args=[found.pk])}?done=themes-withdrawn")


def named_themes(told: ToldThemes) -> list[tuple[str, ToldTheme]]:
    """Themes with their names in the reader's language."""
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    return [(one.names[language], one) for one in told.themes]


def draw_public(request: PlatformRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the public side, with what was just done above it."""
    shown = {"done": PUBLIC_DONE.get(request.GET.get("done", "")), **context}
    return draw(request, f"telling/{template}", shown, status=status)


def _draw_public(request: PlatformRequest, found: Programme, *, refused: str = "") -> HttpResponse:
    page = ProgrammePage.objects.filter(programme=found).first()
    told = told_themes(found)
    context = {
        "programme": found,
        "page": page,
        "address": absolute(reverse("public-programme", args=[page.slug])) if page else "",
        "news": News.objects.filter(programme=found).order_by("-changed_at", "-pk"),
        "waiting": waiting_requests(found).count(),
        "themes": named_themes(told) if told else [],
        "told": told,
        "refused": refused,
    }
    return draw_public(request, "public", context, status=400 if refused else 200)
