from __future__ import annotations

from django.urls import path

from lerend_web.ops.views import health

urlpatterns = [path("health", health, name="health")]
