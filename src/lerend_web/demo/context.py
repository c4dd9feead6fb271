"""What every page knows of the demo: whether it runs, who is played, and what comes next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from lerend_web.demo.queries import demo_of


def demo(request: HttpRequest) -> dict[str, Any]:
    """The value ``demo`` in templates: None in an installation without demo."""
    return {"demo": demo_of(request)}
