"""Models and questionnaires that a programme made itself. Those that come with the platform stand in the library."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from lerend_web.instruments.enums import Kind
from lerend_web.programmes.models import Programme


class VersionIsPublished(Exception):
    """What was published never changes and never goes: rounds that use it were promised these words."""


class OwnVersion(models.Model):
    """One version of a model or a questionnaire of a programme: a draft until it is published.

    `name` holds the programme's number (`rules.own_name`), so that a reference such as ``dairy-scan-p7@2`` means one
    thing on the whole platform. `source` is the text of the file and `digest` its SHA-256. `compared_with` is the
    reference of the version from which it was made, empty where there was none.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="own_versions")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    source = models.TextField()
    digest = models.CharField(max_length=64)
    compared_with = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "-version")
        constraints = (
            models.UniqueConstraint(fields=("name", "version"), name="a_version_of_a_name_is_there_once"),
            models.UniqueConstraint(
                fields=("name",), condition=models.Q(published_at__isnull=True), name="one_draft_of_a_name_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def save(self, *arguments: Any, **names: Any) -> None:
        """Raises: VersionIsPublished."""
        self._must_not_be_published()
        super().save(*arguments, **names)

    def delete(self, *arguments: Any, **names: Any) -> tuple[int, dict[str, int]]:
        """Raises: VersionIsPublished."""
        self._must_not_be_published()
        return super().delete(*arguments, **names)

    def _must_not_be_published(self) -> None:
        if self.pk and OwnVersion.objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise VersionIsPublished
