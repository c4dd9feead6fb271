"""Company forms: signed, under the organisation, and never anywhere near the urn."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from lerend_web.company_form.enums import FormState, InformantRole
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme


class FormWasSent(Exception):
    """What was sent under a name does not change any more."""


class CompanyForm(models.Model):
    """How one person sees the organisation, under their own name.

    `year` is the round of forms that it belongs to: a programme asks again when it wants to see what changed, and the
    earlier forms stay. `answers` holds what was filled in, by the id of the question; in a draft also what cannot be
    right yet, so that nothing that was typed is lost. `signed_as` is the name at the moment of sending. `is_shown_apart` is for a works
    council alone: without it nobody but the author sees the answers, and they count in nothing that others see.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="company_forms")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="company_forms")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="company_forms")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in InformantRole])
    instrument = models.CharField(max_length=80, default="company-form@1")
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in FormState], default=FormState.DRAFT)
    answers = models.JSONField(default=dict)
    signed_as = models.CharField(max_length=120, blank=True)
    is_shown_apart = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "programme", "person", "year"), name="one_company_form_a_person_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", sent_at__isnull=True) | models.Q(state="sent", sent_at__isnull=False),
                name="a_company_form_is_sent_at_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(is_shown_apart=False) | models.Q(role="works_council"),
                name="only_a_works_council_chooses_to_be_shown_apart",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    def save(self, *arguments: Any, **names: Any) -> None:
        """Raises: FormWasSent."""
        if self.pk and CompanyForm.objects.filter(pk=self.pk, state=FormState.SENT).exists():
            raise FormWasSent
        super().save(*arguments, **names)


class NamedInformant(models.Model):
    """Somebody whom the contact asked by name to fill in the form, in one role, for one year."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="named_informants")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="named_informants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="named_informants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in InformantRole])
    year = models.PositiveSmallIntegerField()
    named_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "programme", "person", "year"), name="a_person_is_named_once_a_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"
