"""A script of one page: for how many people, with what, and its steps with minutes, what to do and what to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from lerend_web.interventions.enums import Verdict, Wording
from lerend_web.interventions.rules import LONGEST_STEP, LONGEST_WORDS, MOST_STEPS
from lerend_web.workbench.forms.themes import RefusableForm

_IN: Final = {"nl": _("in Dutch"), "en": _("in English")}
_LONG: Final = {"max_length": _("Make it shorter: 400 characters at most.")}
_MINUTES: Final = _("Fill in the minutes, from 1 to 480.")
LONGEST_STEP_MINUTES: Final = 480


class ScriptForm(RefusableForm):
    """Steps that are left empty are left out; they keep the order in which they stand."""

    def __init__(self, *arguments: Any, wording: Wording, content: Mapping[str, Any], **names: Any) -> None:
        self.wording = wording
        super().__init__(*arguments, initial=_initial(content), **names)
        for name, label, help_text, rows in (
            ("people", _("For how many people"), _("For example: a team of four to twelve, with its manager."), 1),
            ("material", _("What you need"), _("One thing on each line."), 3),
        ):
            for language in wording.languages:
                self.fields[f"{name}_{language}"] = _text(str(label), str(help_text), rows, language, wording)
        for place in range(MOST_STEPS):
            self._add_step(place)

    def _add_step(self, place: int) -> None:
        self.fields[f"minutes_{place}"] = forms.IntegerField(
            label=_("Minutes"),
            required=False,
            min_value=1,
            max_value=LONGEST_STEP_MINUTES,
            error_messages={"invalid": _MINUTES, "min_value": _MINUTES, "max_value": _MINUTES},
        )
        for language in self.wording.languages:
            self.fields[f"do_{place}_{language}"] = _text(str(_("What you do")), "", 2, language, self.wording)
            self.fields[f"say_{place}_{language}"] = _text(
                str(_("What you say, word for word")), "", 2, language, self.wording
            )

    def heads(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(("people_", "material_"))]

    def steps(self) -> Iterator[tuple[int, bool, list[BoundField]]]:
        """Number, whether something stands there, and its fields."""
        for place in range(MOST_STEPS):
            names = [f"minutes_{place}"]
            for language in self.wording.languages:
                names += [f"do_{place}_{language}", f"say_{place}_{language}"]
            fields = [self[name] for name in names]
            yield place + 1, any(field.value() or field.errors for field in fields), fields

    def content(self) -> dict[str, Any]:
        data, languages = self.cleaned_data, self.wording.languages
        heads = {f"{name}_{one}": data[f"{name}_{one}"] for name in ("people", "material") for one in languages}
        steps = [
            {
                "minutes": data[f"minutes_{place}"],
                **{f"{name}_{one}": data[f"{name}_{place}_{one}"] for name in ("do", "say") for one in languages},
            }
            for place in range(MOST_STEPS)
        ]
        return {**heads, "steps": [step for step in steps if any(step.values())]}


class ScriptReviewForm(RefusableForm):
    verdict = forms.ChoiceField(
        label=_("What do you say?"),
        widget=forms.RadioSelect,
        choices=[
            (Verdict.APPROVE.value, _("I approve it: somebody who was not there can do it from this page")),
            (Verdict.CHANGE.value, _("I ask for a change")),
        ],
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )
    words = forms.CharField(
        label=_("In words"),
        help_text=_("Needed if you ask for a change."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WORDS,
        required=False,
        error_messages={"max_length": _("Make it shorter: 1000 characters at most.")},
    )


def _text(label: str, help_text: str, rows: int, language: str, wording: Wording) -> forms.CharField:
    name = f"{label}, {_IN[language]}" if wording is Wording.BOTH else label
    return forms.CharField(
        label=name,
        help_text=help_text,
        required=False,
        max_length=LONGEST_STEP,
        widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
        error_messages=_LONG,
    )


def _initial(content: Mapping[str, Any]) -> dict[str, Any]:
    heads = {name: value for name, value in content.items() if name != "steps"}
    for place, step in enumerate(content.get("steps") or ()):
        for name, value in step.items():
            what, _sign, language = name.partition("_")
            heads[f"{what}_{place}_{language}" if language else f"{what}_{place}"] = value
    return heads
