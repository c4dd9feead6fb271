"""Series of short pulses: three questions about one action or pilot, a few times, planned and promised as one. No answer stands here."""

from __future__ import annotations

from django.db import models

from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave
from lerend_web.themes.models import Action


class PulseSeries(models.Model):
    """All pulses about one action or pilot: one consent, one making of keys, one promise.

    `units` names who is asked, each as ``{"unit": path, "arm": label}``; the arm is empty unless groups are compared.
    `promise` is the exact text that holds for all pulses, with the digest of the promise of each; `promise_digest` its
    SHA-256. `action` or `pilot` is what the questions are about; of a pilot its key stands here.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="pulse_series")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="pulse_series")
    pilot = models.CharField(max_length=26, blank=True, db_index=True)
    code = models.CharField(max_length=26, unique=True)
    name = models.CharField(max_length=120)
    instrument = models.CharField(max_length=80)
    units = models.JSONField()
    k = models.PositiveSmallIntegerField(default=5)
    mode = models.CharField(max_length=8, choices=[(mode.value, mode.value) for mode in Mode], default=Mode.CARD)
    works_council_consent_on = models.DateField(null=True, blank=True)
    works_council_not_applicable = models.CharField(max_length=300, blank=True)
    promise = models.TextField(blank=True)
    promise_digest = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "pulse series"
        constraints = (
            models.CheckConstraint(condition=models.Q(k__gte=5), name="a_pulse_never_shows_fewer_than_five"),
            models.CheckConstraint(
                condition=models.Q(sealed_at__isnull=True) ^ ~models.Q(promise_digest=""),
                name="a_sealed_series_has_its_promise",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Pulse(models.Model):
    """One pulse of a series: a wave of its own, through the same doors and urn as a scan.

    `wave` is empty for one that was planned and never held, because the series was stopped.
    """

    series = models.ForeignKey(PulseSeries, models.CASCADE, related_name="pulses")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    wave = models.OneToOneField(Wave, models.SET_NULL, null=True, blank=True, related_name="pulse")

    class Meta:
        ordering = ("series", "number")
        constraints = (models.UniqueConstraint(fields=("series", "number"), name="pulses_of_a_series_are_numbered"),)

    def __str__(self) -> str:
        return f"{self.series} {self.number}"
