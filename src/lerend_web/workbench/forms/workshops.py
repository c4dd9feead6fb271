"""Forms of a workshop: a version of the text, a session, a try-out, a remark."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.interventions.rules import LABELS, LISTS, LONGEST_STORY, TEXTS, WORKSHOP_PARTS
from lerend_web.themes.models import Theme
from lerend_web.workbench.forms.plain import date_field
from lerend_web.workbench.forms.themes import RefusableForm

_NO_DATE: Final = {
    "required": _("Choose a date."),
    "invalid": _("This is no date. Choose one from the calendar, or type it as 2026-11-30."),
}
_MINUTES: Final = _("Fill in the minutes, from 5 to 480.")
_ROWS: Final = {"what": 3, "fails": 3, "during": 4}
_HELP: Final[dict[str, Promise]] = {
    "mechanism": _("What changes for people, so that they learn or renew more?"),
    "needs": _("One on each line."),
    "fails": _("One on each line. What could go wrong?"),
    "before": _("What you arrange first."),
    "during": _("What you do."),
    "after": _("What makes it last."),
}


class _Beside(RefusableForm):
    """One of several forms on a page: `ids` keeps their fields apart."""

    ids = "id_%s"

    def __init__(self, *arguments: Any, **names: Any) -> None:
        super().__init__(*arguments, auto_id=self.ids, **names)


class NewWorkshopForm(RefusableForm):
    theme = forms.ChoiceField(label=_("For which theme"), error_messages={"required": _("Choose a theme.")})
    name = forms.CharField(
        label=_("What are you making?"),
        help_text=_("A working title is enough, for example: ten minutes of learning at the line."),
        max_length=100,
        error_messages={"required": _("Give the workshop a name: what are you making?")},
    )

    def __init__(self, *arguments: Any, themes: list[Theme], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.themes = {str(theme.pk): theme for theme in themes}
        self.offer("theme", [("", _("Choose")), *((pk, one.name) for pk, one in self.themes.items())])


class VersionForm(RefusableForm):
    """All parts may be empty: a first version is rough. `from_version` is the one on the screen of who writes (0: none)."""

    from_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *arguments: Any, **names: Any) -> None:
        super().__init__(*arguments, **names)
        for part in WORKSHOP_PARTS:
            most = TEXTS.get(part) or LISTS[part]
            self.fields[part] = forms.CharField(
                label=str(LABELS[part]),
                help_text=str(_HELP.get(part, "")),
                widget=forms.Textarea(attrs={"rows": _ROWS.get(part, 2)}),
                max_length=most,
                required=False,
                error_messages={"max_length": _("Make it shorter: %(most)s characters at most.") % {"most": most}},
            )
        self.fields["why"] = forms.CharField(
            label=str(_("Why this change")),
            help_text=str(_("In one line, for the other makers. For example: the try-out took too long.")),
            max_length=300,
            required=False,
        )


class SessionForm(_Beside):
    ids = "session_%s"

    on = date_field(label=_("Date"), error_messages=_NO_DATE)
    begins = forms.TimeField(
        label=_("Begins at"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("This is no time. Type it as 14:30.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=5,
        max_value=480,
        error_messages={"required": _MINUTES, "invalid": _MINUTES, "min_value": _MINUTES, "max_value": _MINUTES},
    )
    what = forms.CharField(
        label=_("What you do in this session"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what you do in this session.")},
    )


class TryOutForm(_Beside):
    ids = "try_%s"

    on = date_field(label=_("When you tried it"), error_messages=_NO_DATE)
    happened = forms.CharField(
        label=_("What happened"),
        help_text=_(
            "Where and with how many people, what worked and what did not. Name no persons. A line that begins with - becomes a list."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_STORY,
        error_messages={
            "required": _("Tell what happened, also when it did not work."),
            "max_length": _("Make it shorter: 2000 characters at most."),
        },
    )
    next = forms.CharField(label=_("What should be different next time"), max_length=300, required=False)


class RemarkForm(_Beside):
    ids = "remark_%s"

    text = forms.CharField(
        label=_("What do you want to say about it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={
            "required": _("Write what you want to say."),
            "max_length": _("Make it shorter: 1000 characters at most."),
        },
    )
