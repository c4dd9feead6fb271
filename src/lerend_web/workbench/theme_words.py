"""Words for how far themes and actions are, and what a page says after a change there."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.themes.enums import ActionState, ThemeState

THEME_STATES: Final[dict[ThemeState, Promise]] = {
    ThemeState.PROPOSED: pgettext_lazy("state of a theme", "proposed"),
    ThemeState.CHOSEN: pgettext_lazy("state of a theme", "chosen"),
    ThemeState.NOT_CHOSEN: pgettext_lazy("state of a theme", "not chosen"),
    ThemeState.RUNNING: pgettext_lazy("state of a theme", "being worked on"),
    ThemeState.DONE: pgettext_lazy("state of a theme", "done"),
}
ACTION_STATES: Final[dict[ActionState, Promise]] = {
    ActionState.PLANNED: pgettext_lazy("state of an action", "planned"),
    ActionState.RUNNING: pgettext_lazy("state of an action", "running"),
    ActionState.DONE: pgettext_lazy("state of an action", "done"),
    ActionState.STOPPED: pgettext_lazy("state of an action", "stopped"),
}
SAID: Final[dict[str, Promise]] = {
    "theme-added": _("The theme is there. Say below what becomes of it."),
    "theme-decided": _("Saved. Everybody in the programme sees it."),
    "action-started": _("The plan is there. Whoever has a step sees it on the first page."),
    "step-done": _("Marked as done."),
    "step-open": _("The step is open again."),
    "noted": _("Written in the log."),
    "group-invited": _(
        "Invited. This person gets a mail, and finds the invitation on the first page after signing in."
    ),
    "group-joined": _("You are a member of this working group."),
    "group-declined": _("You said no. Nothing of the invitation is kept."),
    "group-left": _("You left the group, and are not on its list any more."),
    "on-list": _("The other members see your name and address now."),
    "off-list": _("You are not on the contact list any more."),
    "case-draft": _("Kept as a draft. Only your organisation sees it."),
    "case-published": _("The members of the group can read it now."),
    "case-taken-back": _("Taken back. Only your organisation sees it now."),
    "opted-in": _("You take part. You hear of a proposal on your first page."),
    "opted-out": _("You take part no longer. Proposals that were not agreed have ended."),
    "accepted": _("You said yes. You see who it is as soon as the other said yes too."),
    "refused": _("You said no. The proposal has ended, and nobody sees who said so."),
    "proposed": _("New proposals are with the companies."),
    "nobody-new": _("No new pair fits now. Try again when more companies take part, or after a new round."),
}
