"""Every address of door 2."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("lerend_web.answering.urls"))]

handler400 = "lerend_web.answering.views.problems.bad_request"
handler403 = "lerend_web.answering.views.problems.forbidden"
handler404 = "lerend_web.answering.views.problems.not_found"
handler500 = "lerend_web.answering.views.problems.failed"
