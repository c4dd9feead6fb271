"""Forms for taking in a scan that was held elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.instruments.domain.faults import language
from lerend_web.instruments.domain.library import choices_for
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.collected_elsewhere import LONGEST_PROMISE, Wish
from lerend_web.scans.rules import LOWEST_K
from lerend_web.workbench.forms.plain import PlainForm, date_field
from lerend_web.workbench.forms.waves import USUAL_QUESTIONNAIRE

_SALT = "workbench.import-scan"
_AN_HOUR = 3600
_FILE_TYPES = ".csv,.txt,.tsv,.xlsx,.sav,.zsav"


class FileIsOld(Exception):
    """What was said about the file was not said here, or more than an hour ago."""


def _file_field(**names: Any) -> forms.FileField:
    return forms.FileField(
        widget=forms.FileInput(attrs={"accept": _FILE_TYPES}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
        **names,
    )


class ImportScanForm(PlainForm):
    """The file, and everything that has to be said about it."""

    file = _file_field(
        label=_("File with the answers"),
        help_text=_("CSV, XLSX or SPSS (.sav), also as LimeSurvey or Kobo export it. At most 20 MB. One row a person."),
    )
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), empty_label=None)
    instrument = forms.ChoiceField(
        label=_("Questionnaire that people answered"),
        help_text=_("Is it not in this list? A researcher of the programme can publish it first."),
        error_messages={"required": _("Choose a questionnaire."), "invalid_choice": _("Choose a questionnaire.")},
    )
    name = forms.CharField(
        label=_("Name of the round"),
        max_length=120,
        help_text=_("Such as: Scan of 2024."),
        error_messages={"required": _("Give the round a name.")},
    )
    collected_on = date_field(
        label=_("Day on which it was collected"),
        help_text=_("The last day on which people answered."),
        error_messages={"required": _("Choose a date."), "invalid": _("Write the date as 2026-11-30.")},
    )
    team = forms.CharField(
        label=_("Column with the team"),
        max_length=200,
        required=False,
        help_text=_("The word above that column, such as: team. Leave it empty when the file does not say the team."),
    )
    columns = forms.CharField(
        label=_("Columns that go by another name"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "code", "spellcheck": "false"}),
        help_text=_(
            "Only when the file is not understood. It is the mapping: on each line a statement and its column, such as variety_1 = LEAD01"
        ),
    )
    k = forms.IntegerField(
        label=_("Smallest group"),
        min_value=LOWEST_K,
        max_value=100,
        help_text=_(
            "No number is shown about fewer people than this: five or more. Was a larger number promised? Then take that."
        ),
        error_messages={
            "required": _("Choose a number: 5 or more."),
            "min_value": _("The smallest number of people is five or more."),
        },
    )
    promised = forms.CharField(
        label=_("What were people promised when they answered?"),
        max_length=LONGEST_PROMISE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Copy it from the letter, mail or first page of then. It stands with the outcome, for all to read."
        ),
        error_messages={"required": _("Say what people were promised when they answered.")},
    )
    fits = forms.BooleanField(
        label=_(
            "What happens with the answers here fits that promise: outcomes of groups for the organisation, and what "
            "companies have in common for the programme."
        ),
        error_messages={"required": _("Does it not fit, or do you not know? Then do not take the file in.")},
    )

    def __init__(self, *arguments: Any, programmes: list[Programme], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self._programmes = programmes
        self._offer_programmes()
        self._offer_questionnaires()

    def _offer_programmes(self) -> None:
        if len(self._programmes) < 2:
            del self.fields["programme"]
            return
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- tells the type checker what stands above
        field.queryset = Programme.objects.filter(pk__in=[one.pk for one in self._programmes]).order_by("name")

    def _offer_questionnaires(self) -> None:
        field = self.fields["instrument"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells the type checker what stands above
        choices = choices_for(self._programmes, language())
        field.choices = [(one.reference, f"{one.reference} \N{EN DASH} {one.title}") for one in choices]
        field.initial = USUAL_QUESTIONNAIRE

    def clean_columns(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in str(self.cleaned_data["columns"]).splitlines():
            if not line.strip():
                continue
            item, equals, column = (part.strip() for part in line.partition("="))
            if not (item and equals and column):
                said = _("“%(line)s” is not understood. Write a statement, =, and its column: variety_1 = LEAD01")
                raise ValidationError(said, params={"line": line.strip()[:80]})
            found[item] = column
        return found

    def wish(self, organisation: Organisation) -> Wish:
        data = self.cleaned_data
        return Wish(
            organisation=organisation,
            programme=data.get("programme") or self._programmes[0],
            name=data["name"],
            instrument=data["instrument"],
            collected_on=data["collected_on"],
            team=data["team"].strip(),
            k=data["k"],
            promised=data["promised"],
            columns=data["columns"],
        )


class SameFileForm(PlainForm):
    """The same file once more: in between, nothing of it was kept."""

    file = _file_field(label=_("The same file once more"))


def usual_import() -> dict[str, Any]:
    """What usually fits."""
    return {"instrument": USUAL_QUESTIONNAIRE, "team": gettext("team"), "k": LOWEST_K}


def packed(wish: Wish, digest: str, *, by: Person) -> str:
    """What was said about a file, and its digest, as text that travels through the page and comes back untouched."""
    said = {
        "by": by.pk,
        "organisation": wish.organisation.pk,
        "programme": wish.programme.pk,
        "name": wish.name,
        "instrument": wish.instrument,
        "collected_on": wish.collected_on.isoformat(),
        "team": wish.team,
        "k": wish.k,
        "promised": wish.promised,
        "columns": dict(wish.columns),
        "digest": digest,
    }
    return signing.dumps(said, salt=_SALT, compress=True)


def unpacked(text: str, organisation: Organisation, programmes: list[Programme], *, by: Person) -> tuple[Wish, str]:
    """What was said, and the digest of the file that was looked at.

    Raises:
        FileIsOld: changed on the way, of another organisation or person, or older than an hour.
    """
    try:
        said = signing.loads(text, salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature as error:
        raise FileIsOld from error
    programme = next((one for one in programmes if one.pk == said["programme"]), None)
    if (said["by"], said["organisation"]) != (by.pk, organisation.pk) or programme is None:
        raise FileIsOld
    wish = Wish(
        organisation=organisation,
        programme=programme,
        name=said["name"],
        instrument=said["instrument"],
        collected_on=date.fromisoformat(said["collected_on"]),
        team=said["team"],
        k=said["k"],
        promised=said["promised"],
        columns=said["columns"],
    )
    return wish, said["digest"]
