"""Every address of the platform. Door 2 has its own (`answering_urls`)."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("account/", include("lerend_web.people.urls")),
    path("", include("lerend_web.public.urls")),
    path("", include("lerend_web.ops.urls")),
    path("", include("lerend_web.workbench.urls")),
    path("", include("lerend_web.invited.urls")),
    path("", include("lerend_web.demo.urls")),
]
