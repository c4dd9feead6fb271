"""SVG elements that cannot be built wrong: all text and all attributes are escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

Part = Markup | str


def element(name: str, *inside: Part, **attributes: str | float) -> Markup:
    """One element. ``class_`` gives ``class``, ``text_anchor`` gives ``text-anchor``; strings inside are escaped."""
    words = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items())
    if not inside:
        return Markup(f"<{name}{words}/>")  # noqa: S704 -- every value went through escape
    return Markup(f"<{name}{words}>{join(inside)}</{name}>")  # noqa: S704 -- every value went through escape


def join(parts: Iterable[Part]) -> Markup:
    return Markup("".join(escape(part) for part in parts))  # noqa: S704 -- escape leaves only finished markup as it is


def text(words: str, x: float, y: float, *, class_: str, anchor: str = "start") -> Markup:
    return element("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def lines_of_text(lines: tuple[str, ...], x: float, y: float, *, class_: str, height: float) -> Markup:
    """Several lines under each other; `y` is the base line of the first."""
    spans = [element("tspan", line, x=x, y=y + place * height) for place, line in enumerate(lines)]
    return element("text", *spans, class_=class_)


def picture(*inside: Part, width: float, height: float, id: str, title: str, description: str, class_: str) -> Markup:
    """The `svg` element with its name and its description in words."""
    return element(
        "svg",
        element("title", title, id=f"{id}-title"),
        element("desc", description, id=f"{id}-description"),
        *inside,
        id=id,
        class_=class_,
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        role="img",
        aria_labelledby=f"{id}-title",
        aria_describedby=f"{id}-description",
    )


def stripes(id: str) -> Markup:
    """The texture that says *this can be chance*; fill with ``url(#id)``."""
    line = element("line", x1=0, y1=0, x2=0, y2=6, class_="stripe")
    pattern = element(
        "pattern", line, id=id, width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
    return element("defs", pattern)


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return str(escape(value))
    return f"{value:.1f}".removesuffix(".0")
