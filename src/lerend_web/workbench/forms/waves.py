"""Forms about a round."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.instruments.domain.faults import language
from lerend_web.instruments.domain.library import Choice, choices_for
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import LOWEST_K
from lerend_web.workbench.forms.plain import PlainForm, date_field

USUAL_QUESTIONNAIRE = "employee-scan@1"
_NO_DATE = {"required": _("Choose a date."), "invalid": _("Write the date as 2026-11-30.")}


class PlanForm(PlainForm):
    """The whole plan of a round in one form, filled in with what usually fits."""

    name = forms.CharField(
        label=_("Name of the round"),
        max_length=120,
        help_text=_("Everybody sees it: on the cards, the letter and the outcome."),
        error_messages={"required": _("Give the round a name.")},
    )
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), empty_label=None)
    mode = forms.ChoiceField(
        label=_("How people take part"),
        widget=forms.RadioSelect,
        choices=[
            (Mode.CARD.value, _("With a card: everybody draws one from a bowl. Nobody needs an e-mail address.")),
            (Mode.MAIL.value, _("By mail: everybody gets an own link.")),
        ],
    )
    instrument = forms.ChoiceField(
        label=_("Questionnaire"),
        help_text=_("A round keeps its version, also when a newer one is published later."),
        error_messages={"required": _("Choose a questionnaire."), "invalid_choice": _("Choose a questionnaire.")},
    )
    takes_comments = forms.BooleanField(
        label=_("People may add something in their own words"),
        help_text=_(
            "A moderator who does not work here reads it first. It is shown two weeks after closing or later, and only "
            "when enough people answered. Without this there is no such field."
        ),
        required=False,
    )
    opens_on = date_field(label=_("First day"), error_messages=_NO_DATE)
    closes_on = date_field(
        label=_("Last day"), help_text=_("Three weeks reaches every shift."), error_messages=_NO_DATE
    )
    heard_back_on = date_field(
        label=_("Day on which people hear back"),
        help_text=_("Everybody reads this date before the first question. Without it a round cannot start."),
        error_messages=_NO_DATE,
    )
    k = forms.IntegerField(
        label=_("Smallest group"),
        min_value=LOWEST_K,
        max_value=100,
        help_text=_(
            "No number is ever shown about fewer people than this. Five is safe for most companies; "
            "you can still raise it later, never lower it."
        ),
        error_messages={
            "required": _("Choose a number: 5 or more."),
            "min_value": _("The smallest number of people is five or more."),
        },
    )
    works_council_consent_on = date_field(
        label=_("The works council agreed on"),
        required=False,
        help_text=_("You can fill this in later. The round starts only when one of these two is there."),
        error_messages=_NO_DATE,
    )
    works_council_not_applicable = forms.CharField(
        label=_("Or: agreement is not needed, because"), max_length=300, required=False
    )

    def __init__(self, *arguments: Any, organisation: Organisation, wave: Wave | None = None, **names: Any) -> None:
        super().__init__(*arguments, **names)
        programmes = self.fields["programme"]
        assert isinstance(programmes, forms.ModelChoiceField)  # noqa: S101 -- tells the type checker what stands above
        programmes.queryset = organisation.programmes.order_by("name")
        if wave is not None:
            del self.fields["programme"]
        self._offer_questionnaires([wave.programme] if wave is not None else list(programmes.queryset))

    def _offer_questionnaires(self, programmes: list[Programme]) -> None:
        """A choice only where there is one."""
        choices = choices_for(programmes, language())
        if len(choices) < 2:
            del self.fields["instrument"]
            return
        field = self.fields["instrument"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells the type checker what stands above
        field.choices = [(one.reference, _named(one, has_several_programmes=len(programmes) > 1)) for one in choices]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        opens, closes, hears = (data.get(name) for name in ("opens_on", "closes_on", "heard_back_on"))
        if opens and closes and closes <= opens:
            self.add_error("closes_on", ValidationError(_("Choose a day after the first day.")))
        if closes and hears and hears <= closes:
            self.add_error("heard_back_on", ValidationError(_("People hear back after the last day.")))
        if data.get("works_council_consent_on") and data.get("works_council_not_applicable"):
            self.add_error(
                "works_council_not_applicable", ValidationError(_("Fill in one of the two: a date, or a reason."))
            )
        return data


def _named(one: Choice, *, has_several_programmes: bool) -> str:
    """A questionnaire as people know it, with its exact version; of which programme, where that is a question."""
    whose = f"{one.programme}: " if has_several_programmes and one.programme else ""
    return f"{whose}{one.reference} \N{EN DASH} {one.title}"


def usual_plan(organisation: Organisation, *, today: date, rounds: int) -> dict[str, Any]:
    """What usually fits: two weeks to prepare, three weeks to answer, four weeks to talk and report back."""
    opens = _working_monday(today + timedelta(days=14))
    closes = opens + timedelta(days=18)
    return {
        "name": gettext("Round %(number)d") % {"number": rounds + 1},
        "programme": organisation.programmes.order_by("name").first(),
        "mode": Mode.CARD,
        "instrument": USUAL_QUESTIONNAIRE,
        "takes_comments": True,
        "opens_on": opens,
        "closes_on": closes,
        "heard_back_on": _outside_holidays(closes + timedelta(days=28)),
        "k": LOWEST_K,
    }


def plan_of(wave: Wave) -> dict[str, Any]:
    """A plan as it stands, to change it."""
    names = (
        *("name", "mode", "instrument", "opens_on", "closes_on", "heard_back_on", "k"),
        *("takes_comments", "works_council_consent_on", "works_council_not_applicable"),
    )
    return {name: getattr(wave, name) for name in names}


def _working_monday(day: date) -> date:
    """The first Monday from a day on after which three weeks lie outside the holidays."""
    monday = day + timedelta(days=-day.weekday() % 7)
    while _is_holiday(monday) or _is_holiday(monday + timedelta(days=18)):
        monday += timedelta(days=7)
    return monday


def _outside_holidays(day: date) -> date:
    while _is_holiday(day):
        day += timedelta(days=7)
    return day


def _is_holiday(day: date) -> bool:
    """The weeks around New Year and of the summer, in which few people are there to answer or to talk."""
    place = (day.month, day.day)
    return place >= (12, 18) or place <= (1, 4) or (7, 10) <= place <= (8, 24)


class KeyFileForm(PlainForm):
    file = forms.FileField(
        label=_("Your key file"),
        help_text=_("The file that you kept: its name ends in .json."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        allow_empty_file=True,
        required=False,
    )
    typed = forms.CharField(
        label=_("The four lines on your sheet"),
        help_text=_("Spaces and capitals do not matter."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "code", "autocomplete": "off", "spellcheck": "false"}),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not data.get("typed") and not self.errors:
            self.add_error("file", _("Choose your key file, or type the key from your sheet."))
        return data

    def content(self) -> bytes:
        """What stands in the file, as far as a key file can be long, or what was typed."""
        file = self.cleaned_data["file"]
        found: bytes = file.read(20_000) if file else self.cleaned_data["typed"].encode()
        return found


class CloseForm(KeyFileForm):
    damaged = forms.IntegerField(
        label=_("How many boxes may be left out"),
        min_value=0,
        required=False,
        help_text=_("Only when the backup of the urn does not help. Those answers are then lost."),
    )


class NewKeyForm(PlainForm):
    """The public half of a key; the private half stays in the file."""

    label = forms.CharField(
        label=_("Who keeps this key"),
        max_length=120,
        help_text=_("A name or a function, such as: chair of the works council."),
        error_messages={"required": _("Say who keeps the key.")},
    )
    public_key = forms.CharField(
        widget=forms.HiddenInput, max_length=200, error_messages={"required": _("Make the key file first.")}
    )


class HigherFloorForm(PlainForm):
    k = forms.IntegerField(
        label=_("Smallest group"),
        max_value=100,
        error_messages={"required": _("Choose a number: 5 or more.")},
    )

    def __init__(self, *arguments: Any, wave: Wave, **names: Any) -> None:
        super().__init__(*arguments, initial={"k": wave.k}, auto_id="floor_%s", **names)
