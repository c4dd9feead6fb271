"""Words for what the code calls by an identifier."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.people.enums import OrganisationRole
from lerend_web.scans.enums import Mode, WaveState

ROLE_NAMES: Final[dict[OrganisationRole, Promise]] = {
    OrganisationRole.COMPANY_CONTACT: _("Contact"),
    OrganisationRole.WORKS_COUNCIL: _("Works council"),
    OrganisationRole.INFORMANT: _("Informant"),
    OrganisationRole.TEAM_LEADER: _("Team leader"),
    OrganisationRole.KEY_HOLDER: _("Key holder"),
}
STATE_NAMES: Final[dict[WaveState, Promise]] = {
    WaveState.PLANNED: pgettext_lazy("state of a round", "planned"),
    WaveState.OPEN: pgettext_lazy("state of a round", "open"),
    WaveState.CLOSING: pgettext_lazy("state of a round", "being closed"),
    WaveState.CLOSED: pgettext_lazy("state of a round", "closed"),
}
MODE_NAMES: Final[dict[Mode, Promise]] = {Mode.CARD: _("with cards"), Mode.MAIL: _("by mail")}

EVENTS: Final[dict[str, Promise]] = {
    "organisation.added": _("The organisation joined the programme."),
    "programme.join_code_made": _("A code to join the programme was made."),
    "organisation.circumstances": _("The company said what is so there, for matching solutions."),
    "member.added": _("Somebody was given a role: %(role)s."),
    "member.removed": _("A role was taken away: %(role)s."),
    "unit.added": _("Team “%(name)s” was added, with %(headcount)s people."),
    "unit.renamed": _("Team “%(before)s” is now called “%(after)s”."),
    "unit.counted": _("Number of people in a team: from %(before)s to %(after)s."),
    "unit.moved": _("A team was moved to another place."),
    "unit.removed": _("Team “%(name)s” was removed."),
    "units.imported": _("A file of teams was taken in: %(added)s added, %(changed)s changed."),
    "wave.planned": _("A round was planned, from %(opens_on)s to %(closes_on)s."),
    "wave.taken_in": _("A scan that was collected elsewhere, until %(collected_on)s, was taken in from a file."),
    "wave.changed": _("The plan of a round was changed: from %(opens_on)s to %(closes_on)s."),
    "wave.people_since": _("The numbers of people who came and left were filled in."),
    "wave.k_raised": _("The smallest group went up from %(before)s to %(after)s people."),
    "wave.key_holder_added": _("“%(label)s” made a key."),
    "wave.key_holder_removed": _("The key of “%(label)s” was taken away."),
    "wave.key_tried": _("The key of “%(label)s” was tried."),
    "wave.promised": _("The promise was sealed."),
    "cards.printed": _("The cards were made: %(cards)s of them."),
    "cards.voiding_asked": _("Somebody asked to make the unused cards void."),
    "cards.voided": _("The unused cards were made void."),
    "invitations.added": _("Addresses for the mails were added: %(addresses)s."),
    "invitations.corrected": _("An address was put right."),
    "invitations.removed": _("The list of addresses was taken away."),
    "invitations.returned": _("An address was marked as to put right."),
    "invitations.sent": _("The invitations were sent: %(mails)s."),
    "invitations.reminded": _("Everybody was reminded: %(mails)s mails."),
    "wave.tried": _("A round was tried out."),
    "wave.opened": _("A round was opened."),
    "wave.closing": _("Closing a round: %(step)s"),
    "wave.attacked": _("Attackers tried to find people in the outcome: %(figures)s figures, found: %(found)s."),
    "outcome.seen": _("The outcome was looked at."),
    "sheet.seen": _("The sheet of a team was looked at: %(name)s."),
    "company_form.started": _("Somebody began with the company form."),
    "company_form.named": _("Somebody was asked by name to fill in the company form."),
    "company_form.unnamed": _("Somebody who was asked for the company form is asked no longer."),
    "company_form.sent": _("Somebody signed and sent the company form."),
    "company_form.shown_apart": _("The works council lets others see its company form."),
    "company_forms.seen": _("The company forms were looked at."),
    "theme.added": _("A theme was proposed: %(name)s."),
    "theme.changed": _("A theme was changed: %(name)s."),
    "theme.decided": _("It was said what becomes of a theme: %(name)s."),
    "action.started": _("A plan was made: %(name)s."),
    "action.changed": _("A plan was changed: %(name)s."),
    "action.step_added": _("A step was added to a plan: %(name)s."),
    "action.step_changed": _("A step of a plan was changed: %(name)s."),
    "action.step_removed": _("A step was taken out of a plan: %(name)s."),
    "action.step_done": _("A step of a plan was marked as done: %(name)s."),
    "action.step_open_again": _("A step of a plan is open again: %(name)s."),
    "action.noted": _("Somebody wrote in the log of a plan: %(name)s."),
    "case.written": _("A practical case was drafted: %(name)s."),
    "case.changed": _("A practical case was changed: %(name)s."),
    "case.published": _("A practical case was published to its working group: %(name)s."),
    "case.taken_back": _("A practical case was taken back: %(name)s."),
    "partners.opted_in": _("The organisation takes part in learning partners."),
    "partners.wish_changed": _("What the organisation wants of a learning partner was changed."),
    "partners.opted_out": _("The organisation takes part in learning partners no longer."),
    "partners.answered": _("A proposal for a learning partner was answered."),
    "partners.agreed": _("The organisation and a learning partner know each other's name."),
    "comments.read": _("A moderator read what people wrote."),
    "comments.released": _("What people wrote was released, after a moderator had read it."),
    "trace.written": _("The text for the people who answered was written."),
    "trace.told": _("What came of a round was told to everybody."),
    "trace.taken_back": _("What was told about a round was taken back."),
    "meeting.planned": _("A meeting was planned."),
    "meeting.opened": _("A meeting was opened: people could join."),
    "meeting.option_added": _("Something to choose from was added to a meeting."),
    "meeting.option_removed": _("Something to choose from was taken off the list of a meeting."),
    "meeting.invited": _("Somebody was asked to come to a meeting."),
    "meeting.uninvited": _("Somebody was taken off the list of a meeting."),
    "meeting.answered": _("It was written down whether somebody comes to a meeting."),
    "meeting.round_begun": _("A round of rating began in a meeting."),
    "meeting.round_stopped": _("A round of rating was stopped in a meeting, and its marks thrown away unseen."),
    "meeting.paper_typed": _("A sheet of paper was typed in at a meeting."),
    "meeting.paper_taken_back": _("A sheet of paper that was typed in wrongly was thrown away at a meeting."),
    "meeting.revealed": _("A round of rating was revealed in a meeting, and its marks thrown away."),
    "meeting.decided": _("The decision of a meeting was written down."),
    "meeting.closed": _("A meeting was closed."),
    "wave.closed": _("A round was closed. Boxes and keys are destroyed."),
}
"""What the history says; a code without a sentence here is shown as it is."""
