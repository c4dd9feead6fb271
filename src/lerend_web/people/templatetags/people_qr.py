"""A QR code inside the page: an image from elsewhere, or one as a data address, would not pass our own policy."""

from __future__ import annotations

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()


@register.simple_tag
def qr(text: str) -> SafeString:
    """An SVG with dark on light in both colour schemes: phones read no inverted codes."""
    drawn = segno.make(text, error="m")
    svg = drawn.svg_inline(
        scale=5, dark="#000", light="#fff", svgclass=None, lineclass=None, title=gettext("QR code for your app")
    )
    return mark_safe(svg)  # noqa: S308 -- drawn by the library from dark and light squares; the text is not in it
