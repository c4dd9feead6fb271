"""Two programmes with their people, as for themes."""

from __future__ import annotations

from tests.lerend_web.themes.conftest import by, elsewhere, here, theme

__all__ = ["by", "elsewhere", "here", "theme"]
