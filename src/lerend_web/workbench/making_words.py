"""Words for how far proposals and scripts are, and what a page says after a change there."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.interventions.enums import ProposalState, ScriptState, Seat
from lerend_web.people.enums import OrganisationRole, ProgrammeRole

PROPOSAL_STATES: Final[dict[ProposalState, Promise]] = {
    ProposalState.DRAFT: pgettext_lazy("state of a proposal", "draft"),
    ProposalState.IN_REVIEW: pgettext_lazy("state of a proposal", "being reviewed"),
    ProposalState.CHANGE_ASKED: pgettext_lazy("state of a proposal", "a change is asked for"),
    ProposalState.AGREED: pgettext_lazy("state of a proposal", "all three agree"),
    ProposalState.ACCEPTED: pgettext_lazy("state of a proposal", "in the catalogue"),
    ProposalState.WITHDRAWN: pgettext_lazy("state of a proposal", "taken back"),
}
SCRIPT_STATES: Final[dict[ScriptState, Promise]] = {
    ScriptState.CLAIMED: pgettext_lazy("state of a script", "being written"),
    ScriptState.IN_REVIEW: pgettext_lazy("state of a script", "waits for somebody to approve it"),
    ScriptState.CHANGE_ASKED: pgettext_lazy("state of a script", "a change is asked for"),
    ScriptState.APPROVED: pgettext_lazy("state of a script", "approved"),
}
SPEAKERS: Final[dict[str, Promise]] = {
    ProgrammeRole.TEACHER.value: _("Teacher"),
    ProgrammeRole.RESEARCHER.value: _("Researcher"),
    ProgrammeRole.COORDINATOR.value: _("Coordinator"),
    OrganisationRole.COMPANY_CONTACT.value: _("Contact of a company"),
    OrganisationRole.TEAM_LEADER.value: _("Team leader"),
    OrganisationRole.WORKS_COUNCIL.value: _("Works council"),
    OrganisationRole.INFORMANT.value: _("Management or HR"),
}
"""As what somebody speaks in a workshop."""
NOBODY: Final[dict[Seat, Promise]] = {
    Seat.PEER: _("No other company of this programme has a contact who can review this."),
    Seat.TEACHER: _("This programme has no teacher who can review this."),
    Seat.RESEARCHER: _("This programme has no researcher who can review this."),
}
SAID: Final[dict[str, Promise]] = {
    "proposal-begun": _("The draft is kept. You can stop at any time and go on later from your first page."),
    "part-kept": _("Kept as a draft."),
    "proposal-sent": _("Sent. Somebody of another company, a teacher and a researcher look at it now."),
    "proposal-withdrawn": _("Taken back. Nobody reviews it any more."),
    "reviewed": _("Thank you. What you said stands below."),
    "agreed": _("Thank you. All three agree; the coordinator puts it into the catalogue now."),
    "accepted": _("It is in the catalogue now, and everybody of the programme finds it there."),
    "sent-back": _("Sent back to the writer with your words."),
    "script-claimed": _("It is yours. Write it in your own time; what you save is kept."),
    "script-kept": _("Kept as a draft."),
    "script-sent": _("Sent. Another teacher or a researcher looks at it now."),
    "script-back": _("Given back. Another teacher can write it."),
    "script-approved": _("Approved. It stands with its approach now, ready to print."),
    "script-change": _("Sent back to the writer with your words."),
    "workshop-begun": _("The workshop is there. Write a first version, however rough."),
    "version-written": _("The new version is there. Earlier ones stay readable."),
    "session-planned": _("The session is planned. All makers see it on their first page."),
    "session-cancelled": _("The session is off."),
    "tried-out": _("Written down. This is what the next version learns from."),
    "remarked": _("Your remark stands below."),
    "from-workshop": _("A draft is there with the text of the workshop. Fill in what is missing."),
    "no-brief": _(
        "There is no brief for this. One can be made where a factor of the theme is a bottleneck in a programme with "
        "outcomes of at least three companies."
    ),
}
