"""Every address of the platform."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("lerend_web.public.urls")),
    path("", include("lerend_web.ops.urls")),
]
