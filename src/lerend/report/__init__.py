"""The faces of a diagnosis: HTML, JSON, XLSX and a table for the terminal.

Each face lives in a module of its own and is loaded when it is first asked for, because a template engine and a
workbook writer cost more to import than most commands take.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lerend.report.html import render_html
    from lerend.report.json import to_json
    from lerend.report.terminal import ProgressLine, terminal_table
    from lerend.report.workbook import write_workbook

__all__ = ["ProgressLine", "render_html", "terminal_table", "to_json", "write_workbook"]

_HOMES = {
    "ProgressLine": "lerend.report.terminal",
    "render_html": "lerend.report.html",
    "terminal_table": "lerend.report.terminal",
    "to_json": "lerend.report.json",
    "write_workbook": "lerend.report.workbook",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
