"""What moderators decided about comments, what was shown of a round once and for all, and a programme's word lists."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from lerend_web.comments.enums import Decision
from lerend_web.programmes.models import Programme
from lerend_web.scans.models import FrozenComment, Wave


class AreReleased(Exception):
    """What was shown of a round never changes."""


class ReadComment(models.Model):
    """A moderator read this comment and decided; can be decided anew until the comments of the round are released.

    `factor` is the id of the factor or outcome that it is about, empty for what is in no model; `also` holds ids of
    others. `at` is when the moderator decided, which says nothing about when somebody wrote.
    """

    comment = models.OneToOneField(FrozenComment, models.CASCADE, related_name="reading")
    factor = models.CharField(max_length=60, blank=True)
    also = models.JSONField(default=list)
    decision = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Decision])
    paraphrase = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decision="paraphrase") ^ models.Q(paraphrase=""),
                name="a_paraphrase_has_words_and_only_a_paraphrase",
            ),
        )


class ReleasedComments(models.Model):
    """What is shown of a round, all at once: `content` is JSON, mixed when it was made, and never changes.

    `digest` is the SHA-256 of `content`.
    """

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="released_comments")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def save(self, *arguments: Any, **names: Any) -> None:
        """Raises: AreReleased."""
        if self.pk is not None:
            raise AreReleased
        super().save(*arguments, **names)


class OwnWordList(models.Model):
    """Word lists of a programme in one language, as a file; the newest that is no draft is in use.

    A draft was handed in and not yet put to use: its difference can be read first. Earlier ones stay, to see what
    comments were sorted with.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="word_lists")
    language = models.CharField(max_length=2)
    text = models.TextField()
    is_draft = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "language"),
                condition=models.Q(is_draft=True),
                name="one_draft_of_word_lists_a_language",
            ),
        )
