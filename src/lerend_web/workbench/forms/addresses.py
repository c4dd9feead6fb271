"""Forms about the addresses of a round by mail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.scans.domain.address_lists import LARGEST_FILE, AddressList, read_file, read_typed
from lerend_web.workbench.forms.plain import PlainForm

Path = tuple[str, ...]


class AddressesForm(PlainForm):
    """A list that is typed or pasted, or a file; of one team, or with the team behind each address."""

    unit = forms.ChoiceField(label=_("Team"), required=False, help_text=_("For every line that names no team itself."))
    typed = forms.CharField(
        label=_("E-mail addresses"),
        required=False,
        max_length=500_000,
        help_text=_("One a line. With a team of its own: name@example.org; Production > Team A"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV or XLSX with a column “e-mail” and, if you like, a column “team”."),
    )

    def __init__(self, *arguments: Any, units: Iterable[Path], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self._paths = {str(number): path for number, path in enumerate(sorted(units), start=1)}
        choices = [("", gettext("The team stands behind each address"))]
        self.fields["unit"].choices = choices + [(key, " > ".join(path)) for key, path in self._paths.items()]  # type: ignore[attr-defined]  # a choice field has them

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("typed", "").strip() and not data.get("file"):
            self.add_error("typed", gettext("Write at least one address, or choose a file."))
        return data

    @property
    def chosen_unit(self) -> Path | None:
        return self._paths.get(self.cleaned_data["unit"])

    def listed(self) -> AddressList:
        """Every line of field and file."""
        file = self.cleaned_data.get("file")
        typed = read_typed(self.cleaned_data["typed"])
        found = read_file(file.read(LARGEST_FILE + 1), file_name=file.name) if file else AddressList()
        return AddressList(typed.lines + found.lines, typed.problems + found.problems)


def _address_field(label: Any) -> forms.CharField:
    needed = {"required": _("Write the address.")}
    return forms.CharField(label=label, max_length=254, error_messages=needed)


class ReplaceForm(PlainForm):
    """One address put right."""

    before = _address_field(_("Address as it is in the list"))
    after = _address_field(_("Right address"))


class ReturnedForm(PlainForm):
    """An address of which the mail came back."""

    address = _address_field(_("Address"))
