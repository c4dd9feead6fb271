from __future__ import annotations

from django.urls import path

from lerend_web.public.views.feed import news_feed
from lerend_web.public.views.home import home
from lerend_web.public.views.joining import asked, join
from lerend_web.public.views.language import choose_language
from lerend_web.public.views.programmes import news, programme, programmes
from lerend_web.public.views.trace import trace

urlpatterns = [
    path("", home, name="home"),
    path("language", choose_language, name="language-choose"),
    path("p", programmes, name="public-programmes"),
    path("p/<slug:page>", programme, name="public-programme"),
    path("p/<slug:page>/news/<int:news>", news, name="public-news"),
    path("p/<slug:page>/news/<slug:language>.atom", news_feed, name="public-feed"),
    path("p/<slug:page>/join", join, name="public-join"),
    path("p/<slug:page>/join/asked", asked, name="public-asked"),
    path("trace/<slug:code>", trace, name="trace"),
]
