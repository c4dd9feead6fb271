"""The guided form of a proposal, part by part; and what a reviewer says."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lerend_web.interventions.domain.shown import (
    circumstance_choices,
    factor_choices,
    grade_choices,
    level_choices,
)
from lerend_web.interventions.enums import Seat, Verdict, Wording
from lerend_web.interventions.rules import LABELS, LISTS, LONGEST_WORDS, NUMBERS, OPTIONAL, PARTS, TEXTS
from lerend_web.workbench.forms.themes import RefusableForm

WORDINGS: Final[dict[Wording, Promise]] = {
    Wording.DUTCH: pgettext_lazy("language of a text", "Dutch"),
    Wording.ENGLISH: pgettext_lazy("language of a text", "English"),
    Wording.BOTH: _("Both: you write every text twice"),
}
SEATS: Final[dict[Seat, Promise]] = {
    Seat.PEER: _("somebody of another company"),
    Seat.TEACHER: pgettext_lazy("who reviews", "a teacher"),
    Seat.RESEARCHER: pgettext_lazy("who reviews", "a researcher"),
}
VERDICTS: Final[dict[Verdict, Promise]] = {
    Verdict.APPROVE: _("I agree: it can stand in the catalogue like this"),
    Verdict.CHANGE: _("I ask for a change"),
}
_HELP: Final[dict[str, Promise]] = {
    "name": _("As people would call it at work."),
    "mechanism": _("What changes for people, so that they learn or renew more?"),
    "targets": _("One to four, the most important ones."),
    "dose": _("For example: a quarter of an hour a week, for half a year."),
    "hours_each": _("In all, for one round with one team of ten."),
    "euro_low": _("0 if nothing is paid to others."),
    "before": _("What you arrange first."),
    "during": _("What you do."),
    "after": _("What makes it last."),
    "circumstances": _(
        "Tick only what it cannot do without. Where a company says that it is not so, this is not offered."
    ),
    "needs": _("One on each line. Leave it empty if there is nothing."),
    "fails": _("One on each line. This helps others most: when did it go wrong, or when would it?"),
    "note": _("Who tried it, where, and how do you know that it helped? Name no persons."),
    "measured_on": _("Leave it empty if nobody measured it."),
    "source_text": _("Who wrote it, when, and what it is called. Leave it empty if there is none."),
    "source_address": _("Where it stands, beginning with https://"),
}
_ROWS: Final = {"what": 3, "fails": 4, "before": 3, "during": 4, "after": 3, "note": 3}
_LANGUAGE: Final[dict[str, Promise]] = {
    "nl": pgettext_lazy("after the name of a field", "in Dutch"),
    "en": pgettext_lazy("after the name of a field", "in English"),
}
_FILL_IN: Final = _("Fill this in. You can also keep it as it is for now.")


class BeginForm(RefusableForm):
    wording = forms.ChoiceField(
        label=_("In which language do you write it?"),
        widget=forms.RadioSelect,
        choices=[(one.value, words) for one, words in WORDINGS.items()],
        help_text=_("One is enough. Readers see which language it is."),
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language.")},
    )


class PartForm(RefusableForm):
    """One part of the card; not `strict`, it can be kept although something is missing."""

    def __init__(self, *arguments: Any, part: int, wording: Wording, strict: bool = True, **names: Any) -> None:
        super().__init__(*arguments, **names)
        for name in PARTS[part - 1]:
            for key, field in _fields(name, wording):
                field.required = strict and name not in OPTIONAL
                field.error_messages["required"] = _FILL_IN
                self.fields[key] = field


class ReviewForm(RefusableForm):
    """What one of the three says."""

    seat = forms.ChoiceField(label=_("You look at it as"), error_messages={"required": _("Choose as what you look.")})
    verdict = forms.ChoiceField(
        label=_("What do you say?"),
        widget=forms.RadioSelect,
        choices=[(one.value, words) for one, words in VERDICTS.items()],
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )
    words = forms.CharField(
        label=_("In words"),
        help_text=_("What is good, and what should be different. Needed if you ask for a change."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_WORDS,
        required=False,
        error_messages={"max_length": _("Make it shorter: 1000 characters at most.")},
    )

    def __init__(self, *arguments: Any, seats: tuple[Seat, ...], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.offer("seat", [(seat.value, SEATS[seat]) for seat in seats])


class SendBackForm(RefusableForm):
    """What the coordinator asks for."""

    words = forms.CharField(
        label=_("Which change do you ask for?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WORDS,
        error_messages={
            "required": _("Say which change you ask for."),
            "max_length": _("Make it shorter: 1000 characters at most."),
        },
    )

    def __init__(self, *arguments: Any, **names: Any) -> None:
        super().__init__(*arguments, auto_id="back_%s", **names)


def _fields(name: str, wording: Wording) -> list[tuple[str, forms.Field]]:
    if name in TEXTS or name in LISTS:
        is_both = wording is Wording.BOTH
        return [(f"{name}_{one}", _text(name, one, is_both=is_both)) for one in wording.languages]
    return [(name, _other(name))]


def _text(name: str, language: str, *, is_both: bool) -> forms.Field:
    most = TEXTS.get(name) or LISTS[name]
    rows = _ROWS.get(name, 2)
    attributes = {"lang": language}
    widget = forms.TextInput(attrs=attributes) if name == "name" else forms.Textarea(attrs={**attributes, "rows": rows})
    label = _("%(label)s, %(language)s") % {"label": LABELS[name], "language": _LANGUAGE[language]}
    return forms.CharField(
        label=label if is_both else str(LABELS[name]),
        help_text=str(_HELP.get(name, "")),
        widget=widget,
        max_length=most,
        error_messages={"max_length": _("Make it shorter: %(most)s characters at most.") % {"most": most}},
    )


def _other(name: str) -> forms.Field:
    label, help_text = str(LABELS[name]), str(_HELP.get(name, ""))
    if name in NUMBERS:
        wrong = _("Fill in a whole number, from 0 to %(most)s.") % {"most": NUMBERS[name]}
        return forms.IntegerField(
            label=label,
            help_text=help_text,
            min_value=0,
            max_value=NUMBERS[name],
            error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        )
    if name in {"targets", "circumstances"}:
        choices = factor_choices() if name == "targets" else circumstance_choices()
        return forms.MultipleChoiceField(
            label=label, help_text=help_text, widget=forms.CheckboxSelectMultiple, choices=choices
        )
    if name in {"level", "grade"}:
        choices = level_choices() if name == "level" else grade_choices()
        return forms.ChoiceField(label=label, help_text=help_text, widget=forms.RadioSelect, choices=choices)
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=300,
        error_messages={"max_length": _("Make it shorter: %(most)s characters at most.") % {"most": 300}},
    )
