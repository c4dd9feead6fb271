"""A programme: a joint effort of many organisations."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lerend_web.people.enums import ProgrammeRole


class Programme(models.Model):
    """`is_public`: its page, its news and its form to join can be found by everybody (`telling`)."""

    name = models.CharField(max_length=120)
    is_demo = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=40, default="Europe/Amsterdam")
    is_public = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class ProgrammeMember(models.Model):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="programme_roles")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in ProgrammeRole])

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("programme", "person", "role"), name="one_row_a_role_in_a_programme"),
        )


class JoinCode(models.Model):
    """A right to join, once: the contact of an organisation that is here already shows it. Kept as a hash."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="join_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
    until = models.DateTimeField()
