"""Forms about evidence: why a grade is not taken over, and which step of an advice is chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lerend_web.pilots.domain.advice import LONGEST_REASON, SOMETHING_ELSE, Advised
from lerend_web.pilots.domain.grades import LONGEST_REASON as LONGEST_WHY_NOT
from lerend_web.workbench.forms.themes import RefusableForm


class RefuseForm(RefusableForm):
    why = forms.CharField(
        label=_("Why not"),
        help_text=_("In a sentence or two. It stays in the history."),
        max_length=LONGEST_WHY_NOT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why not, so that everybody can follow it.")},
    )


class ChooseForm(RefusableForm):
    chosen = forms.ChoiceField(
        label=_("What we do"), widget=forms.RadioSelect, error_messages={"required": _("Choose one of the steps.")}
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Needed if it is not the first step. It helps whoever reads this later."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *arguments: Any, told: Advised, **names: Any) -> None:
        super().__init__(*arguments, **names)
        steps = [(one.ref, one.name) for one in told.steps]
        self.offer("chosen", [*steps, (SOMETHING_ELSE, _("Something else"))])
