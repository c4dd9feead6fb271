"""Forms about a pilot while it runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.pilots.domain.dose import teams_that_begin
from lerend_web.pilots.domain.log import LONGEST_NOTE, LONGEST_SESSION, MOST_PEOPLE, Session
from lerend_web.pilots.domain.log_codes import LONGEST_CODE
from lerend_web.pilots.domain.teams import units_of
from lerend_web.pilots.enums import Faithful
from lerend_web.pilots.models import Measurement, Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.pulses.domain.planning import AskedUnit, SeriesPlan
from lerend_web.scans.domain.key_groups import tree_of
from lerend_web.scans.models import Wave
from lerend_web.themes.models import Action
from lerend_web.workbench.forms.plain import PlainForm, date_field
from lerend_web.workbench.forms.pulses import SeriesForm
from lerend_web.workbench.forms.waves import PlanForm, usual_plan
from lerend_web.workbench.pilot_running_words import FAITHFUL

_DAYS_OPEN: Final = timedelta(days=18)
_HEARD_BACK: Final = timedelta(days=28)


class RefusablePilotForm(PlainForm):
    """Shows at its field what the room of pilots refuses."""

    def show(self, refusal: PilotRefused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.sentence))


class StopForm(RefusablePilotForm):
    why = forms.CharField(
        label=_("Why does it stop?"),
        help_text=_("Everybody in the pilot can read this. Write nothing about one person."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it stops. Everybody in the pilot can read this.")},
    )


class LogForm(RefusablePilotForm):
    """One session, filled in on a phone: four things to say, the rest is filled in already."""

    code = forms.CharField(
        label=_("Code on the sheet"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"class": "code", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Scan the square on the sheet, or type the code below it.")},
    )
    faithful = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[(one.value, words) for one, words in FAITHFUL.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"),
        required=False,
        min_value=1,
        max_value=LONGEST_SESSION,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Fill in how many minutes it took, from 1 to 600.")
        ),
    )
    came = forms.IntegerField(
        label=_("How many people came?"),
        help_text=_("A number, no names."),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Fill in how many people came, from 1 to 500.")
        ),
    )
    leader_came = forms.BooleanField(label=_("The leader of the team was there"), required=False)
    on = date_field(
        label=_("On which day?"),
        error_messages={"required": _("Choose a date."), "invalid": _("Write the date as 2026-11-30.")},
    )
    changed = forms.CharField(
        label=_("What did you do in another way?"),
        help_text=_("In a few words; you may leave it empty. Write nothing about one person."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Make it shorter: 300 characters at most.")},
    )

    def __init__(self, *arguments: Any, **names: Any) -> None:
        names.setdefault("auto_id", "%s")
        super().__init__(*arguments, **names)

    def session(self) -> Session:
        data = self.cleaned_data
        return Session(
            on=data["on"],
            minutes=data["minutes"] or 0,
            came=data["came"] or 0,
            leader_came=data["leader_came"],
            faithful=Faithful(data["faithful"]),
            changed=data["changed"],
        )


class AttachForm(RefusablePilotForm):
    wave = forms.ChoiceField(label=_("Round"), error_messages={"required": _("Choose a round.")})

    def __init__(self, *arguments: Any, waves: Iterable[Wave], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.waves = {str(wave.pk): wave for wave in waves}
        field = self.fields["wave"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells the type checker what is declared above
        field.choices = [(key, _named(wave)) for key, wave in self.waves.items()]

    def chosen(self) -> Wave:
        return self.waves[self.cleaned_data["wave"]]


class RoundForm(PlanForm):
    """The plan of a round that measures: the usual one, with the day of the measurement and the questionnaire of before."""

    def __init__(self, *arguments: Any, measurement: Measurement, today: date, **names: Any) -> None:
        organisation, programme = measurement.organisation, measurement.pilot.programme
        opens = max(measurement.on, today + timedelta(days=1))
        usual = usual_plan(organisation, today=today, rounds=organisation.waves.count())
        before = _instrument_before(measurement)
        usual |= {
            "name": _name_of(measurement),
            "programme": programme,
            "opens_on": opens,
            "closes_on": opens + _DAYS_OPEN,
            "heard_back_on": opens + _DAYS_OPEN + _HEARD_BACK,
            **({"instrument": before} if before else {}),
        }
        super().__init__(*arguments, organisation=organisation, initial=usual, **names)
        del self.fields["programme"]
        self.instrument_before = before

    def plan(self) -> dict[str, Any]:
        chosen = {"instrument": self.instrument_before} if self.instrument_before else {}
        return chosen | self.cleaned_data


class PilotSeriesForm(SeriesForm):
    """The plan of short pulses about a pilot, in the teams of one company that begin."""

    def __init__(self, *arguments: Any, pilot: Pilot, organisation: Organisation, today: date, **names: Any) -> None:
        super().__init__(*arguments, action=Action(organisation=organisation, theme=pilot.theme), today=today, **names)
        self.initial["programme"] = pilot.programme_id
        del self.fields["programme"]
        people = tree_of(organisation).people
        self.teams = {
            str(one.pk): one
            for one in teams_that_begin(pilot)
            if one.organisation_id == organisation.pk and all(unit in people for unit in units_of(one))
        }
        units = self.fields["units"]
        assert isinstance(units, forms.MultipleChoiceField)  # noqa: S101 -- tells the type checker what is declared above
        units.choices = [
            (key, _team_named(one.name, sum(people[unit] for unit in units_of(one)), one.arm))
            for key, one in self.teams.items()
        ]
        self.initial["units"] = list(self.teams)

    def plan(self) -> SeriesPlan:
        data = self.cleaned_data
        teams = [self.teams[key] for key in data["units"]]
        return SeriesPlan(
            units=tuple(AskedUnit(unit, one.arm) for one in teams for unit in units_of(one)),
            first_on=data["first_on"],
            pulses=data["pulses"],
            gap=data["gap"],
            mode=data["mode"],
            works_council_consent_on=data["works_council_consent_on"],
            works_council_not_applicable=data["works_council_not_applicable"],
        )


def _team_named(name: str, people: int, arm: str) -> str:
    return gettext("%(team)s (%(people)d people, group %(arm)s)") % {"team": name, "people": people, "arm": arm}


def _named(wave: Wave) -> str:
    return gettext("%(name)s, from %(day)s") % {"name": wave.name, "day": wave.opens_on.isoformat()}


def _name_of(measurement: Measurement) -> str:
    """It stands on cards and letters: it says nothing of what is tried, which could colour the answers."""
    return gettext("Round %(number)d") % {"number": measurement.organisation.waves.count() + 1}


def _instrument_before(measurement: Measurement) -> str:
    """The questionnaire of the first measurement: the same questions each time, else nothing can be compared."""
    before = measurement.pilot.measurements.filter(organisation=measurement.organisation_id, number=0)
    first = before.exclude(wave=None).select_related("wave").first()
    return "" if first is None or first.wave is None else first.wave.instrument
