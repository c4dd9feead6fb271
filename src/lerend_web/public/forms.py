"""The form to ask to join, with two small hurdles for machines that a person never notices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from lerend_web.telling.rules import LONGEST_WHY

PURPOSE: Final = "lerend.public.join"
QUICKEST: Final = timedelta(seconds=3)
"""Nobody reads and fills in five fields faster."""
MOST_PEOPLE: Final = 1_000_000


def stamped() -> str:
    """When a form was shown, signed."""
    return signing.dumps("shown", salt=PURPOSE)


class JoinForm(forms.Form):
    """What a programme wants to know. Whoever is stopped by a hurdle is told what to do: no request is lost in silence."""

    required_css_class = "required"
    use_required_attribute = False

    company = forms.CharField(
        label=_("Name of your organisation"),
        max_length=120,
        error_messages={"required": _("What is your organisation called?")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    people = forms.IntegerField(
        label=_("How many people work there, about?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "required": _("Give a number; about is good enough."),
            "invalid": _("Give a whole number, such as 120."),
            "min_value": _("Give a number from 1."),
            "max_value": _("Give a number up to 1,000,000."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("What is your name?")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address at work"),
        max_length=254,
        error_messages={
            "required": _("An e-mail address is needed to answer you."),
            "invalid": _("This is no e-mail address. Example: name@company.nl"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    why = forms.CharField(
        label=_("Why do you want to join?"),
        help_text=_("A few sentences are enough. You may leave it empty."),
        required=False,
        max_length=LONGEST_WHY,
        error_messages={"max_length": _("Make it shorter: at most 1,000 characters.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    shown = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **names: Any) -> None:
        names.setdefault("label_suffix", "")
        super().__init__(*arguments, **names)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("website"):
            raise forms.ValidationError(_("One field must stay empty: it stops machines. Empty it and send again."))
        if not self._took_its_time(data.get("shown") or ""):
            raise forms.ValidationError(_("That went faster than people do it. Wait a few seconds and send it again."))
        return data

    def fresh_stamp(self) -> str:
        """For the form when it is shown again: the moment of before where it was ours, else this one."""
        said = str(self.data.get("shown", "")) if self.is_bound else ""
        return said if _age_is_fine(said) is not None else stamped()

    def _took_its_time(self, said: str) -> bool:
        return _age_is_fine(said) is True


def _age_is_fine(said: str) -> bool | None:
    """Whether the form was shown long enough ago; None for a moment that we did not sign."""
    try:
        signing.loads(said, salt=PURPOSE)
    except signing.BadSignature:
        return None
    try:
        signing.loads(said, salt=PURPOSE, max_age=QUICKEST)
    except signing.SignatureExpired:
        return True
    return False
