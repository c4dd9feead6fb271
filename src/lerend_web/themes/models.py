"""What a programme works on, and what each company does about it. No score stands here, and none is derived from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.themes.enums import ActionState, ThemeState


class Theme(models.Model):
    """A theme of a programme, and the factors that it stands for, by their ids in the model.

    `why` says why it was not chosen. A theme that is chosen or running has an owner and a next date (`rules`).
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="themes")
    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    factors = models.JSONField(default=list)
    state = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in ThemeState], default=ThemeState.PROPOSED.value
    )
    why = models.CharField(max_length=500, blank=True)
    next_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="themes")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="not_chosen") ^ models.Q(why=""),
                name="a_theme_that_is_not_chosen_says_why_and_no_other",
            ),
            models.CheckConstraint(
                condition=models.Q(next_on__isnull=False) | ~models.Q(state__in=("chosen", "running")),
                name="a_chosen_theme_has_a_next_date",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.name_en if (get_language() or "nl").startswith("en") else self.name_nl


class Action(models.Model):
    """Something that an organisation does about a theme or a factor.

    `what` is in its own words; `intervention` names one of the catalogue, by its reference, where there is one.
    `pulse_on` is when three short questions are planned, `pulse_about` what they are to be about.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="actions")
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="actions")
    factor = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=200)
    intervention = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="actions")
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in ActionState], default=ActionState.PLANNED.value
    )
    pulse_on = models.DateField(null=True, blank=True)
    pulse_about = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.what


class ActionStep(models.Model):
    """One step of an action, with who does it and by when."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="action_steps")
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")


class ActionNote(models.Model):
    """A line in the log of an action: what happened."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="notes")
    text = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
