"""Pilots as fair tests: charter, teams, the frozen plan, what happened, effects, the verdict, and what evidence became of it.

No score of a person, and none of a team beyond a release, stands in any row. Names of volunteers stand here only until the
lot is drawn.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from lerend_web.organisations.models import Organisation
from lerend_web.pilots.enums import Faithful, GradeState, PilotState
from lerend_web.programmes.models import Programme
from lerend_web.scans.models import Wave
from lerend_web.themes.models import Theme

_STATES = [(one.value, one.value) for one in PilotState]
_FAITHFUL = [(one.value, one.value) for one in Faithful]
_GRADES = [(one.value, one.value) for one in GradeState]


class IsFrozen(Exception):
    """What was frozen, computed or signed never changes."""


class Unchanging(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *arguments: Any, **names: Any) -> None:
        """Raises: IsFrozen."""
        if self.pk is not None:
            raise IsFrozen
        super().save(*arguments, **names)


class Pilot(models.Model):
    """A new or adapted approach under test. This row is its charter.

    `key` is a random name. `factor` is the scale that must move, by its id in the model. `intervention` is an entry of the
    catalogue by its reference, empty for an approach that is made here. `sessions` and `weeks` are the planned dose.
    `smallest` is the smallest effect worth having, in standard deviations between people. `partner` is of the school.
    `reminded_on` is the last day on which a mail told the owner that something waits.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="pilots")
    key = models.CharField(max_length=26, unique=True)
    title = models.CharField(max_length=120)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="pilots")
    factor = models.CharField(max_length=60)
    intervention = models.CharField(max_length=80, blank=True)
    problem = models.TextField(max_length=2000)
    theory = models.TextField(max_length=2000, blank=True)
    approach = models.TextField(max_length=2000, blank=True)
    sessions = models.PositiveSmallIntegerField(default=4)
    weeks = models.PositiveSmallIntegerField(default=8)
    smallest = models.FloatField(default=0.2)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    partner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=_STATES, default=PilotState.DRAFT.value)
    stopped_why = models.CharField(max_length=500, blank=True)
    public_case = models.TextField(max_length=2000, blank=True)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(smallest__gt=0, smallest__lte=2), name="an_effect_is_worth_having"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Partner(models.Model):
    """A company that was asked to take part in a pilot; it does from `agreed_at` on. `compares` only measures.

    `may_publish_at` is when it agreed that the case is told in public.
    """

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="pilots")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    compares = models.BooleanField(default=False)
    may_publish_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("pilot", "organisation"), name="a_company_is_once_in_a_pilot"),)


class PilotTeam(models.Model):
    """A team in a pilot: an atom of the baseline round and, as far as can be known, of the next.

    `path` is what the release calls it, the company first; `units` are the paths in the tree that it is made of, from the round
    of that release (empty where a round had no groups of its own). `motivation` is a score that was measured before, 1 to 5, never
    somebody's hunch. `arm` and `start` (the number of the measurement before which it begins; 0: never) come by lot.
    """

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="teams")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    path = models.JSONField()
    units = models.JSONField(default=list, blank=True)
    name = models.CharField(max_length=200)
    people = models.PositiveIntegerField()
    motivation = models.FloatField(null=True, blank=True)
    volunteered = models.BooleanField(default=False)
    arm = models.CharField(max_length=20, blank=True)
    start = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("pilot", "organisation", "name"), name="a_team_is_once_in_a_pilot"),
        )

    def __str__(self) -> str:
        return self.name


class Measurement(models.Model):
    """When a pilot is measured in a company, and the round that does it once there is one; `number` 0 is the baseline."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="measurements")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    wave = models.ForeignKey(Wave, models.SET_NULL, null=True, blank=True, related_name="measures")

    class Meta:
        ordering = ("number", "organisation_id")
        constraints = (
            models.UniqueConstraint(
                fields=("pilot", "organisation", "number"), name="one_measurement_a_number_and_company"
            ),
        )


class FrozenPlan(Unchanging):
    """The plan as it was frozen before the start: arms, seed, dates, analysis, rule of the verdict; `content` is JSON."""

    pilot = models.OneToOneField(Pilot, models.CASCADE, related_name="plan")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()


class Pool(models.Model):
    """Where people or teams offer themselves, unconnected with any answer. `code_hash` is of the code on the cards."""

    pilot = models.OneToOneField(Pilot, models.CASCADE, related_name="pool")
    code_hash = models.BinaryField(max_length=32, unique=True)
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)


class Volunteer(models.Model):
    """Who offered themselves: only the school partner reads it, and it is gone once the lot is drawn."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="volunteers")
    name = models.CharField(max_length=120)
    reach = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(PilotTeam, models.CASCADE, null=True, blank=True, related_name="volunteers")

    class Meta:
        ordering = ("name", "id")


class LogCode(models.Model):
    """The code behind the QR on a team's board: whoever holds it can write in the log of that team, and read nothing."""

    team = models.OneToOneField(PilotTeam, models.CASCADE, related_name="code")
    code_hash = models.BinaryField(max_length=32, unique=True)


class LogEntry(models.Model):
    """One session of a pilot in a team: how long, how many came (a number, no names), whether the leader was there."""

    team = models.ForeignKey(PilotTeam, models.CASCADE, related_name="log")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    came = models.PositiveSmallIntegerField()
    leader_came = models.BooleanField(default=False)
    faithful = models.CharField(max_length=12, choices=_FAITHFUL, default=Faithful.AS_PLANNED.value)
    changed = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("on", "id")


class StoredEffect(Unchanging):
    """What was to be seen at a look: the effect with its interval that is valid then, as JSON with its digest."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="effects")
    look = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("look",)
        constraints = (models.UniqueConstraint(fields=("pilot", "look"), name="one_effect_a_look"),)


class Verdict(Unchanging):
    """What the rule that was frozen beforehand says of the last look, signed by a researcher."""

    pilot = models.OneToOneField(Pilot, models.CASCADE, related_name="verdict")
    verdict = models.CharField(max_length=20)
    why = models.JSONField(default=list)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()


class GradeChange(models.Model):
    """What a finished pilot proposes for the evidence of an intervention; it counts once a person has signed it.

    `before` and `after` hold grade and effect as JSON, `reasons` sentences in both languages. The history stays.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="grade_changes")
    pilot = models.ForeignKey(Pilot, models.SET_NULL, null=True, blank=True, related_name="grade_changes")
    intervention = models.CharField(max_length=80)
    before = models.JSONField()
    after = models.JSONField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=_GRADES, default=GradeState.PROPOSED.value)
    proposed_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why_not = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-id",)


class Advice(models.Model):
    """The next best steps that were shown to a company for a bottleneck, and what became of them.

    `content` is the advice as it was shown, JSON; `chosen` the reference that was taken, empty while nobody chose.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="advice")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    factor = models.CharField(max_length=60)
    content = models.JSONField()
    at = models.DateTimeField()
    chosen = models.CharField(max_length=80, blank=True)
    chose_why = models.CharField(max_length=500, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-id",)
