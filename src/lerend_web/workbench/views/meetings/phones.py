"""The pages of whoever takes part, on their own phone: join with a code, rate in silence, wait, see what is revealed.

No account, no session and no cookie is used. The code stands behind the # of an address or is typed, and travels in
the body of a request; so does the secret of a seat, or it travels in a header. Refusals are all the same, and whoever
hears them often is told to wait. Everything works without script too; then a button looks again.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.core.limits import AMinute
from lerend_web.meetings.domain.rating import hand_in
from lerend_web.meetings.domain.seats import new_secret, seat_of, take_seat
from lerend_web.meetings.models import Seat
from lerend_web.meetings.rules import MeetingRefused, NoSeat
from lerend_web.workbench.forms.meetings import marks_in
from lerend_web.workbench.views.meetings.faces import is_known, phone_context, phone_tag, unchanged

FROM_ONE: Final = AMinute(60)
"""Refusals from one address: a whole room mistypes less often."""
FROM_ALL: Final = AMinute(600)
"""From everybody together, for guesses that come from many addresses."""
LARGEST: Final = 16_384
_SCHEME: Final = "Seat "
_EVERYBODY: Final = ""
_WAIT: Final = _("That was often. Wait a minute, then try again.")
_NO_WAY_IN: Final = _(
    "This code gives no way in. Look whether you typed all thirteen characters, and whether the meeting is open."
)


@open_to(EVERYBODY)
@csrf_exempt  # no cookie gives anybody a right here, so there is nothing that another site could borrow
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_join(request: HttpRequest) -> HttpResponse:
    """A field for the code; with a code, a seat. Sent twice with one secret it is the same seat."""
    with translation.override(language_of(request)):
        if request.method != "POST":
            return _page(request, {"face": "join", "secret": new_secret()})
        if not is_ours(request):
            return _refused(request)
        secret = request.POST.get("seat", "")
        try:
            seat = take_seat(code=request.POST.get("code", "")[:64], secret=secret)
        except NoSeat:
            return _refused(request)
        return _drawn(request, seat, secret)


@open_to(EVERYBODY)
@csrf_exempt  # as above: only the secret of a seat gives a right
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_look(request: HttpRequest) -> HttpResponse:
    """Where the meeting is: for the script every two seconds, nothing when nothing changed; else by a button."""
    with translation.override(language_of(request)):
        try:
            secret = _secret(request)
            seat = seat_of(secret)
        except NoSeat:
            return _refused(request, status=401)
        tag = phone_tag(seat)
        if request.method != "POST" and is_known(request, tag):
            return _quiet(unchanged(tag))
        return _drawn(request, seat, secret, wants_to_change=request.POST.get("change") == "yes")


@open_to(EVERYBODY)
@csrf_exempt  # as above
@require_POST
def meeting_rate(request: HttpRequest) -> HttpResponse:
    """Hand in a sheet."""
    with translation.override(language_of(request)):
        try:
            secret = _secret(request)
            seat = seat_of(secret)
        except NoSeat:
            return _refused(request, status=401)
        try:
            hand_in(seat=seat, marks=marks_in(request.POST, seat.meeting.options.all()))
        except MeetingRefused as refusal:
            return _drawn(request, seat, secret, refused=refusal.sentence)
        return _drawn(request, seat_of(secret), secret)


def _drawn(
    request: HttpRequest,
    seat: Seat,
    secret: str,
    *,
    refused: str | Promise | None = None,
    wants_to_change: bool = False,
) -> HttpResponse:
    context = phone_context(seat) | {"secret": secret, "refused": refused}
    if context["face"] == "rated" and wants_to_change:
        context["face"] = "rate"
    if refused and context["face"] == "rate":
        context["sheet"] = [(one.option, _sent(request, one.option.pk, one.marks)) for one in context["sheet"]]
    elif "sheet" in context:
        context["sheet"] = [(one.option, one.marks) for one in context["sheet"]]
    return _page(request, context, tag=phone_tag(seat), status=400 if refused else 200)


def _sent(request: HttpRequest, option: int, stored: Any) -> dict[str, int]:
    """What was just sent for an option, so that nothing has to be filled in again."""
    names = ("need", "influence", "feasibility")
    given = {name: request.POST.get(f"o{option}-{name}", "") for name in names}
    return {name: int(mark) for name, mark in given.items() if mark in set("12345")} or dict(stored)


def _page(request: HttpRequest, context: dict[str, Any], *, tag: str = "", status: int = 200) -> HttpResponse:
    """The whole page, or for its script the part that changes."""
    template = "face" if request.headers.get("X-Part") == "face" else "phone"
    answer = page_for_phones(request, template, context, status=status)
    if tag:
        answer["ETag"] = tag
    return answer


def page_for_phones(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    """A page for everybody, which cannot depend on who is signed in: it is drawn without the request."""
    shown = context | {"languages": settings.LANGUAGES, "asked_language": request.GET.get("lang", "")}
    return _quiet(HttpResponse(render_to_string(f"workbench/meetings/{template}.html", shown), status=status))


def _refused(request: HttpRequest, *, status: int = 400) -> HttpResponse:
    """The same for every code and secret that lead nowhere."""
    wait = must_wait(request)
    sentence = _WAIT if wait else _NO_WAY_IN
    context = {"face": "join", "secret": new_secret(), "refused": sentence, "code": request.POST.get("code", "")[:64]}
    return _page(request, context, status=429 if wait else status)


def must_wait(request: HttpRequest) -> bool:
    """Whether this refusal is one too many; if not, it is counted."""
    source = str(request.META.get("REMOTE_ADDR", ""))
    if FROM_ONE.is_over(source) or FROM_ALL.is_over(_EVERYBODY):
        return True
    FROM_ONE.count(source)
    FROM_ALL.count(_EVERYBODY)
    return False


def _secret(request: HttpRequest) -> str:
    """From the header of our script, or from a field of our form. Raises NoSeat."""
    if request.method == "POST":
        if not is_ours(request):
            raise NoSeat
        return request.POST.get("seat", "")
    said = request.headers.get("Authorization", "")
    if not said.startswith(_SCHEME):
        raise NoSeat
    return said.removeprefix(_SCHEME)


def is_ours(request: HttpRequest) -> bool:
    """Whether one of our own pages sent this, and not more than fits in one."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_small = length.isdigit() and int(length) <= LARGEST
    return is_small and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def language_of(request: HttpRequest) -> str | None:
    """The one asked for in the address, else that of the browser."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language()


def _quiet(response: HttpResponse) -> HttpResponse:
    """Nothing is kept on the way, and nothing tells the next page where somebody came from."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
