from __future__ import annotations

from django.urls import path, register_converter

from lerend_web.answering.converters import WaveCode
from lerend_web.answering.views import entering, pages, sending

register_converter(WaveCode, "wave")

urlpatterns = [
    path("", entering.enter, name="enter"),
    path("health", pages.health, name="health"),
    path("<wave:wave>/", pages.start, name="start"),
    path("<wave:wave>/answer", entering.answer, name="answer"),
    path("<wave:wave>/deliver", sending.deliver, name="deliver"),
    path("<wave:wave>/withdraw", sending.withdraw, name="withdraw"),
    path("<wave:wave>/promise", pages.promise, name="promise"),
    path("<wave:wave>/received", pages.received, name="received"),
]
