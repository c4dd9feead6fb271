"""Words about pulses: what waits, what came of them, and what a page says after a change."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.pulses.domain.results import Next
from lerend_web.pulses.domain.waiting import Task

TASKS: Final[dict[Task, Promise]] = {
    Task.PLAN: _("Plan the three questions, or use the form for the talk"),
    Task.KEY: _("Make your keys for the pulses"),
    Task.SEAL: _("Seal the promise of the pulses"),
    Task.CARDS: _("Make the cards of a pulse"),
    Task.OPEN: _("Open a pulse"),
    Task.COUNT: _("Fill in who came and who left since the pulse before"),
    Task.CLOSE: _("Close a pulse with a key file"),
}
NEXT: Final[dict[Next, Promise]] = {
    Next.WAIT: _("No pulse is closed yet."),
    Next.TALK: _("Too few people answered to show anything. Talk about the three questions in the team instead."),
    Next.MAKE_IT_HAPPEN: _(
        "Most say that it does not happen. Ask in the team what stands in the way before you change the approach."
    ),
    Next.ADAPT: _("It happens, but most say that it does not help. Change something in how it is done, and ask again."),
    Next.HELP_TO_USE: _("It helps, but it is not used in the work yet. Make time or room to use it."),
    Next.KEEP_ON: _("It happens, helps and is used. Go on, and ask again later whether it lasts."),
    Next.CANNOT_TELL: _("The answers do not say clearly yet whether it works. Go on, and talk about it in the team."),
}
SAID: Final[dict[str, Promise]] = {
    "series-planned": _("The pulses are planned. Below you see what they still need."),
    "series-key": _("The keys are there. Now try them once: choose the file that you just saved."),
    "series-tried": _("This file opens every pulse. Keep it safe: it is needed each time a pulse is closed."),
    "series-sealed": _("The promise is sealed. It holds for every pulse of the series."),
    "series-stopped": _("The series is stopped. Pulses that had not opened are gone, with their keys."),
}
EVENTS: Final[dict[str, Promise]] = {
    "pulses.planned": _("A series of %(pulses)s pulses was planned, from %(first)s: %(name)s."),
    "pulses.key_holder_added": _("“%(label)s” made the keys of a series of pulses."),
    "pulses.key_holder_removed": _("The keys of “%(label)s” for a series of pulses were taken away."),
    "pulses.sealed": _("The promise of a series of pulses was sealed: %(name)s."),
    "pulses.stopped": _("A series of pulses was stopped: %(name)s."),
}
"""The history of an organisation in words, by the code of the audit row."""
