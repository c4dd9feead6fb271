"""Text that people write in Markdown, as HTML that can do nothing but be read.

The Markdown reader takes no HTML; what it makes goes once more through a list of allowed elements (attack T26). Links
lead to http and https only and in full, never within a page or to a host without a scheme; there are no pictures, so
that a reader's browser asks nobody for anything, and this platform fetches nothing that somebody wrote down (T22).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_ALLOWED: Final = {"a", "blockquote", "br", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "strong", "ul"}
_LOWEST: Final = 6
_READER: Final = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence"])


def shown(text: str, *, top: int = 3) -> SafeString:
    """A text as HTML.

    Args:
        top: the level of its highest headings on the page; the others follow without a step left out.
    """
    made = _READER.renderer.render(_with_levels(_READER.parse(text), top), _READER.options, {})
    clean = nh3.clean(
        made,
        tags=_ALLOWED,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        attribute_filter=_kept,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 -- cleaned in the line above; the tests attack it


def _with_levels(tokens: list[Token], top: int) -> list[Token]:
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    level = top - 1
    for token in tokens:
        if token.type == "heading_open":
            level = min(top + used.index(token.tag), level + 1, _LOWEST)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"
    return tokens


def _kept(_tag: str, name: str, value: str) -> str | None:
    """The address of a link as it is, or none: only a full one with a host, which no browser reads in another way."""
    if name == "rel":  # the cleaner's own: nobody can write one
        return value
    if name != "href" or "\\" in value or not value.isprintable():
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in {"http", "https"} and parts.hostname else None
