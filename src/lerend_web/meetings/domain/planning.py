"""Planning a meeting: when, where, about what, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lerend_web.core.audit import record
from lerend_web.meetings.domain.codes import make_codes
from lerend_web.meetings.enums import MeetingKind
from lerend_web.meetings.models import Meeting, Option
from lerend_web.meetings.queries import lock
from lerend_web.meetings.rules import MAY_CHANGE_OPTIONS, MOST_OPTIONS, MeetingRefused
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.urn.passes import new_public_code


@dataclass(frozen=True, slots=True)
class NewOption:
    """Something to choose from, before it is stored; the last four are for causes."""

    name: str
    source: str = ""
    concerns: str = ""
    for_whom: str = ""
    since: str = ""
    evidence: str = ""
    tried: str = ""


def plan_meeting(
    *,
    programme: Programme,
    organisation: Organisation | None,
    kind: MeetingKind,
    title: str,
    starts_at: datetime,
    place: str,
    contact: str,
    minutes: int = 60,
    theme: str = "",
    theme_name: str = "",
    options: Sequence[NewOption] = (),
    by: Person | None,
    at: datetime,
) -> Meeting:
    """Plan a meeting with its codes, and with what there is to choose from.

    Raises:
        MeetingRefused: a deepening meeting without a theme, or too many options.
    """
    if kind is MeetingKind.DEEPENING and not theme_name.strip():
        raise MeetingRefused(_("Say which theme this meeting deepens."))
    if len(options) > MOST_OPTIONS:
        raise MeetingRefused(_("Choose eight at most: more cannot be rated in silence in five minutes."))
    meeting = Meeting(
        programme=programme,
        organisation=organisation,
        key=new_public_code(),
        kind=kind.value,
        title=title.strip(),
        theme=theme,
        theme_name=theme_name.strip(),
        starts_at=starts_at,
        minutes=minutes,
        place=place.strip(),
        contact=contact.strip(),
    )
    with transaction.atomic():
        meeting.save()
        Option.objects.bulk_create(_row(meeting, one) for one in options)
        make_codes(meeting)
        note(meeting, "meeting.planned", by=by, at=at, kind=kind.value)
    return meeting


def add_option(*, meeting: Meeting, option: NewOption, by: Person | None, at: datetime) -> Option:
    """Add something to choose from, as long as nobody has rated.

    Raises:
        MeetingRefused: rating has begun, there are eight already, or this one is there.
    """
    with transaction.atomic():
        _must_take_changes(meeting)
        if meeting.options.count() >= MOST_OPTIONS:
            raise MeetingRefused(_("Choose eight at most: more cannot be rated in silence in five minutes."))
        if meeting.options.filter(name__iexact=option.name.strip()).exists():
            raise MeetingRefused(_("This is on the list already."))
        row = _row(meeting, option)
        row.save()
        has_changed(meeting)
        note(meeting, "meeting.option_added", by=by, at=at)
    return row


def remove_option(*, meeting: Meeting, option: Option, by: Person | None, at: datetime) -> None:
    """Take something off the list.

    Raises:
        MeetingRefused: rating has begun, or it was decided.
    """
    with transaction.atomic():
        _must_take_changes(meeting)
        option.delete()
        has_changed(meeting)
        note(meeting, "meeting.option_removed", by=by, at=at)


def has_changed(meeting: Meeting) -> None:
    """Let every screen look again. The meeting is locked."""
    meeting.version += 1
    meeting.save()


def note(meeting: Meeting, code: str, *, by: Person | None, at: datetime, **detail: object) -> None:
    """One row of history; never who rated what."""
    record(
        by=by,
        at=at,
        code=code,
        programme=meeting.programme_id,
        organisation=meeting.organisation_id,
        subject=meeting.key,
        **detail,
    )


def _must_take_changes(meeting: Meeting) -> None:
    lock(meeting)
    if meeting.state not in MAY_CHANGE_OPTIONS:
        raise MeetingRefused(_("Rating has begun: what there is to choose from stays as it is."))


def _row(meeting: Meeting, option: NewOption) -> Option:
    return Option(
        meeting=meeting,
        name=option.name.strip(),
        source=option.source,
        concerns=option.concerns,
        for_whom=option.for_whom.strip(),
        since=option.since.strip(),
        evidence=option.evidence.strip(),
        tried=option.tried.strip(),
    )
