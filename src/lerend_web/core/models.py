"""Rows that every app shares: the history of changes, and the clock of the demo."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One change, written in the same transaction. No foreign keys, so that history never gets in the way of life.

    `code` is a past tense such as ``wave.opened``; `detail` never holds answers, secrets or names of people who answer.
    """

    at = models.DateTimeField()
    actor = models.PositiveBigIntegerField(null=True)
    code = models.CharField(max_length=64)
    programme = models.PositiveBigIntegerField(null=True, db_index=True)
    organisation = models.PositiveBigIntegerField(null=True, db_index=True)
    subject = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)


class DemoClock(models.Model):
    """How far the demo has jumped ahead of today; only the demo has a row."""

    days_ahead = models.PositiveIntegerField(default=0)
