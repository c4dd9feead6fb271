"""Forms about the tree of teams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Unit
from lerend_web.organisations.rules import LONGEST_NAME, MOST_PEOPLE, TreeRow
from lerend_web.workbench.forms.plain import PlainForm


def _name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, error_messages={"required": _("Give the team a name.")}
    )


def _headcount_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Own people"),
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_("Agency workers count too. People in the teams below do not."),
        error_messages={"required": _("How many people are in it? 0 is possible.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class PlaceField(forms.TypedChoiceField):
    """A place in the tree: below one of the teams, or at the top."""

    def __init__(self, **names: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, **names)

    def offer(self, rows: Iterable[TreeRow], nowhere: str | Promise) -> None:
        self.choices = [("", nowhere), *((row.unit.pk, row.where) for row in rows)]


class NewUnitForm(PlainForm):
    name = _name_field()
    headcount = _headcount_field()
    parent = PlaceField(label=_("Part of"))

    def __init__(self, *arguments: Any, rows: Sequence[TreeRow], **names: Any) -> None:
        super().__init__(*arguments, **names)
        place = self.fields["parent"]
        assert isinstance(place, PlaceField)  # noqa: S101 -- tells the type checker what stands above
        place.offer(rows, _("At the top"))


class UnitForm(PlainForm):
    """Name and people of a team that is there."""

    name = _name_field()
    headcount = _headcount_field()


class MoveForm(PlainForm):
    parent = PlaceField(label=_("Move to"))

    def __init__(self, *arguments: Any, rows: Sequence[TreeRow], **names: Any) -> None:
        super().__init__(*arguments, **names)
        place = self.fields["parent"]
        assert isinstance(place, PlaceField)  # noqa: S101 -- tells the type checker what stands above
        place.offer(rows, _("At the top"))


class RemoveForm(PlainForm):
    people = forms.ChoiceField(
        label=_("Its own people"),
        choices=[("up", _("go to the team above")), ("gone", _("no longer count"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what happens to its people.")},
    )

    def __init__(self, *arguments: Any, unit: Unit, **names: Any) -> None:
        super().__init__(*arguments, **names)
        if unit.parent_id is None or not unit.headcount:
            people = self.fields["people"]
            people.widget = forms.HiddenInput()
            people.initial = "gone"


class ImportForm(PlainForm):
    file = forms.FileField(
        label=_("File with your teams"),
        help_text=_("CSV or XLSX, at most 5 MB. One row for each team."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )
