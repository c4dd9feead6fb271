from __future__ import annotations

from django.urls import path

from lerend_web.ops.views import health, mail, mail_list

urlpatterns = [
    path("health", health, name="health"),
    path("mail/", mail_list, name="mails"),
    path("mail/<slug:name>", mail, name="mail"),
]
