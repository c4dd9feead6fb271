"""What happens in the databases and leaves nothing there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """Takes back in both databases whatever happens in it."""
    with transaction.atomic("default"), transaction.atomic("urn"):
        yield
        for alias in ("default", "urn"):
            transaction.set_rollback(True, using=alias)
