"""Keeping a draft, throwing it away, publishing it. What is published never changes."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lerend_web.core.audit import record
from lerend_web.instruments.domain.source import digest_of
from lerend_web.instruments.domain.uploads import Proposal
from lerend_web.instruments.models import OwnVersion
from lerend_web.instruments.rules import VersionsAreWrong
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme


def keep_draft(*, proposal: Proposal, programme: Programme, by: Person, at: datetime) -> OwnVersion:
    """Keep what a file becomes, for its difference to be read; it takes the place of an earlier draft of the name."""
    try:
        with transaction.atomic():
            OwnVersion.objects.filter(programme=programme, name=proposal.name, published_at__isnull=True).delete()
            version = OwnVersion.objects.create(
                programme=programme,
                kind=proposal.kind,
                name=proposal.name,
                version=proposal.version,
                source=proposal.source,
                digest=digest_of(proposal.source),
                compared_with=proposal.compared_with,
                made_by=by,
                made_at=at,
            )
            _note(version, "instrument.drafted", by=by, at=at)
    except IntegrityError as error:
        raise VersionsAreWrong(
            _("Somebody else handed in a version at the same time. Hand in your file again.")
        ) from error
    return version


def discard_draft(*, version: OwnVersion, by: Person, at: datetime) -> None:
    """Throw a draft away.

    Raises:
        VersionsAreWrong: it is published.
    """
    with transaction.atomic():
        found = _locked(version)
        _note(found, "instrument.discarded", by=by, at=at)
        found.delete()


def publish_draft(*, version: OwnVersion, digest: str, by: Person, at: datetime) -> OwnVersion:
    """Make a draft a version that rounds can use, for good.

    Args:
        digest: of the text that was read on the page; another one means that somebody handed in another file since.

    Raises:
        VersionsAreWrong: it is published already, gone, or another text than was read.
    """
    with transaction.atomic():
        found = _locked(version)
        if found.digest != digest:
            raise VersionsAreWrong(_("Somebody handed in another file since you read this. Read it again first."))
        found.published_at = at
        found.save()
        _note(found, "instrument.published", by=by, at=at)
    return found


def _locked(version: OwnVersion) -> OwnVersion:
    found = OwnVersion.objects.select_for_update().filter(pk=version.pk, published_at__isnull=True).first()
    if found is None:
        raise VersionsAreWrong(_("This is not a draft any more: it is published, or thrown away."))
    return found


def _note(version: OwnVersion, code: str, *, by: Person, at: datetime) -> None:
    record(
        by=by, at=at, code=code, programme=version.programme_id, subject=version.reference,
        kind=version.kind, digest=version.digest, compared_with=version.compared_with,
    )  # fmt: skip
