"""Forms about a series of pulses."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.pulses import rules
from lerend_web.pulses.domain.planning import AskedUnit, SeriesPlan
from lerend_web.scans.domain.key_groups import Path, tree_of
from lerend_web.scans.enums import Mode
from lerend_web.scans.rules import minimum_invited
from lerend_web.themes.models import Action
from lerend_web.urn.key_series import LONGEST_FILE
from lerend_web.workbench.forms.plain import PlainForm, date_field

_NO_DATE = {"required": _("Choose a date."), "invalid": _("Write the date as 2026-11-30.")}
_NO_NUMBER = {"required": _("Write a number."), "invalid": _("Write a number.")}


class SeriesForm(PlainForm):
    """The whole plan of a series in one form, filled in with what usually fits."""

    units = forms.MultipleChoiceField(
        label=_("Teams that are asked"),
        help_text=format_lazy(
            _("Those that do it. Together at least {minimum} people: with fewer no answer is anonymous."),
            minimum=minimum_invited(5),
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the teams that are asked.")},
    )
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), empty_label=None)
    first_on = date_field(
        label=_("First pulse"),
        help_text=_("It can be answered for a week. A month after the first step is soon enough to mend something."),
        error_messages=_NO_DATE,
    )
    pulses = forms.IntegerField(
        label=_("How many pulses"),
        min_value=1,
        max_value=rules.MOST_PULSES,
        help_text=_("Three show whether it lasts. All of them are promised and given keys at once."),
        error_messages=_NO_NUMBER,
    )
    gap = forms.IntegerField(
        label=_("Days from one to the next"),
        min_value=rules.SHORTEST_GAP,
        max_value=rules.LONGEST_GAP,
        help_text=_("Two weeks or more: the questions are about the past two weeks."),
        error_messages=_NO_NUMBER,
    )
    mode = forms.ChoiceField(
        label=_("How people take part"),
        widget=forms.RadioSelect,
        choices=[
            (Mode.CARD.value, _("With a card: everybody draws one from a bowl. Nobody needs an e-mail address.")),
            (Mode.MAIL.value, _("By mail: everybody gets an own link.")),
        ],
    )
    works_council_consent_on = date_field(
        label=_("When the works council agreed"),
        help_text=_("Once, for all pulses of the series."),
        required=False,
        error_messages=_NO_DATE,
    )
    works_council_not_applicable = forms.CharField(
        label=_("Or why that does not apply"), max_length=300, required=False
    )

    def __init__(self, *arguments: Any, action: Action, today: date, **names: Any) -> None:
        programmes = action.organisation.programmes.order_by("name", "pk")
        usual = max(action.pulse_on or today + rules.PLAN_AHEAD, today)
        names.setdefault(
            "initial",
            {
                "first_on": usual,
                "pulses": rules.USUAL_PULSES,
                "gap": rules.USUAL_GAP,
                "mode": Mode.CARD.value,
                "programme": action.theme.programme_id if action.theme else programmes.first(),
            },
        )
        super().__init__(*arguments, **names)
        self.paths = _paths(action.organisation)
        units = self.fields["units"]
        programme = self.fields["programme"]
        assert isinstance(units, forms.MultipleChoiceField)  # noqa: S101 -- tells the type checker what is declared above
        assert isinstance(programme, forms.ModelChoiceField)  # noqa: S101 -- likewise
        units.choices = [(key, _named(path, people)) for key, (path, people) in self.paths.items()]
        programme.queryset = programmes
        if programmes.count() < 2:
            programme.widget = forms.HiddenInput()

    def plan(self) -> SeriesPlan:
        data = self.cleaned_data
        return SeriesPlan(
            units=tuple(AskedUnit(self.paths[key][0]) for key in data["units"]),
            first_on=data["first_on"],
            pulses=data["pulses"],
            gap=data["gap"],
            mode=data["mode"],
            works_council_consent_on=data["works_council_consent_on"],
            works_council_not_applicable=data["works_council_not_applicable"],
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, agreed = data.get("first_on"), data.get("works_council_consent_on")
        if first and agreed and agreed > first + timedelta(days=1):
            self.add_error("works_council_consent_on", _("The works council agrees before the first pulse."))
        return data


class SeriesKeyForm(PlainForm):
    """The public halves of a holder's keys, one for each pulse; the private halves stay in the file."""

    label = forms.CharField(
        label=_("Who keeps these keys"),
        max_length=120,
        help_text=_("A name or a function, such as: chair of the works council."),
        error_messages={"required": _("Say who keeps the keys.")},
    )
    public_keys = forms.CharField(
        widget=forms.HiddenInput, max_length=LONGEST_FILE, error_messages={"required": _("Make the key file first.")}
    )

    def clean_public_keys(self) -> Mapping[str, bytes]:
        """By the code of each wave its key."""
        try:
            found = json.loads(self.cleaned_data["public_keys"])
            return {str(code): base64.b64decode(key, validate=True) for code, key in dict(found).items()}
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise ValidationError(gettext("This is not a key. Make the key file again.")) from None


def _paths(organisation: Organisation) -> dict[str, tuple[Path, int]]:
    """Units in which people work, by the number that stands in the form."""
    people = tree_of(organisation).people
    return {str(number): (path, people[path]) for number, path in enumerate(sorted(people))}


def _named(path: Path, people: int) -> str:
    return gettext("%(team)s (%(people)d people)") % {"team": " / ".join(path), "people": people}
