"""The one click by which the themes of a programme stand as a meeting decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lerend_web.meetings.models import Decision
from lerend_web.people.models import Person
from lerend_web.themes.domain.from_meetings import Consequence
from lerend_web.themes.queries import possible_owners
from lerend_web.workbench.forms.plain import date_field
from lerend_web.workbench.forms.themes import RefusableForm


class CarryOutForm(RefusableForm):
    """Who looks after what was chosen and when something happens next, and which themes become *not chosen*."""

    owner = forms.ChoiceField(
        label=_("Who looks after this theme"),
        help_text=_("Somebody with a part in the programme. Every company sees this name."),
        error_messages={"required": _("Choose who looks after this theme.")},
    )
    next_on = date_field(
        label=_("When something happens next"),
        error_messages={
            "required": _("Fill in when something happens next."),
            "invalid": _("This is no date. Choose one from the calendar, or type it as 2026-11-30."),
        },
    )
    put_off = forms.MultipleChoiceField(
        label=_("These become “not chosen”, with the reason that the meeting gave"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, found: Consequence, decision: Decision, reader: Person, **names: Any) -> None:
        against = [one for one in found.against if one.may_change]
        owners = possible_owners(decision.meeting.programme)
        names.setdefault("prefix", "themes")
        names.setdefault(
            "initial",
            {
                "owner": str(_who(decision, owners, reader).pk),
                "next_on": decision.due_on,
                "put_off": [str(one.id) for one in against if not one.was_chosen],
            },
        )
        super().__init__(*arguments, **names)
        self.offer_people("owner", owners, _("Choose"))
        if against:
            self.offer("put_off", [(str(one.id), f"{one.name}: {one.why}") for one in against])
        else:
            del self.fields["put_off"]
        if not found.chosen.may_change:
            del self.fields["owner"], self.fields["next_on"]

    def chosen_owner(self) -> Person | None:
        return self.people.get(self.cleaned_data.get("owner", ""))

    def options_put_off(self) -> set[int]:
        return {int(one) for one in self.cleaned_data.get("put_off", [])}


def _who(decision: Decision, owners: list[Person], reader: Person) -> Person:
    """Whom the decision names, where that is somebody of the programme; else whoever reads."""
    named = decision.owner.strip().casefold()
    return next((one for one in owners if one.name.casefold() == named), reader)
