"""What the pages of evidence have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from lerend_web.organisations.models import Organisation
from lerend_web.people.requests import PlatformRequest
from lerend_web.workbench.evidence_words import SAID
from lerend_web.workbench.pages import draw


def draw_evidence(
    request: PlatformRequest,
    template: str,
    context: dict[str, Any],
    *,
    organisation: Organisation | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of evidence, with what was just done above it.

    Args:
        template: name of a file in ``workbench/evidence``, without ending.
    """
    said = SAID.get(request.GET.get("said", ""))
    shown = {**context, **({"done": said} if said else {})}
    return draw(request, f"evidence/{template}", shown, organisation=organisation, status=status)
