"""Forms around the company form; its questions themselves come from the questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.company_form.enums import InformantRole
from lerend_web.programmes.models import Programme
from lerend_web.workbench.forms.plain import PlainForm

INFORMANT_NAMES: Final[dict[InformantRole, Promise]] = {
    InformantRole.MANAGEMENT: _("Board or management"),
    InformantRole.WORKS_COUNCIL: _("Works council or staff representation"),
    InformantRole.HR: _("HR or personnel"),
    InformantRole.OTHER: _("Somebody else"),
}


class StartForm(PlainForm):
    """In which role somebody signs, and for which programme where there are several."""

    role = forms.ChoiceField(
        label=_("In which role do you fill this in?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose in which role you fill this in.")},
    )
    programme = forms.ChoiceField(label=_("For which programme?"))

    def __init__(
        self,
        *arguments: Any,
        roles: Sequence[InformantRole],
        programmes: Sequence[Programme],
        **names: Any,
    ) -> None:
        super().__init__(*arguments, **names)
        role, programme = self.fields["role"], self.fields["programme"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 -- tells the type checker what stands above
        assert isinstance(programme, forms.ChoiceField)  # noqa: S101 -- tells the type checker what stands above
        role.choices = [(one.value, INFORMANT_NAMES[one]) for one in roles]
        if len(roles) == 1:
            role.initial = roles[0].value
        programme.choices = [(str(one.pk), one.name) for one in programmes]
        if len(programmes) == 1:
            programme.widget = forms.HiddenInput()
            programme.initial = str(programmes[0].pk)


class SendForm(PlainForm):
    """For a works council: whether others see its answers. Nothing is chosen beforehand."""

    apart = forms.ChoiceField(
        label=_("May others see the answers of the works council?"),
        choices=[
            ("yes", _("Yes. Show them beside those of the others, under my name.")),
            ("no", _("No. Nobody but me sees them, and they count in nothing that others see.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether others may see the answers. You can still say yes later.")},
    )
