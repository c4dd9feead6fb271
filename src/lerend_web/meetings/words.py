"""Words for what meetings call by an identifier, and the questions on a sheet."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.meetings.enums import Answer, MeetingKind, MeetingRole, MeetingState

ROLE_NAMES: Final[dict[MeetingRole, Promise]] = {
    MeetingRole.COMPANY: pgettext_lazy("role in a meeting", "Company"),
    MeetingRole.TEACHER: pgettext_lazy("role in a meeting", "Teacher"),
    MeetingRole.EMPLOYEES: pgettext_lazy("role in a meeting", "Employees' representative"),
    MeetingRole.RESEARCHER: pgettext_lazy("role in a meeting", "Researcher"),
}
KIND_NAMES: Final[dict[MeetingKind, Promise]] = {
    MeetingKind.THEME: _("Choosing a theme"),
    MeetingKind.DEEPENING: _("Deepening a theme"),
}
STATE_NAMES: Final[dict[MeetingState, Promise]] = {
    MeetingState.PLANNED: pgettext_lazy("state of a meeting", "planned"),
    MeetingState.OPEN: pgettext_lazy("state of a meeting", "open"),
    MeetingState.ROUND_1: pgettext_lazy("state of a meeting", "first round"),
    MeetingState.REVEALED_1: pgettext_lazy("state of a meeting", "first round revealed"),
    MeetingState.ROUND_2: pgettext_lazy("state of a meeting", "second round"),
    MeetingState.REVEALED_2: pgettext_lazy("state of a meeting", "second round revealed"),
    MeetingState.DECIDED: pgettext_lazy("state of a meeting", "decided"),
    MeetingState.CLOSED: pgettext_lazy("state of a meeting", "closed"),
}
ANSWER_NAMES: Final[dict[Answer, Promise]] = {
    Answer.NONE: _("No answer yet"),
    Answer.YES: _("Comes"),
    Answer.NO: _("Does not come"),
}
CRITERION_NAMES: Final[dict[str, Promise]] = {
    "need": _("Need"),
    "influence": _("Influence"),
    "feasibility": _("Feasibility"),
}
QUESTIONS: Final[dict[str, tuple[Promise, Promise, Promise]]] = {
    "need": (_("How much is this needed?"), _("hardly"), _("very much")),
    "influence": (_("How much can we change about it ourselves?"), _("hardly anything"), _("very much")),
    "feasibility": (_("Can we begin with it within three months?"), _("surely not"), _("surely")),
}
"""Per criterion the question, and what 1 and 5 mean."""
SPREAD_NAMES: Final[dict[str, Promise]] = {
    "close": _("close together"),
    "apart": _("some way apart"),
    "far": _("far apart"),
}
