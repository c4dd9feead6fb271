"""The grade of an entry in a programme: what was signed last, everything that was proposed, and what waits to be decided."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from lerend.evidence.grading.literature import Grade
from lerend.evidence.grading.standing import Standing
from lerend.interventions.catalogue import Intervention
from lerend.release.plain import read as value_of
from lerend_web.people.models import Person
from lerend_web.pilots.domain.finished import published_grade
from lerend_web.pilots.enums import GradeState
from lerend_web.pilots.models import GradeChange, Pilot
from lerend_web.pilots.rules import SIGNERS
from lerend_web.programmes.models import Programme


def grade_of(programme: Programme, entry: Intervention) -> Grade:
    """The grade that people signed last in this programme; else the one that the entry came with."""
    signed = history_of(programme, entry.id).filter(state=GradeState.SIGNED.value).first()
    return published_grade(entry) if signed is None else standing_after(signed).grade


def history_of(programme: Programme, entry: str) -> QuerySet[GradeChange]:
    """Everything that was proposed for an entry in this programme, what was decided last first."""
    found = GradeChange.objects.filter(programme=programme, intervention=entry)
    return found.select_related("pilot", "by").order_by(F("decided_at").desc(nulls_first=True), "-pk")


def grades_to_sign_by(person: Person) -> list[GradeChange]:
    """Open proposals in the programmes in which somebody decides on them, the oldest first."""
    roles = [role.value for role in SIGNERS]
    programmes = person.programme_roles.filter(role__in=roles).values("programme")
    found = GradeChange.objects.filter(programme__in=programmes, state=GradeState.PROPOSED.value, pilot__isnull=False)
    return list(found.select_related("pilot").order_by("proposed_at", "pk"))


def change_of(pilot: Pilot) -> GradeChange | None:
    """What this pilot proposed, whatever became of it."""
    return pilot.grade_changes.select_related("by", "programme").first()


def standing_before(change: GradeChange) -> Standing:
    return _standing(change.before)


def standing_after(change: GradeChange) -> Standing:
    return _standing(change.after)


def _standing(content: Any) -> Standing:
    found = value_of(Standing, content["standing"])
    assert isinstance(found, Standing)  # noqa: S101 -- tells the type checker what was asked for
    return found
