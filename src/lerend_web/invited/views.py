"""Door 1: the page that the link in a mail leads to, and the two things that its script asks.

No session and no cookie is used here. Opening the page does nothing: scanners of mail open every link, and some press
nothing but what submits itself. Every refusal of a signature is the same, so that nobody learns which links exist.
"""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.core.limits import AMinute
from lerend_web.core.protection import CONTENT_SECURITY_POLICY
from lerend_web.scans.domain.door_one import NotInvited, open_group, sign_unseen

MORE_LANGUAGES: Final = (("pl", "Polski"),)
"""Those of people who answer, beside the platform's own: they have this page and all of door 2, nothing else."""
LANGUAGES: Final = (*settings.LANGUAGES, *MORE_LANGUAGES)
LARGEST: Final = 4096
REFUSALS: Final = AMinute(120)
"""From one address; all colleagues in a building may share one."""
SIGNATURES: Final = AMinute(20)
"""For one invitation: a signature costs ten times what a page costs."""
_STRICTER: Final = f"{CONTENT_SECURITY_POLICY}; require-trusted-types-for 'script'; trusted-types 'none'"


@open_to(EVERYBODY)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The same page for everybody; what is behind the # never reaches this view."""
    with translation.override(_language(request)):
        # Without the request: the page cannot depend on who asks.
        page = render_to_string("invited/start.html", {"languages": LANGUAGES})
    return _quiet(HttpResponse(page))


def _language(request: HttpRequest) -> str | None:
    """The one asked for; else Polish when it is the browser's first; else as on the rest of the platform."""
    if (asked := request.GET.get("lang", "")) in dict(LANGUAGES):
        return asked
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])
    first = accepted[0][0].partition("-")[0] if accepted else ""
    return first if first in dict(MORE_LANGUAGES) else translation.get_language()


@open_to(EVERYBODY)
@csrf_exempt  # no cookie gives anybody a right here, so there is nothing that another site could borrow
@never_cache
@require_POST
def key(request: HttpRequest) -> HttpResponse:
    """The key that a key group's passes are signed with: public, and the same for everybody."""
    wanted = _read(request).get("group")
    group = open_group(wanted) if isinstance(wanted, str) and len(wanted) <= 26 else None
    if group is None:
        return _quiet(JsonResponse({"message": _("Nobody can take part with this link (any more).")}, status=410))
    found = {
        "wave": group.wave,
        "organisation": group.organisation,
        "token_key": base64.b64encode(group.token_key).decode(),
        "answering": settings.ANSWERING_ADDRESS,
    }
    return _quiet(JsonResponse(found))


@open_to(EVERYBODY)
@csrf_exempt  # as above: only the secret of an invitation gives a right
@never_cache
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """Sign a blinded number for whoever shows an invitation.

    Only who is refused can be told to wait: colleagues of somebody who guesses, in the same building, still get in.
    """
    source, asked = str(request.META.get("REMOTE_ADDR", "")), _read(request)
    shown, blinded, group = _octets(asked.get("invitation")), _octets(asked.get("blinded")), asked.get("group")
    if SIGNATURES.is_over(shown.hex()):
        return _wait()
    try:
        signature = sign_unseen(group=group if isinstance(group, str) else "", shown=shown, blinded=blinded)
    except NotInvited:
        if REFUSALS.is_over(source):
            return _wait()
        REFUSALS.count(source)
        return _quiet(JsonResponse({"message": _("This link gives no way in (any more).")}, status=400))
    SIGNATURES.count(shown.hex())
    return _quiet(JsonResponse({"signature": signature.hex()}))


def _wait() -> HttpResponse:
    return _quiet(JsonResponse({"message": _("That was often. Wait a minute, then try again.")}, status=429))


def _read(request: HttpRequest) -> dict[str, Any]:
    """What a script of our own sends; of anything else nothing."""
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not is_ours or request.content_type != "application/json" or not length.isdigit() or int(length) > LARGEST:
        return {}
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _octets(text: object) -> bytes:
    try:
        return bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        return b""


def _quiet(response: HttpResponse) -> HttpResponse:
    """Nothing is kept on the way, and nothing tells the next page where somebody came from."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = _STRICTER
    return response
