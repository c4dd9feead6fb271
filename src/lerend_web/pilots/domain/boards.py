"""The sheet for a team's board: a square to scan and a code, to write down a session from a phone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any, Final

import segno
import typst
from django.urls import reverse
from django.utils.translation import gettext

from lerend_web.core.addresses import absolute
from lerend_web.pilots.domain.log_codes import code_of
from lerend_web.pilots.models import LogCode, Pilot
from lerend_web.scans.domain.paper import language

_MASK: Final = 3


def log_address() -> str:
    """Where phones go; the code never stands in an address that is sent to a server."""
    return absolute(reverse("pilot-write"))


def sheets(pilot: Pilot, codes: Sequence[LogCode]) -> bytes:
    """One sheet a team, as a tagged PDF. Can be printed again: a code stays the same until it is renewed."""
    data = {
        "language": language(),
        "others": [],
        "title": gettext("Sheets for the board"),
        "headline": gettext("Did we just have a session?"),
        "how": gettext("Scan this with your phone, or go to the address and type the code:"),
        "qr_alt": gettext("The same address and code as a square to scan"),
        "pilot": pilot.title,
        "address": log_address(),
        "steps_title": gettext("Write down, in half a minute:"),
        "steps": [
            gettext("How long it took"),
            gettext("How many people came: a number, no names"),
            gettext("Whether the leader was there"),
            gettext("Whether it went as planned, and what you did in another way"),
        ],
        "promise": gettext(
            "With this code one can only write down sessions of this team. It shows nothing, and no answer of anybody."
        ),
        "not_done": gettext("Did a session not take place? Write that down too: it says just as much."),
        "teams": [{"name": row.team.name, **_square(row)} for row in codes],
    }
    return _pdf_of(data)


def _square(row: LogCode) -> dict[str, str]:
    code = code_of(row)
    square = segno.make(f"{log_address()}#{code}", error="m", mask=_MASK).svg_inline(border=2)
    return {"code": code, "qr": square}


def _pdf_of(data: dict[str, Any]) -> bytes:
    """Words travel as data, never as markup."""
    common = (resources.files("lerend_web.scans") / "typst" / "common.typ").read_text("utf-8")
    form = (resources.files("lerend_web.pilots") / "typst" / "boards.typ").read_text("utf-8")
    sent = {"data": json.dumps(data, ensure_ascii=False)}
    made = typst.compile((common + form).encode("utf-8"), format="pdf", sys_inputs=sent, ignore_system_fonts=True)
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made
