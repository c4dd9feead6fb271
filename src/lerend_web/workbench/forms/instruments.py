"""Forms about models and questionnaires."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lerend_web.workbench.forms.plain import PlainForm


class VersionFileForm(PlainForm):
    file = forms.FileField(
        label=_("File with the new version"),
        help_text=_("YAML or JSON for a whole model or questionnaire; XLSX or CSV for other words. At most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json,.xlsx,.csv,.tsv"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )


class PublishForm(PlainForm):
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_read = forms.BooleanField(
        label=_("I have read the difference. I know that this version can never be changed."),
        error_messages={"required": _("Tick this first: after this nothing of it can be changed.")},
    )
