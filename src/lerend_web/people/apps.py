from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lerend_web.people"

    def ready(self) -> None:
        from lerend_web.people import history  # noqa: F401, PLC0415 -- connects its receivers once models are there
