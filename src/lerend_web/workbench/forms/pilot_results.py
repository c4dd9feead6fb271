"""Forms about what came of a pilot: looking, signing, telling."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from lerend_web.pilots.domain.cases import LONGEST
from lerend_web.pilots.domain.kept_looks import Shift
from lerend_web.pilots.domain.verdicts import LONGEST_NOTE
from lerend_web.workbench.forms.themes import RefusableForm

_SHIFTS: Final = (
    (Shift.NOT_CHECKED.value, _("Not checked")),
    (Shift.HOLDS.value, _("Checked: alike")),
    (Shift.UNCLEAR.value, _("Checked: too few people to say")),
    (Shift.FAILS.value, _("Checked: differently")),
)


class LookForm(RefusableForm):
    shift = forms.ChoiceField(
        label=_("Do people read the questions as they did before?"),
        help_text=_(
            "Only for who checked it on a file of answers that people gave for research. At “not checked”, what the outcomes of the "
            "companies say about it is kept, if there are enough people."
        ),
        choices=_SHIFTS,
        initial=Shift.NOT_CHECKED.value,
        error_messages={"required": _("Say whether this was checked."), "invalid_choice": _("Choose one of these.")},
    )


class SignForm(RefusableForm):
    note = forms.CharField(
        label=_("What to know beside it"),
        help_text=_("For example what else happened in that time. It changes nothing about the verdict."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CaseForm(RefusableForm):
    text = forms.CharField(
        label=_("What you tell"),
        help_text=_("What you did, what was hard, and what you would do again. No names of people or teams."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Tell what you did, what was hard, and what you would do again.")},
    )
