"""Companies and schools, who has which role there, and their tree of units."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lerend_web.people.enums import OrganisationRole
from lerend_web.programmes.models import Programme


class Organisation(models.Model):
    """A company or school; it can take part in several programmes."""

    name = models.CharField(max_length=120)
    programmes = models.ManyToManyField(Programme, related_name="organisations", blank=True)

    def __str__(self) -> str:
        return self.name


class OrganisationMember(models.Model):
    """A role in an organisation; `unit` only for a team leader."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="organisation_roles")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in OrganisationRole])
    unit = models.ForeignKey("Unit", models.SET_NULL, null=True, blank=True, related_name="leaders")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "person", "role", "unit"), name="one_row_a_role_in_an_organisation"
            ),
        )


class Unit(models.Model):
    """A team or department: any node below the organisation. `headcount` counts its own people, agency workers too."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=120)
    headcount = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "parent", "name"), name="names_differ_below_one_parent", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="a_unit_is_not_its_own_parent",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Circumstance(models.Model):
    """Something that is so or not so in an organisation and that no scan asks, by its name in the catalogue of interventions.

    What nobody said has no row: then it is not known.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="circumstances")
    name = models.CharField(max_length=40)
    is_so = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "name"), name="a_circumstance_is_said_once_of_an_organisation"
            ),
        )

    def __str__(self) -> str:
        return self.name
