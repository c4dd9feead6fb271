"""Views of the demo do not exist elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.http import Http404, HttpResponseBase

from lerend_web.demo.queries import is_on
from lerend_web.people.requests import PlatformRequest

View: TypeAlias = Callable[..., HttpResponseBase]


def only_in_demo(view: View) -> View:
    """Answer as if the page were not there in an installation that is no demo."""

    @wraps(view)
    def seen(request: PlatformRequest, **names: Any) -> HttpResponseBase:
        if not is_on():
            raise Http404
        return view(request, **names)

    return seen
