"""History is written with the change that it tells of, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from lerend_web.core.audit import record
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import ProgrammeRole
from lerend_web.programmes.domain.members import give_programme_role, take_programme_role
from lerend_web.programmes.models import Programme, ProgrammeMember
from tests.lerend_web.actors import person

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_history_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"thing\.done: history is written in the transaction"):
        record(by=None, at=AT, code="thing.done")
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_change_and_history_disappear_together() -> None:
    programme, one = Programme.objects.create(name="P"), person("someone")

    @transaction.atomic
    def given_then_broken() -> None:
        give_programme_role(programme=programme, person=one, role=ProgrammeRole.TEACHER, by=None, at=AT)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        given_then_broken()
    assert not ProgrammeMember.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_change_fails_when_its_history_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_values: object) -> None:
        raise OSError

    monkeypatch.setattr(AuditEntry.objects, "create", broken)
    with pytest.raises(OSError, match=r"^$"):
        give_programme_role(
            programme=Programme.objects.create(name="P"), person=person("x"), role=ProgrammeRole.TEACHER, by=None, at=AT
        )
    assert not ProgrammeMember.objects.exists()


@pytest.mark.django_db
def test_history_says_who_when_what_and_where() -> None:
    programme, one, other = Programme.objects.create(name="P"), person("one"), person("other")
    give_programme_role(programme=programme, person=other, role=ProgrammeRole.TEACHER, by=one, at=AT)
    entry = AuditEntry.objects.get()
    assert (entry.at, entry.actor, entry.code) == (AT, one.pk, "programme_role.given")
    assert (entry.programme, entry.organisation, entry.subject) == (programme.pk, None, str(other.pk))
    assert entry.detail == {"role": "teacher"}


@pytest.mark.django_db
def test_what_changes_nothing_leaves_no_history() -> None:
    programme, one = Programme.objects.create(name="P"), person("one")
    for _twice in range(2):
        give_programme_role(programme=programme, person=one, role=ProgrammeRole.TEACHER, by=None, at=AT)
    for _twice in range(2):
        take_programme_role(programme=programme, person=one, role=ProgrammeRole.TEACHER, by=None, at=AT)
    codes = list(AuditEntry.objects.order_by("pk").values_list("code", flat=True))
    assert codes == ["programme_role.given", "programme_role.taken"]
