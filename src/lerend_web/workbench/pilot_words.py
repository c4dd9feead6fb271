"""Words for how far pilots are, for what could be seen, and what a page says after a change there."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.pilots.enums import PilotState

PILOT_STATES: Final[dict[PilotState, Promise]] = {
    PilotState.DRAFT: pgettext_lazy("state of a pilot", "being prepared"),
    PilotState.FROZEN: pgettext_lazy("state of a pilot", "plan frozen"),
    PilotState.RUNNING: pgettext_lazy("state of a pilot", "running"),
    PilotState.FINISHED: pgettext_lazy("state of a pilot", "finished"),
    PilotState.STOPPED: pgettext_lazy("state of a pilot", "stopped"),
}
STANDINGS: Final[dict[str, Promise]] = {
    "can_be_shown": _("would be seen"),
    "may_be_missed": _("may be missed"),
    "cannot_be_shown": _("cannot be shown"),
    "never": _("never an effect"),
}
"""Of the smallest effect worth having, for each standing."""
SAID: Final[dict[str, Promise]] = {
    "pilot-made": _("The pilot is there. Fill in what is missing, then ask companies."),
    "charter-kept": _("The charter is kept."),
    "company-asked": _("Asked. The contact of the company gets a mail and says yes or no."),
    "company-left": _("The company does not take part."),
    "agreed": _("Thank you. Your company takes part."),
    "may-be-told": _("You agree that the case is told in public. It is told once all companies agree."),
    "may-not-be-told": _("Taken back: the case is not told in public."),
    "teams-read": _("The teams were read from the newest outcomes."),
    "pool-open": _("People can offer their team now. Print the cards and hand them out."),
    "pool-closed": _("Nobody can offer a team any more. The names go when the lot is drawn."),
    "offer-removed": _("Removed. It is as if nothing was offered."),
    "frozen": _("The plan is frozen and the lot is drawn. Nothing of it can change any more."),
}
