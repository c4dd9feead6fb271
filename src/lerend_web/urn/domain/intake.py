"""What the register tells the urn about a wave: start, stop, cards, the end. Every verb may be called again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections, transaction
from django.db.models import Count

from lerend_web.core.databases import URN
from lerend_web.urn.domain.turnstile import wait_for_deliveries
from lerend_web.urn.models import Box, Card, OpenWave


class OtherDocument(ValueError):
    """The wave has been opened with another document; what the promise holds never changes."""


def start_intake(*, document: dict[str, Any]) -> None:
    """Let door 2 take answers for a wave, by its public document.

    Raises:
        OtherDocument: the wave is known with another document.
    """
    wave, _is_new = OpenWave.objects.get_or_create(code=document["wave"], defaults={"document": document})
    if wave.document != document:
        raise OtherDocument(document["wave"])


def end_trials(*, wave: str) -> None:
    """End every trial of a wave and remove its card. There never was a box; the public document stays, taking nothing."""
    trials = list(OpenWave.objects.filter(document__trial_of=wave, is_taking=True))
    groups = [group["code"] for trial in trials for group in trial.document["key_groups"]]
    Card.objects.filter(key_group__in=groups).delete()
    OpenWave.objects.filter(code__in=[trial.code for trial in trials]).update(is_taking=False)


def stop_intake(*, code: str) -> None:
    """From the return of this call on no answer is taken any more, and every answer acknowledged before is stored."""
    with transaction.atomic(using=URN):
        wait_for_deliveries(code)
        OpenWave.objects.filter(code=code).update(is_taking=False)


def register_cards(*, key_group: str, hashes: Sequence[bytes]) -> None:
    """Make these cards (their hashes) valid for a key group."""
    cards = [Card(code_hash=code_hash, key_group=key_group) for code_hash in sorted(hashes)]
    Card.objects.bulk_create(cards, batch_size=500, ignore_conflicts=True)


def void_cards(*, key_groups: Sequence[str]) -> dict[str, int]:
    """Void every card that nobody has used; gives the number of void cards per key group."""
    with transaction.atomic(using=URN):
        Card.objects.filter(key_group__in=key_groups, bound_to=None).update(is_void=True)
        void = Card.objects.filter(key_group__in=key_groups, is_void=True)
        counts = dict(void.values_list("key_group").annotate(Count("code_hash")).order_by())
    return dict.fromkeys(key_groups, 0) | counts


def sealed_boxes(*, key_groups: Sequence[str]) -> list[tuple[str, bytes]]:
    """Key group and sealed content of every box, in the order of hashes; serials stay here."""
    boxes = Box.objects.filter(key_group__in=key_groups).order_by("serial").values_list("key_group", "sealed")
    return [(key_group, bytes(sealed)) for key_group, sealed in boxes]


def destroy(*, code: str) -> None:
    """Remove all boxes and cards of a closed wave; its public document stays.

    On SQLite freed pages are overwritten (`secure_delete`) and the log of writes is emptied. On PostgreSQL, which only
    marks rows as deleted, both tables are written anew and the old files are removed.
    """
    with transaction.atomic(using=URN):
        wait_for_deliveries(code)
        wave = OpenWave.objects.filter(code=code).first()
        if wave is None:
            return
        OpenWave.objects.filter(code=code).update(is_taking=False)
        key_groups = [group["code"] for group in wave.document["key_groups"]]
        Box.objects.filter(key_group__in=key_groups).delete()
        Card.objects.filter(key_group__in=key_groups).delete()
    _empty_the_log()
    _write_anew()


def _empty_the_log() -> None:
    connection = connections[URN]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _write_anew() -> None:
    """On PostgreSQL: leave no page behind that held a deleted row. What stays is written in the order of hashes.

    VACUUM FULL would do the same, but only for the owner of the tables, and with the old order.
    """
    if connections[URN].vendor != "postgresql":
        return
    with transaction.atomic(using=URN), connections[URN].cursor() as cursor:
        # In the order in which a delivery takes them, so that the two never wait for each other.
        cursor.execute("LOCK TABLE urn_card, urn_box IN ACCESS EXCLUSIVE MODE")
        for table in ("urn_card", "urn_box"):
            cursor.execute(f"CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM {table}")  # noqa: S608 -- one of two names above
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute(f"INSERT INTO {table} SELECT * FROM kept ORDER BY 1")  # noqa: S608 -- as above
            cursor.execute("DROP TABLE kept")
