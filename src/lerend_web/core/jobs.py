"""Work in the background: rows of the register's database, done by ``python -m lerend_web work``.

A library keeps and runs them (django-tasks-db); here stands what it does not do. Arguments are ids and public codes,
for they are stored as they are; so is what a task gives back. Every task can be run again from the start: whoever is
killed leaves a lease that runs out. A code finds a job and gives no right to it: the page that asks has to check that.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

LEASE: Final = timedelta(minutes=10)
"""After so long without a sign of life, whoever was busy with a job is taken for dead, and the job is done again."""
KEPT: Final = timedelta(days=1)
"""So long a page may ask what became of a job."""
LONG_WORK: Final = "default"
MAIL: Final = "mail"
"""The queue whose jobs are forgotten as soon as they end: when mails went is not kept."""
_CODE: Final = re.compile(r"[0-9A-Za-z-]{1,40}")
_ENDED: Final = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
_STOPPED: Final = ("builtins.SystemExit", "builtins.KeyboardInterrupt")

P = ParamSpec("P")
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is, in percent; `outcome` is the id that it gave back."""

    done: bool
    failed: bool
    progress: int
    outcome: int | None = None


class JobFailed(Exception):
    """A task broke off. Holds the kind of error and the place in the code: its own text may hold what nobody may keep."""


def background(*, queue: str = LONG_WORK, told_its_code: bool = False) -> Callable[[Callable[P, T]], Task[P, T]]:
    """Make a function of a module a task; with `told_its_code` it is given a `context` for `report_progress`."""

    def as_task(function: Callable[P, T]) -> Task[P, T]:
        @wraps(function)
        def quiet(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return function(*args, **kwargs)
            except Exception as error:
                failure = JobFailed(f"{type(error).__name__} at {_place_of(error)}")
            _log.warning("A job failed (%s): %s", function.__name__, failure)
            raise failure

        return task(queue_name=queue, takes_context=told_its_code)(quiet)  # type: ignore[call-overload, no-any-return]  # its types know only the words True and False

    return as_task


def start(name: str, **ids: int | str) -> str:
    """Leave work to the background, stored together with what the transaction around it stores; gives its code.

    A task is named by where it stands (``lerend_web.scans.tasks.deliver_mails``), as a page is named by its address:
    a domain that starts it does not import it.

    Raises:
        ValueError: an argument is no number and no public code.
    """
    if not all(isinstance(value, int) or _CODE.fullmatch(value) for value in ids.values()):
        raise ValueError("a job takes ids and public codes only: its arguments are stored")
    found: Task[..., Any] = import_string(name)
    return str(found.enqueue(**ids).id)


def start_once(name: str, **ids: int | str) -> None:
    """The same, unless it waits already."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=name)
    if not any(row.args_kwargs["kwargs"] == ids for row in waiting):
        start(name, **ids)


def start_every(name: str, *, every: timedelta, at: datetime) -> None:
    """The same for work that comes back: unless it waits, is being done, or was started less than `every` ago.

    It belongs in a queue that keeps its rows for a while: the last one says when the next is due.

    Raises:
        ValueError: `every` is longer than a finished job is kept, so nothing would say when it ran last.
    """
    if every > KEPT:
        raise ValueError("a job that comes back must come back while its last run is still known")
    busy = Q(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    if not DBTaskResult.objects.filter(task_path=name).filter(busy | Q(enqueued_at__gt=at - every)).exists():
        start(name)


def report_progress(code: str, percent: int, *, at: datetime) -> None:
    """Say from within a task how far it is, which renews its lease as well. In a transaction nobody sees it before its end."""
    running = DBTaskResult.objects.filter(pk=code, status=TaskResultStatus.RUNNING)
    running.update(return_value=max(0, min(percent, 99)), started_at=at)


def state_of(code: str) -> JobState | None:
    """None where there is no such job, or not any more."""
    try:
        row = DBTaskResult.objects.filter(pk=code).first()
    except ValidationError:
        return None
    if row is None:
        return None
    number = row.return_value if isinstance(row.return_value, int) else None
    if row.status in _ENDED:
        return JobState(done=True, failed=row.status == TaskResultStatus.FAILED, progress=100, outcome=number)
    return JobState(done=False, failed=False, progress=number or 0)


def return_stalled(*, at: datetime) -> int:
    """Give back the jobs of whoever was killed, once their lease is over, or stopped, at once; gives how many."""
    killed = Q(status=TaskResultStatus.RUNNING, started_at__lte=at - LEASE)
    stopped = Q(status=TaskResultStatus.FAILED, exception_class_path__in=_STOPPED)
    fresh: dict[str, Any] = {"status": TaskResultStatus.READY, "started_at": None, "finished_at": None}
    fresh |= {"return_value": None, "exception_class_path": "", "traceback": ""}
    return DBTaskResult.objects.filter(killed | stopped).update(**fresh)


def forget_finished(*, at: datetime) -> int:
    """Remove what nobody will ask about; gives how many."""
    ended = DBTaskResult.objects.filter(status__in=_ENDED)
    return ended.filter(Q(queue_name=MAIL) | Q(finished_at__lte=at - KEPT)).delete()[0]


def _place_of(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
