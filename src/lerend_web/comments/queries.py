"""Comments and word lists, as far as a person reaches."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from lerend_web.comments.models import OwnWordList, ReadComment
from lerend_web.comments.rules import MODERATOR, place_for
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import FrozenComment, Wave
from lerend_web.scans.queries import waves_for


def waves_to_moderate(person: Person) -> QuerySet[Wave]:
    """Closed waves whose comments somebody may read: as a moderator, and never with a role in the organisation."""
    roles = [role for role in MODERATOR if isinstance(role, ProgrammeRole)]
    inside = person.organisation_roles.values("organisation")
    return waves_for(person, *roles).filter(state=WaveState.CLOSED).exclude(organisation__in=inside)


def with_what_is_left(waves: QuerySet[Wave]) -> QuerySet[Wave]:
    """Waves with comments that are not released yet; `left` is how many nobody has read."""
    unread = Count("comments", filter=Q(comments__reading__isnull=True))
    found = waves.filter(comments__isnull=False, released_comments__isnull=True)
    return found.annotate(left=unread).order_by("closed_at", "pk")


def queue_of(wave: Wave, person: Person) -> list[FrozenComment]:
    """What nobody has read yet, in this moderator's own order."""
    unread = FrozenComment.objects.filter(wave=wave, reading__isnull=True)
    return sorted(unread, key=lambda one: place_for(person.pk, one.pk, wave.code))


def readings_of(wave: Wave, person: Person) -> list[ReadComment]:
    """What was decided, in the same order."""
    found = ReadComment.objects.filter(comment__wave=wave).select_related("comment", "by")
    return sorted(found, key=lambda one: place_for(person.pk, one.comment_id, wave.code))


def word_lists_of(programme: Programme) -> dict[str, OwnWordList]:
    """The own lists in use, by language."""
    rows = OwnWordList.objects.filter(programme=programme, is_draft=False).order_by("id")
    return {row.language: row for row in rows}
