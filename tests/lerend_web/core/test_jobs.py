"""Work in the background: nothing of a person in its rows, nothing lost when a worker is killed, nothing kept for long."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import override_settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lerend_web.core import jobs
from lerend_web.ops.management.commands import work
from lerend_web.scans.domain.outbox import DELIVERY, send_invitations
from tests.lerend_web.core import background_work
from tests.lerend_web.scans.dairy import OPENS, new_dairy, opened_by_mail

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def test_invitations_go_by_a_job_that_knows_a_wave_and_nobody(tmp_path: Path) -> None:
    with override_settings(VAR=tmp_path):
        dairy = new_dairy()
        wave = opened_by_mail(dairy)
        send_invitations(wave=wave, by=dairy.contact, at=OPENS)
        rows = list(DBTaskResult.objects.values_list("args_kwargs", flat=True))
        call_command("work")
    assert rows == [{"args": [], "kwargs": {"wave": wave.pk}}]
    assert len(mail.outbox) == 62
    assert not DBTaskResult.objects.exists(), "when mails went is not kept"


def test_job_is_given_back_with_the_transaction_around_it() -> None:
    with pytest.raises(DatabaseError):
        _start_and_fail()
    assert not DBTaskResult.objects.exists()


@transaction.atomic
def _start_and_fail() -> None:
    jobs.start(DELIVERY, wave=1)
    raise DatabaseError


@pytest.mark.parametrize("argument", ["somebody@voorbeeld.invalid", "two words", "a" * 41, ""])
def test_arguments_are_ids_and_codes_only(argument: str) -> None:
    with pytest.raises(ValueError, match="ids and public codes"):
        jobs.start(DELIVERY, wave=argument)


def test_job_of_a_killed_worker_is_done_again_after_its_lease_and_not_before() -> None:
    code = jobs.start(DELIVERY, wave=1)
    began = timezone.now()
    DBTaskResult.objects.filter(pk=code).update(status=TaskResultStatus.RUNNING, started_at=began)
    assert jobs.return_stalled(at=began + jobs.LEASE - timedelta(seconds=1)) == 0
    assert jobs.return_stalled(at=began + jobs.LEASE) == 1
    call_command("work")
    assert jobs.state_of(code) is None


def test_work_that_comes_back_waits_for_its_time_and_for_the_last_run() -> None:
    name, every = "lerend_web.scans.tasks.take_returned_mails", timedelta(minutes=10)
    began = timezone.now()
    for minutes in (0, 5, 60):
        jobs.start_every(name, every=every, at=began + timedelta(minutes=minutes))
    assert DBTaskResult.objects.count() == 1, "it waits still"
    call_command("work")
    jobs.start_every(name, every=every, at=began + timedelta(minutes=9))
    assert DBTaskResult.objects.count() == 1
    jobs.start_every(name, every=every, at=began + timedelta(minutes=11))
    assert DBTaskResult.objects.count() == 2
    with pytest.raises(ValueError, match="still known"):
        jobs.start_every(name, every=jobs.KEPT + timedelta(seconds=1), at=began)


def test_failed_job_says_where_and_keeps_none_of_its_words() -> None:
    code = jobs.start("tests.lerend_web.core.background_work.breaks", number=7)
    call_command("work")
    row = DBTaskResult.objects.get(pk=code)
    state = jobs.state_of(code)
    assert state is not None
    assert state.failed
    assert "background_work.py" in row.traceback
    assert "secret words" not in row.traceback


def test_outcome_and_progress_of_long_work_can_be_asked() -> None:
    code = jobs.start("tests.lerend_web.core.background_work.doubles", number=21)
    assert jobs.state_of(code) == jobs.JobState(done=False, failed=False, progress=0)
    call_command("work")
    assert jobs.state_of(code) == jobs.JobState(done=True, failed=False, progress=100, outcome=42)
    assert jobs.forget_finished(at=timezone.now() + jobs.KEPT) == 1
    assert jobs.state_of(code) is None


def test_long_work_says_how_far_it_is_and_is_never_whole_before_its_end() -> None:
    background_work.SEEN.clear()
    code = jobs.start("tests.lerend_web.core.background_work.tells_how_far", number=5)
    call_command("work")
    assert [state.progress for state in background_work.SEEN if state and not state.done] == [40, 99]
    assert jobs.state_of(code) == jobs.JobState(done=True, failed=False, progress=100, outcome=5)


def test_sign_of_life_renews_the_lease() -> None:
    code = jobs.start(DELIVERY, wave=1)
    began = timezone.now()
    DBTaskResult.objects.filter(pk=code).update(status=TaskResultStatus.RUNNING, started_at=began)
    jobs.report_progress(code, 50, at=began + jobs.LEASE / 2)
    assert jobs.return_stalled(at=began + jobs.LEASE) == 0


def test_job_that_was_stopped_is_done_by_the_next_worker_at_once() -> None:
    background_work.SEEN.clear()
    code = jobs.start("tests.lerend_web.core.background_work.is_stopped_once", number=5)
    call_command("work")
    call_command("work")
    assert len(background_work.SEEN) == 2
    assert jobs.state_of(code) == jobs.JobState(done=True, failed=False, progress=100, outcome=5)


def test_same_work_waits_once() -> None:
    for wave in (1, 1, 2):
        jobs.start_once(DELIVERY, wave=wave)
    assert DBTaskResult.objects.count() == 2


def test_worker_outlives_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_names: object) -> int:
        raise DatabaseError

    monkeypatch.setattr(jobs, "return_stalled", away)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    work._one_round_whatever_happens(work.new_worker())


def test_worker_stops_on_a_signal(environment: dict[str, str], tmp_path: Path) -> None:
    environment = environment | {"LEREND_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "lerend_web"]
    subprocess.run([*command, "migrate", "-v0", "django_tasks_database"], env=environment, check=True)
    with subprocess.Popen([*command, "work", "--every=0.1"], env=environment) as worker:
        time.sleep(3)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
