"""What our forms have in common."""

from __future__ import annotations

from typing import Any

from django import forms

from lerend_web.organisations.domain.members import MembersAreWrong
from lerend_web.organisations.domain.trees import TreeIsWrong
from lerend_web.scans.rules import Refused


class PlainForm(forms.Form):
    """A form that shows again what was typed, with each complaint at its field.

    The browser checks nothing beforehand: its messages are in another language, and vanish.
    """

    required_css_class = "required"
    use_required_attribute = False

    def __init__(self, *arguments: Any, **names: Any) -> None:
        names.setdefault("label_suffix", "")
        super().__init__(*arguments, **names)

    def refuse(self, refusal: TreeIsWrong | MembersAreWrong | Refused) -> None:
        """Show what the domain said: at the field where it names one, else above the form."""
        if isinstance(refusal, Refused):
            for reason in refusal.reasons:
                self.add_error(None, str(reason))
        else:
            self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class DateInput(forms.DateInput):
    """The browser's own calendar; where it has none, a date is typed as 2026-11-30."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def date_field(**names: Any) -> forms.DateField:
    return forms.DateField(widget=DateInput(), **names)
