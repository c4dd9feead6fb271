"""Tasks that tests leave to the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks.base import TaskContext

from lerend_web.core.jobs import JobState, background, report_progress, state_of


@background()
def doubles(number: int) -> int:
    return 2 * number


@background()
def breaks(number: int) -> int:
    raise ValueError(f"secret words {number}")


SEEN: list[JobState | None] = []


@background(told_its_code=True)
def tells_how_far(context: TaskContext, number: int) -> int:
    for percent in (40, 100):
        report_progress(context.task_result.id, percent, at=timezone.now())
        SEEN.append(state_of(context.task_result.id))
    return number


@background()
def is_stopped_once(number: int) -> int:
    SEEN.append(None)
    if len(SEEN) == 1:
        raise SystemExit(0)
    return number
