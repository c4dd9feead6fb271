"""Meetings on the outcomes: who comes, what there is to choose, sealed ratings, what was revealed, and the decision."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from lerend_web.meetings.enums import Answer, MeetingKind, MeetingRole, MeetingState
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme

_KINDS = [(one.value, one.value) for one in MeetingKind]
_ROLES = [(one.value, one.value) for one in MeetingRole]
_STATES = [(one.value, one.value) for one in MeetingState]
_ANSWERS = [(one.value, one.value) for one in Answer]


class IsRevealed(Exception):
    """What was revealed never changes."""


class Meeting(models.Model):
    """Of a programme, or of one organisation in it: then only that organisation's contact leads and sees it.

    `key` is a random name for the calendar and for the codes. `theme` is the id of the theme or factor that a deepening
    meeting is about, empty where it was typed; `theme_name` is how it is called. `version` goes up with everything
    that a screen would show otherwise.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="meetings")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="meetings")
    key = models.CharField(max_length=26, unique=True)
    kind = models.CharField(max_length=10, choices=_KINDS)
    title = models.CharField(max_length=120)
    theme = models.CharField(max_length=60, blank=True)
    theme_name = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=_STATES, default=MeetingState.PLANNED.value)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-starts_at", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state not in {MeetingState.PLANNED, MeetingState.CLOSED}

    @property
    def is_rating(self) -> bool:
        return self.state in {MeetingState.ROUND_1, MeetingState.ROUND_2}

    @property
    def is_revealed(self) -> bool:
        return self.state in {MeetingState.REVEALED_1, MeetingState.REVEALED_2}

    @property
    def round(self) -> int:
        """The round that runs or was revealed last; 0 before the first."""
        first = {MeetingState.ROUND_1, MeetingState.REVEALED_1}
        second = {MeetingState.ROUND_2, MeetingState.REVEALED_2}
        return 1 if self.state in first else 2 if self.state in second else 0


class Invited(models.Model):
    """Somebody who is asked to come, as what, and whether they come. `person` where they have an account here.

    `email` is where their invitation went; empty where nothing was sent.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invited")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, default="")
    role = models.CharField(max_length=10, choices=_ROLES)
    answer = models.CharField(max_length=3, choices=_ANSWERS, blank=True, default=Answer.NONE.value)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "person"),
                condition=models.Q(person__isnull=False),
                name="one_answer_a_person_in_a_meeting",
            ),
        )


class RoleCode(models.Model):
    """The code on the cards of one role, as a hash: the code itself follows from a secret outside the database."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="codes")
    role = models.CharField(max_length=10, choices=_ROLES)
    code_hash = models.BinaryField(max_length=32, unique=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "role"), name="one_code_a_role_in_a_meeting"),)


class Seat(models.Model):
    """Somebody who takes part: a role, and the hash of a secret that only their phone holds. No name, no time.

    A sheet of paper that was typed in has a seat too, of which nobody holds the secret.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    role = models.CharField(max_length=10, choices=_ROLES)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    is_paper = models.BooleanField(default=False)


class Option(models.Model):
    """What can be chosen: a theme or factor, or in a deepening meeting a cause.

    `source` is the id of the theme or factor, empty for what people added. `concerns` says whom it concerns, in words
    that hide single companies. The last four are for causes.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="options")
    source = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=120)
    concerns = models.CharField(max_length=300, blank=True)
    for_whom = models.CharField(max_length=300, blank=True)
    since = models.CharField(max_length=120, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    tried = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """One seat's marks for one option, sealed: no page shows it. Gone as soon as its round is revealed."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="ratings")
    option = models.ForeignKey(Option, models.CASCADE, related_name="ratings")
    need = models.PositiveSmallIntegerField()
    influence = models.PositiveSmallIntegerField()
    feasibility = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("seat", "option"), name="one_rating_a_seat_and_option"),
            models.CheckConstraint(
                condition=models.Q(need__range=(1, 5), influence__range=(1, 5), feasibility__range=(1, 5)),
                name="marks_go_from_one_to_five",
            ),
        )


class Revealed(models.Model):
    """What was revealed of a round: `content` is JSON with groups of three or more, and never changes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reveals")
    round = models.PositiveSmallIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("round",)
        constraints = (models.UniqueConstraint(fields=("meeting", "round"), name="a_round_is_revealed_once"),)

    def save(self, *arguments: Any, **names: Any) -> None:
        """Raises: IsRevealed."""
        if self.pk is not None:
            raise IsRevealed
        super().save(*arguments, **names)


class Decision(models.Model):
    """What the meeting decided; no option where it could not choose, then `step` says how it goes on.

    `took_part` is how many seats of each role there were; `not_chosen` holds, per option that was not, why.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="decision")
    option = models.ForeignKey(Option, models.RESTRICT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=1000)
    dissent = models.CharField(max_length=1000, blank=True)
    step = models.CharField(max_length=500)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    took_part = models.JSONField(default=dict)
    not_chosen = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
