"""Forms around the company form; its questions themselves come from the questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.company_form.enums import InformantRole
from lerend_web.company_form.rules import CAN_BE_NAMED
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
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 -- tells the type checker what stands above
        role.choices = [(one.value, INFORMANT_NAMES[one]) for one in roles]
        if len(roles) == 1:
            role.initial = roles[0].value
        _offer(self.fields["programme"], programmes)


class NameForm(PlainForm):
    """Whom the contact asks by name, and in which role."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("What is this person called?")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("An e-mail address is needed for the invitation."),
            "invalid": _("This is no e-mail address. Example: name@company.nl"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("For whom does this person speak?"),
        choices=[(role.value, INFORMANT_NAMES[role]) for role in CAN_BE_NAMED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for whom this person speaks.")},
    )
    programme = forms.ChoiceField(label=_("For which programme?"))
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=[("nl", "Nederlands"), ("en", "English")], initial="nl"
    )

    def __init__(self, *arguments: Any, programmes: Sequence[Programme], **names: Any) -> None:
        super().__init__(*arguments, auto_id="name_%s", **names)
        _offer(self.fields["programme"], programmes)


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


def _offer(field: forms.Field, programmes: Sequence[Programme]) -> None:
    """The programmes to choose from; where there is one, nothing is asked."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells the type checker what both forms hold
    field.choices = [(str(one.pk), one.name) for one in programmes]
    if len(programmes) == 1:
        field.widget = forms.HiddenInput()
        field.initial = str(programmes[0].pk)
