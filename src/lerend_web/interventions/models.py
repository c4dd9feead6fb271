"""Entries that people of a programme propose and review, scripts that they write, and workshops where they make some.

No score stands in any row, and nothing about who answered.
"""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models

from lerend_web.interventions.enums import ProposalState, ScriptState, Seat, Verdict, Wording
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.themes.models import Theme


def _choices(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in values]


class Workshop(models.Model):
    """Where members of the working group of a theme make an intervention together."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="workshops")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="workshops")
    name = models.CharField(max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class WorkshopVersion(models.Model):
    """The text of the approach so far, by the parts of the card; a version never changes. `changed` names parts."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2, default="nl")
    content = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("workshop", "number"), name="one_workshop_version_of_a_number"),)


class Session(models.Model):
    """When the makers meet, in the programme's zone, for how long, and what they do."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="sessions")
    on = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)

    class Meta:
        ordering = ("on", "begins", "id")


class TryOut(models.Model):
    """Somebody tried a version, and this happened. `organisation` is where; none for a school or elsewhere."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="tries")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField()
    on = models.DateField()
    happened = models.TextField()
    next = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-id")


class Remark(models.Model):
    """What a maker says about a version; `role` is as what, for a company sees other things than a school."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="remarks")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)


class Proposal(models.Model):
    """An entry for the catalogue of a programme, as it is written and reviewed.

    `content` holds the card by the fields of its form (`rules.PARTS`); `sent` what it held when it was last sent.
    `entry` is the id of the entry, given at the first sending; a better version of an entry has it from the start.
    `asked` is what the coordinator asked for when sending it back; empty again when it is sent anew.
    `organisation` is on whose behalf; none for people with a part in the programme itself.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="proposals")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    workshop = models.ForeignKey(Workshop, models.SET_NULL, null=True, blank=True, related_name="proposals")
    entry = models.CharField(max_length=60, blank=True)
    wording = models.CharField(max_length=4, choices=_choices(Wording))
    content = models.JSONField(default=dict)
    sent = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=_choices(ProposalState), default=ProposalState.DRAFT.value)
    round = models.PositiveSmallIntegerField(default=0)
    asked = models.TextField(blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called so far, in the language that there is."""
        return str(self.content.get("name_nl") or self.content.get("name_en") or "")


class Review(models.Model):
    """What one of the three says of a proposal as it was sent; what a later round says counts anew."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    seat = models.CharField(max_length=10, choices=_choices(Seat))
    verdict = models.CharField(max_length=8, choices=_choices(Verdict))
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("proposal", "round", "seat"), name="one_review_a_seat_in_a_round"),
            models.UniqueConstraint(fields=("proposal", "round", "by"), name="one_review_a_person_in_a_round"),
            models.CheckConstraint(
                condition=~models.Q(verdict="change", words=""), name="who_asks_for_a_change_says_which"
            ),
        )


class OwnEntry(models.Model):
    """A version of an entry that a programme accepted, as a file of the catalogue; it never changes.

    `changed` names the parts that differ from the version before.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="own_entries")
    entry = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    wording = models.CharField(max_length=4, choices=_choices(Wording))
    content = models.JSONField()
    source = models.TextField()
    changed = models.JSONField(default=list)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("entry", "version"), name="an_entry_has_a_version_once"),)


class OwnScript(models.Model):
    """The script that somebody writes for an entry without one; the entry has it when `state` is approved.

    `content`: people and material by language, and steps with minutes, do and say.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="own_scripts")
    entry = models.CharField(max_length=60)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    wording = models.CharField(max_length=4, choices=_choices(Wording))
    content = models.JSONField(default=dict)
    source = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=_choices(ScriptState), default=ScriptState.CLAIMED.value)
    words = models.TextField(blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("programme", "entry"), name="one_script_an_entry_in_a_programme"),
        )
