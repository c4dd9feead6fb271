"""Forms about organisations and the people who have a role in them."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.organisations.queries import units_of
from lerend_web.organisations.rules import tree_rows
from lerend_web.people.enums import OrganisationRole
from lerend_web.workbench.forms.plain import PlainForm
from lerend_web.workbench.forms.units import PlaceField

ROLE_WORDS: Final = {
    OrganisationRole.COMPANY_CONTACT: _("Contact: plans rounds, sees the outcome"),
    OrganisationRole.WORKS_COUNCIL: _("Works council: reads the promise and the log"),
    OrganisationRole.INFORMANT: _("Informant: fills in the company form for management or HR"),
    OrganisationRole.TEAM_LEADER: _("Team leader: sees the sheet of the own team"),
    OrganisationRole.KEY_HOLDER: _("Key holder: keeps one of the two keys"),
}


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("What is this person called?")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("An e-mail address is needed for the invitation."),
            "invalid": _("This is no e-mail address. Example: name@company.nl"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language of the invitation"), choices=[("nl", "Nederlands"), ("en", "English")], initial="nl"
    )


class JoinForm(PlainForm):
    code = forms.CharField(
        label=_("Code of the other programme"),
        max_length=40,
        error_messages={"required": _("Fill in the code that the coordinator gave you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "code", "spellcheck": "false"}),
    )


class MemberForm(PlainForm):
    name = _name()
    email = _email()
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, words) for role, words in ROLE_WORDS.items()],
        error_messages={"required": _("Choose a role.")},
    )
    unit = PlaceField(label=_("Team, for a team leader"))
    language = _language()

    def __init__(self, *arguments: Any, organisation: Organisation, **names: Any) -> None:
        super().__init__(*arguments, **names)
        place = self.fields["unit"]
        assert isinstance(place, PlaceField)  # noqa: S101 -- tells the type checker what stands above
        place.offer(tree_rows(units_of(organisation)), nowhere=_("No team"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("role") == OrganisationRole.TEAM_LEADER and not data.get("unit"):
            self.add_error("unit", forms.ValidationError(_("Which team does this person lead?")))
        if data.get("role") != OrganisationRole.TEAM_LEADER:
            data["unit"] = None
        return data


class NewOrganisationForm(PlainForm):
    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=120,
        error_messages={"required": _("What is the organisation called?")},
    )
    contact_name = _name()
    contact_email = _email()
    language = _language()

    def __init__(self, *arguments: Any, **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.fields["contact_name"].label = _("Name of the contact")
        self.fields["contact_email"].label = _("E-mail address of the contact")
