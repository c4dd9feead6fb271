from __future__ import annotations

from django.urls import path

from lerend_web.invited.views import key, sign, start

urlpatterns = [
    path("start/", start, name="start-by-mail"),
    path("start/key", key, name="start-key"),
    path("start/sign", sign, name="start-sign"),
]
