"""What is told to everybody: the page of a programme, its news, what companies share, what came of a round.

And the way back: requests to join. Who asks has no account; their row is emptied as soon as somebody decided.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from lerend_web.programmes.models import Programme
from lerend_web.scans.models import Wave
from lerend_web.telling.enums import Asked


class ToldIsTold(Exception):
    """What was published is never changed: another version comes after it."""


class ProgrammePage(models.Model):
    """What a programme says of itself, in Markdown. Whether everybody sees it stands with the programme (`is_public`).

    `slug` stands in its address and never changes: people pass it on.
    """

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="page")
    slug = models.SlugField(max_length=60, unique=True)
    text_nl = models.TextField(blank=True)
    text_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.slug


class News(models.Model):
    """A piece of news, in one language or two; without `published_at` only the coordinator sees it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="news")
    title_nl = models.CharField(max_length=120, blank=True)
    text_nl = models.TextField(blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    text_en = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-published_at", "-id")

    def __str__(self) -> str:
        return self.title_nl or self.title_en


class SharedThemes(models.Model):
    """Themes that the companies share, as they were published on a day: safe to say, and not computed again.

    `content` holds the number of companies and per theme in how many at least; `rounds` with which round each
    organisation stood behind it, so that the next version differs by three organisations or none.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="shared_themes")
    content = models.JSONField()
    rounds = models.JSONField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)


class JoinRequest(models.Model):
    """Somebody asks whether their organisation can take part. Once decided, name, address and reason are gone."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="join_requests")
    company = models.CharField(max_length=120)
    contact_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    people = models.PositiveIntegerField()
    why = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="nl")
    state = models.CharField(max_length=9, choices=[(a.value, a.value) for a in Asked], default=Asked.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")

    def __str__(self) -> str:
        return self.company


class Trace(models.Model):
    """What the contact is writing about a round, before anybody else sees it."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="trace")
    language = models.CharField(max_length=2, default="nl")
    heard = models.TextField(blank=True)
    chosen = models.TextField(blank=True)
    not_chosen = models.TextField(blank=True)
    done = models.TextField(blank=True)
    came_of_it = models.TextField(blank=True)
    changed_at = models.DateTimeField()


class ToldTrace(models.Model):
    """One version of it as everybody could read it from `at` on; the newest that is not taken back is shown."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="told")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("wave", "number")
        constraints = (models.UniqueConstraint(fields=("wave", "number"), name="told_versions_of_a_wave_are_numbered"),)

    def save(self, *arguments: Any, **names: Any) -> None:
        """Raises: ToldIsTold."""
        if self.pk is not None:
            raise ToldIsTold
        super().save(*arguments, **names)
