"""Practical cases: a draft, published to the working group, taken back by the company whenever it wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.community.domain.groups import organisation_of
from lerend_web.community.models import Case
from lerend_web.community.queries import may_change_case, may_read_group
from lerend_web.community.rules import LONGEST_PART, PARTS, CommunityRefused
from lerend_web.core.audit import record
from lerend_web.people.models import Person
from lerend_web.themes.models import Theme


@transaction.atomic
def write_case(*, theme: Theme, title: str, parts: Mapping[str, str], by: Person, at: datetime) -> Case:
    """A draft, on behalf of the organisation of who writes it; nobody else sees it.

    Raises:
        CommunityRefused: not a member of the group, or it has no title.
    """
    if not may_read_group(by, theme):
        raise CommunityRefused(_("Only members of this working group write cases."))
    case = Case(theme=theme, author=by, organisation=organisation_of(by, theme.programme), made_at=at)
    _fill(case, title, parts)
    _note(case, "case.written", by=by, at=at)
    return case


@transaction.atomic
def change_case(*, case: Case, title: str, parts: Mapping[str, str], by: Person, at: datetime) -> None:
    """Other words; a published case stays published.

    Raises:
        CommunityRefused: it is another company's, or says too little.
    """
    _must_be_theirs(case, by)
    if case.published_at is not None:
        _must_tell(parts)
    _fill(case, title, parts)
    _note(case, "case.changed", by=by, at=at)


@transaction.atomic
def publish_case(*, case: Case, by: Person, at: datetime) -> None:
    """Let the members of the group read it.

    Raises:
        CommunityRefused: it is another company's, or does not tell enough to learn from.
    """
    _must_be_theirs(case, by)
    _must_tell({part: getattr(case, part) for part in PARTS})
    case.published_at = case.published_at or at
    case.save()
    _note(case, "case.published", by=by, at=at)


@transaction.atomic
def take_back_case(*, case: Case, by: Person, at: datetime) -> None:
    """A draft again: from now on only the company sees it.

    Raises:
        CommunityRefused: it is another company's.
    """
    _must_be_theirs(case, by)
    case.published_at = None
    case.save()
    _note(case, "case.taken_back", by=by, at=at)


def _fill(case: Case, title: str, parts: Mapping[str, str]) -> None:
    case.title = " ".join(title.split())
    if not case.title:
        raise CommunityRefused(_("Give the case a title."), "title")
    for part in PARTS:
        setattr(case, part, parts.get(part, "").strip()[:LONGEST_PART])
    case.save()


def _must_tell(parts: Mapping[str, str]) -> None:
    for part in ("context", "what", "came_of_it", "failed"):
        if not parts.get(part, "").strip():
            raise CommunityRefused(
                _("Others can learn from it when it tells the context, what you did, what came of it and what failed."),
                part,
            )


def _must_be_theirs(case: Case, by: Person) -> None:
    if not may_change_case(by, case):
        raise CommunityRefused(_("Only the company that this case is about can change it."))


def _note(case: Case, code: str, *, by: Person, at: datetime) -> None:
    record(
        by=by,
        at=at,
        code=code,
        programme=case.theme.programme_id,
        organisation=case.organisation_id,
        subject=str(case.pk),
        name=case.title,
    )
