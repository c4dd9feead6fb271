"""What people tell each other here, in Markdown: as it is kept, and as HTML that can do nothing but be read."""

from __future__ import annotations

import re
from typing import Final

from django.utils.safestring import SafeString

from lerend.report.words import printable
from lerend_web.core.markdown import shown

_EMPTY_LINES: Final = re.compile(r"\n{3,}")


def kept(text: str) -> str:
    """Without signs that steer a screen; lines stay lines, with one empty line at most between them."""
    lines = (printable(line).rstrip() for line in text.strip().splitlines())
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def told(text: str) -> SafeString:
    """Markdown as HTML; a new line in the text is one on the page too, as people expect who never heard of Markdown."""
    return shown("  \n".join(text.splitlines()))
