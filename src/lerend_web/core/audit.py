"""The history of changes: who did what when, written in the transaction of the change itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from lerend_web.core.models import AuditEntry


def record(
    *,
    by: Model | int | None,
    at: datetime,
    code: str,
    programme: Model | int | None = None,
    organisation: Model | int | None = None,
    subject: str = "",
    **detail: object,
) -> None:
    """Write one row of history, inside the transaction of the change that it tells of.

    Args:
        by: who did it (a person or their id); None for the platform itself.
        code: a past tense, such as ``wave.opened``.
        subject: what it was done to, such as a wave's code.
        detail: plain values for JSON; never answers, secrets, or names of people who answer.

    Raises:
        RuntimeError: there is no transaction, so that the change and its history could come apart.
    """
    if not transaction.get_connection("default").in_atomic_block:
        raise RuntimeError(f"{code}: history is written in the transaction of the change; there is none.")
    AuditEntry.objects.create(
        actor=_id_of(by),
        at=at,
        code=code,
        programme=_id_of(programme),
        organisation=_id_of(organisation),
        subject=subject,
        detail=detail,
    )


def _id_of(one: Model | int | None) -> int | None:
    return one.pk if isinstance(one, Model) else one
