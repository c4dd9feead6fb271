"""PDF from a template of this app and data, in the same way and look as the papers of a round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

import typst

from lerend_web.scans.domain.paper import language


def pdf_of(template: str, data: Mapping[str, Any]) -> bytes:
    """A tagged PDF; words travel as data, never as markup.

    Args:
        template: name of a file in ``meetings/typst``, without ending.
        data: plain values for JSON; the template reads them as `data`.
    """
    common = (resources.files("lerend_web.scans") / "typst" / "common.typ").read_text("utf-8")
    form = (resources.files("lerend_web.meetings") / "typst" / f"{template}.typ").read_text("utf-8")
    sent = {"data": json.dumps({"language": language(), **data}, ensure_ascii=False)}
    made = typst.compile((common + form).encode("utf-8"), format="pdf", sys_inputs=sent, ignore_system_fonts=True)
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made
