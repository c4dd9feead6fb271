"""The page behind the square on a team's board: write down a session, and read nothing.

No account, session or cookie is used. The code stands behind the # of an address or is typed, and travels in the body of a
request. A wrong code looks like one that never was, and whoever tries many is told to wait. It works without script too:
then the code is typed.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lerend_web.core import clock
from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.pilots.domain.log import LogIsFull, write_session
from lerend_web.pilots.domain.log_codes import NoLog
from lerend_web.pilots.enums import Faithful
from lerend_web.pilots.rules import PilotRefused
from lerend_web.workbench.forms.pilot_running import LogForm
from lerend_web.workbench.views.meetings.phones import is_ours, language_of, must_wait

NO_WAY_IN: Final = _(
    "This code is not known. Look whether you typed all thirteen characters. Is the sheet an old one? Ask for a new one."
)
WAIT: Final = _("That was often. Wait a minute, then try again.")


@open_to(EVERYBODY)
@csrf_exempt  # no cookie gives anybody a right here, so there is nothing that another site could borrow
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_write(request: HttpRequest) -> HttpResponse:
    with translation.override(language_of(request)):
        if request.method != "POST":
            form = LogForm(initial={"on": clock.today(), "faithful": Faithful.AS_PLANNED.value})
            return _page(request, {"form": form})
        form = LogForm(request.POST if is_ours(request) else {})
        if not form.is_valid():
            return _page(request, {"form": form}, status=400)
        status = _write(request, form)
        if status == 200:
            language = request.GET.get("lang", "")
            kept = f"?lang={language}" if language in dict(settings.LANGUAGES) else ""
            return _quiet(redirect(f"{reverse('pilot-written')}{kept}"))
        return _page(request, {"form": form}, status=status)


@open_to(EVERYBODY)
@require_safe
def pilot_written(request: HttpRequest) -> HttpResponse:
    with translation.override(language_of(request)):
        return _page(request, {}, template="written")


def _write(request: HttpRequest, form: LogForm) -> int:
    """The status of the answer. What stands in the form is judged before the code is looked up."""
    try:
        write_session(code=form.cleaned_data["code"], session=form.session(), at=clock.now())
    except NoLog:
        wait = must_wait(request)
        form.add_error("code", str(WAIT if wait else NO_WAY_IN))
        return 429 if wait else 400
    except LogIsFull as refusal:
        form.show(refusal)
        return 429
    except PilotRefused as refusal:
        form.show(refusal)
        return 400
    return 200


def _page(request: HttpRequest, context: dict[str, Any], *, template: str = "write", status: int = 200) -> HttpResponse:
    """A page for everybody, which cannot depend on who is signed in: it is drawn without the request."""
    shown = context | {"languages": settings.LANGUAGES, "asked_language": request.GET.get("lang", "")}
    return _quiet(HttpResponse(render_to_string(f"workbench/pilots/{template}.html", shown), status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    """Nothing is kept on the way, and nothing tells the next page where somebody came from."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
