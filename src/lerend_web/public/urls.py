from __future__ import annotations

from django.urls import path

from lerend_web.public.views.home import home
from lerend_web.public.views.language import choose_language

urlpatterns = [
    path("", home, name="home"),
    path("language", choose_language, name="language-choose"),
]
