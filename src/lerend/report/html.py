"""The report as one HTML file: no script, nothing from elsewhere, one style sheet, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lerend.answers.table import Path
from lerend.diagnosis.result import Diagnosis
from lerend.model.structure import Instrument, OrganisationModel
from lerend.report.focus import focus_on
from lerend.report.page import Page, page_of
from lerend.report.visible import visible
from lerend.report.warnings import warnings_of
from lerend.report.words import printable, spoken
from lerend.wording import Language, Message, Value, say, say_many

_TEMPLATE: Final = "report.html"
_STYLE: Final = "report.css"
PARTS: Final = ("answer", "participation", "picture", "strengths", "bottlenecks", "overview", "talk", "reading")
"""The parts of a report, in the order in which they are read."""


def render_html(
    diagnosis: Diagnosis,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    language: Language,
    unit: Path | None = None,
    made_on: str,
) -> str:
    """The report about one unit: the programme, or the company where there is only one, or the unit with this path.

    Args:
        made_on: the date as it must be read, such as ``18 September 2026``; this module knows no clock.

    Raises:
        KeyError: when no unit has this path.
    """
    seen = visible(diagnosis)
    style = _style(seen, language)
    return _environment().get_template(_TEMPLATE).render(
        **_told(seen, page_of(seen, focus_on(seen, unit), model, instrument, language), language),
        made_on=printable(made_on),
        warnings=[spoken(message, language) for message in warnings_of(seen)],
        style=Markup(style),  # noqa: S704 -- our own file and our own sentences, with what ends a string taken out
        style_digest=_digest(style),
    )  # fmt: skip


def render_parts(
    diagnosis: Diagnosis,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    language: Language,
    unit: Path | None = None,
    link: Callable[[str], str] | None = None,
    promised: bool = False,
) -> dict[str, Markup]:
    """The same report in parts (`PARTS`), to lay in a page that has its own frame and the style sheet ``report.css``.

    A part with nothing in it is left out.

    Args:
        promised: the answers were collected under the promise of this platform.
        link: address of the page about a factor or outcome, by its id; no links without it.

    Raises:
        KeyError: when no unit has this path.
    """
    seen = visible(diagnosis)
    page = page_of(seen, focus_on(seen, unit), model, instrument, language)
    told = _told(seen, page, language) | {"link": link, "promised": promised}
    without_figures = {"answer", "participation", "reading"}
    wanted = [part for part in PARTS if part in without_figures or not page.hidden]
    absent = {part for part, there in (("overview", page.heat), ("talk", page.bottlenecks)) if not there}
    templates = {part: _environment().get_template(f"{part}.html") for part in wanted if part not in absent}
    return {
        part: Markup(template.render(**told))  # noqa: S704 -- rendered from our own template, which escapes
        for part, template in templates.items()
    }


def prepare_parts() -> None:
    """Translate the templates of the parts now, so that the first report does not wait for it."""
    for part in PARTS:
        _environment().get_template(f"{part}.html")


def _told(seen: Diagnosis, page: Page, language: Language) -> dict[str, Any]:
    """What every template may speak of."""
    return {
        "page": page,
        "diagnosis": seen,
        "language": language,
        "link": None,
        "promised": False,
        "_": _translator(language),
        "ngettext": _plural_translator(language),
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=ChoiceLoader([PackageLoader("lerend.report"), PackageLoader("lerend.report", "static")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _style(diagnosis: Diagnosis, language: Language) -> str:
    """The style sheet, with the words that must stand on every printed page."""
    loader = _environment().loader
    assert loader is not None  # noqa: S101 -- tells the type checker what the line above made
    source = loader.get_source(_environment(), "style.css")[0] + loader.get_source(_environment(), _STYLE)[0]
    words = " \N{MIDDLE DOT} ".join(spoken(message, language) for message in warnings_of(diagnosis))
    page = spoken(say("Page"), language)
    return source.replace("/*warning*/", _css_string(words)).replace("/*page*/", _css_string(page))


def _css_string(words: str) -> str:
    safe = "".join(sign for sign in words if sign not in '"\\<>\n')
    return f'"{safe}"'


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _translator(language: Language) -> Callable[..., str]:
    def translate(template: str, **values: Value) -> str:
        return spoken(Message(template, tuple(values.items())), language)

    return translate


def _plural_translator(language: Language) -> Callable[..., str]:
    def translate(singular: str, plural: str, count: int, **values: Value) -> str:
        return spoken(say_many(singular, plural, count, **values), language)

    return translate
