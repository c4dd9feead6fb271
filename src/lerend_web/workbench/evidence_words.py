"""Words for what becomes of evidence and advice, and what a page says after a change there."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.pilots.enums import GradeState

GRADE_STATES: Final[dict[GradeState, Promise]] = {
    GradeState.PROPOSED: pgettext_lazy("state of a proposed grade", "waits for a researcher"),
    GradeState.SIGNED: pgettext_lazy("state of a proposed grade", "signed"),
    GradeState.REFUSED: pgettext_lazy("state of a proposed grade", "not taken over"),
}
ROUTES: Final[dict[str, Promise]] = {
    "existing": _("Use what exists, and follow it lightly"),
    "as_pilot": _("Use what exists, as a pilot"),
    "new": _("Make something new, as a pilot"),
}
"""The three ways to go for a bottleneck."""
SAID: Final[dict[str, Promise]] = {
    "grade-proposed": _("Worked out. A researcher signs it or says why not."),
    "grade-signed": _("Signed. The catalogue shows it from now on."),
    "grade-refused": _("Not taken over. The grade stays as it was, and the reason stands in the history."),
    "advice-kept": _("The advice is kept. You can choose a step later."),
    "step-chosen": _("Your choice is kept. What becomes of it will stand below."),
}
EVENTS: Final[dict[str, Promise]] = {
    "advice.kept": _("An advice for a bottleneck was kept."),
    "advice.chosen": _("The first step of an advice was chosen."),
    "advice.overridden": _("Another step than the first of an advice was chosen, with a reason."),
}
