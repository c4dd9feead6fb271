"""The register and the urn are two databases: they share no key, no time and no order."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

URN = "urn"


class TwoDatabases:
    """Sends every model to its database, and forbids relations between the two."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        return _home_of(_app_of(model))

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        return _home_of(_app_of(model))

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        return _home_of(_app_of(one)) == _home_of(_app_of(other))

    def allow_migrate(self, database: str, app_label: str, **_hints: Any) -> bool:
        return database == _home_of(app_label)


def _home_of(app_label: str) -> str:
    return URN if app_label == URN else "default"


def _app_of(model: type[Model] | Model) -> str:
    return model._meta.app_label  # noqa: SLF001 -- Django's documented place for it
