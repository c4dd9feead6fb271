"""What the machines around the platform ask it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Says that this process answers. Nothing about versions: that would help an attacker more than an operator."""
    return JsonResponse({"status": "ok"})
