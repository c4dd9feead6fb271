"""Own versions as far as they may be seen and used."""

from __future__ import annotations

from django.db.models import QuerySet

from lerend_web.instruments.models import OwnVersion
from lerend_web.instruments.rules import parts_of
from lerend_web.programmes.models import Programme


def own_versions(programme: Programme) -> QuerySet[OwnVersion]:
    """Everything that a programme made, drafts too; by name, the newest version first."""
    return OwnVersion.objects.filter(programme=programme).defer("source")


def published(programme: Programme) -> QuerySet[OwnVersion]:
    return own_versions(programme).filter(published_at__isnull=False)


def published_digest(reference: str) -> str:
    """The digest of a published version of whatever programme; empty when there is none."""
    parts = parts_of(reference)
    if parts is None:
        return ""
    rows = OwnVersion.objects.filter(name=parts[0], version=parts[1], published_at__isnull=False)
    return rows.values_list("digest", flat=True).first() or ""


def published_source(reference: str) -> str:
    """The text of the file of a published version.

    Raises:
        OwnVersion.DoesNotExist: there is none.
    """
    name, version = parts_of(reference) or ("", 0)
    return OwnVersion.objects.get(name=name, version=version, published_at__isnull=False).source


def programme_of(reference: str) -> int | None:
    """The programme whose own version this is; None for a packaged one, and for what is not there."""
    parts = parts_of(reference)
    if parts is None:
        return None
    return OwnVersion.objects.filter(name=parts[0], version=parts[1]).values_list("programme", flat=True).first()
