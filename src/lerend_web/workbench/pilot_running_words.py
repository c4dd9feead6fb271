"""Words about pilots while they run: what waits, how far measurements are, what a remark is about, and the history."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.pilots.domain.log_checks import Quality
from lerend_web.pilots.domain.measuring import Standing
from lerend_web.pilots.domain.todos import Task
from lerend_web.pilots.enums import Faithful

TASKS: Final[dict[Task, Promise]] = {
    Task.BASELINE: _("Say which round is the measurement before the start"),
    Task.START: _("Start the pilot"),
    Task.PLAN: _("Plan measurement %(number)d"),
    Task.MEASURE: _("Close measurement %(number)d"),
    Task.LOG: _("Look at the remarks on the log: %(remarks)d"),
    Task.LOOK: _("Measurement %(number)d is there: look at what it says"),
    Task.FINISH: _("Finish the pilot: everything was measured"),
}
PAGES: Final[dict[Task, str]] = {
    Task.BASELINE: "pilot-measurements",
    Task.START: "pilot-running",
    Task.PLAN: "pilot-measurements",
    Task.MEASURE: "pilot-measurements",
    Task.LOG: "pilot-log",
    Task.LOOK: "pilot-result",
    Task.FINISH: "pilot-running",
}
"""Where each is done."""
STANDINGS: Final[dict[Standing, Promise]] = {
    Standing.THERE: pgettext_lazy("a measurement", "there"),
    Standing.TOO_FEW: _("closed, but too few people answered to show anything"),
    Standing.GOING_ON: _("people can answer now"),
    Standing.PLANNED: _("a round is planned"),
    Standing.TO_PLAN: _("no round yet: plan it now"),
    Standing.LATER: _("later"),
    Standing.LATE: pgettext_lazy("a measurement", "late"),
    Standing.MISSING: _("missing: the next one has begun"),
}
QUALITIES: Final[dict[Quality, Promise]] = {
    Quality.COMPLETE: pgettext_lazy("a log", "complete?"),
    Quality.ON_TIME: pgettext_lazy("a log", "on time?"),
    Quality.CONSISTENT: pgettext_lazy("a log", "consistent?"),
    Quality.OUTLYING: pgettext_lazy("a log", "far off?"),
}
FAITHFUL: Final[dict[Faithful, Promise]] = {
    Faithful.AS_PLANNED: _("It went as planned"),
    Faithful.CHANGED: _("An important part was different or left out"),
    Faithful.NOT_DONE: _("It did not take place"),
}
SAID: Final[dict[str, Promise]] = {
    "started": _("The pilot runs. Print the sheets for the teams that begin, and hang them up."),
    "finished": _("The pilot is finished. Its log is closed."),
    "stopped": _("The pilot is stopped. What was measured stays."),
    "struck": _("That line is out of the log."),
    "code-renewed": _("This team has a new code. Print its sheet again; the old one opens nothing any more."),
    "attached": _("This round is the measurement now."),
    "detached": _("This round is no measurement of the pilot any more."),
    "arms-renewed": _("The groups of this round follow the teams as they are now."),
    "round-planned": _("The round is planned. Below you see what it still needs."),
}
EVENTS: Final[dict[str, Promise]] = {
    "pilot.started": _("started a pilot"),
    "pilot.finished": _("finished a pilot"),
    "pilot.stopped": _("stopped a pilot"),
    "pilot.session_logged": _("a session of %(team)s was written in the log of a pilot"),
    "pilot.session_struck": _("took a line about %(team)s out of the log of a pilot"),
    "pilot.log_code_renewed": _("gave %(team)s a new code for the log of a pilot"),
    "pilot.measurement_attached": _("said which round is measurement %(number)s of a pilot"),
    "pilot.measurement_detached": _("said that a round is not measurement %(number)s of a pilot"),
    "pilot.arms_renewed": _("set the groups of measurement %(number)s of a pilot by the teams as they are"),
    "pilot.owner_reminded": _("the owner of a pilot was reminded by mail"),
}
