"""The working group of a theme, what its members tell each other, and learning partners. No score stands in any row."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.themes.models import Theme


class GroupMember(models.Model):
    """Somebody who was invited to the working group of a theme; a member from `joined_at` on.

    `organisation` is on whose behalf, none for people with a part in the programme itself. `on_list_at` is when they
    agreed that the other members see their name and address. Who leaves or says no has no row any more.
    """

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="group")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="working_groups")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    on_list_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("theme", "person"), name="one_row_a_person_in_a_working_group"),
            models.CheckConstraint(
                condition=models.Q(on_list_at__isnull=True) | models.Q(joined_at__isnull=False),
                name="only_members_are_on_the_contact_list",
            ),
        )


class GroupDate(models.Model):
    """A date on the agenda of a working group, in the programme's zone."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="dates")
    on = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("on", "begins", "id")


class Case(models.Model):
    """A practical case: what a company tried for a theme and what came of it, in fixed parts of plain text.

    A draft until `published_at`; the group reads it then, and the company can take it back. `organisation` is none
    where a teacher or researcher tells it.
    """

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="cases")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="cases")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=120)
    context = models.TextField(blank=True)
    what = models.TextField(blank=True)
    dose = models.TextField(blank=True)
    cost = models.TextField(blank=True)
    came_of_it = models.TextField(blank=True)
    failed = models.TextField(blank=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-published_at", "-id")

    def __str__(self) -> str:
        return self.title


class PartnerWish(models.Model):
    """An organisation that wants a learning partner in a programme, and what it can and wants.

    `reach_km` is empty for any distance; `capacity` is with how many others at once.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partner_wishes")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="partner_wishes")
    town = models.CharField(max_length=40)
    reach_km = models.PositiveIntegerField(null=True, blank=True)
    branch = models.CharField(max_length=20, blank=True)
    also_same_branch = models.BooleanField(default=False)
    capacity = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("programme", "organisation"), name="one_wish_an_organisation"),)


class KeptApart(models.Model):
    """Two organisations that never become partners: competitors. The one with the smaller number stands first."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="kept_apart")
    one = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("programme", "one", "other"), name="two_are_kept_apart_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="smaller_number_first"),
        )


class PartnerProposal(models.Model):
    """Two organisations of which one (`giver`) is strong where the other (`taker`) has room, by a factor's id.

    Names are exchanged when both said yes. Who said no is not kept, only that it ended.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partner_proposals")
    giver = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    taker = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    factor = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    giver_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    giver_at = models.DateTimeField(null=True, blank=True)
    taker_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taker_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="nobody_is_their_own_partner"),
        )

    @property
    def is_agreed(self) -> bool:
        """Whether both said yes, so that they know each other."""
        return self.giver_at is not None and self.taker_at is not None and self.ended_at is None
