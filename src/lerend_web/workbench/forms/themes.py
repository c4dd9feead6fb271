"""Forms about themes of a programme, and about what an organisation does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.acting import Plan, Step
from lerend_web.themes.domain.choosing import WhatBecomes
from lerend_web.themes.domain.names import factors_of_organisation, factors_of_programme
from lerend_web.themes.enums import ActionState, ThemeState
from lerend_web.themes.models import Action, ActionStep, Theme
from lerend_web.themes.queries import people_for_actions, possible_owners
from lerend_web.themes.rules import NEXT, ThemesRefused, pulse_date
from lerend_web.workbench.forms.plain import PlainForm, date_field
from lerend_web.workbench.theme_words import ACTION_STATES, THEME_STATES

_NO_DATE: Final = {"invalid": _("This is no date. Choose one from the calendar, or type it as 2026-11-30.")}


class RefusableForm(PlainForm):
    """A form that shows at its field what the rooms of themes and working groups refuse."""

    def show(self, field: str, sentence: str | Promise) -> None:
        self.add_error(field if field in self.fields else None, str(sentence))

    def offer(self, name: str, choices: Iterable[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells the type checker what the form declares
        field.choices = list(choices)

    def offer_people(self, name: str, people: list[Person], nobody: str | Promise) -> None:
        self.offer(name, [("", nobody), *((str(one.pk), one.name) for one in people)])
        self.people = {str(one.pk): one for one in people}


class ThemeForm(RefusableForm):
    name_nl = forms.CharField(
        label=_("Name in Dutch"), max_length=120, error_messages={"required": _("Give the theme a name.")}
    )
    name_en = forms.CharField(
        label=_("Name in English"), max_length=120, required=False, help_text=_("Leave it empty to use the Dutch one.")
    )
    factors = forms.MultipleChoiceField(
        label=_("Factors that it stands for"),
        help_text=_("One to six. By these the system counts how many companies it concerns."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one factor.")},
    )

    def __init__(self, *arguments: Any, programme: Programme, **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.offer("factors", factors_of_programme(programme))


class DecideForm(RefusableForm):
    """What becomes of a theme."""

    state = forms.ChoiceField(label=_("What becomes of it"), error_messages={"required": _("Choose one.")})
    owner = forms.ChoiceField(
        label=_("Who looks after it"),
        required=False,
        help_text=_("Somebody with a part in the programme. Every company sees this name."),
    )
    next_on = date_field(label=_("When something happens next"), required=False, error_messages=_NO_DATE)
    why = forms.CharField(
        label=_("Why not"),
        help_text=_("Only if it is not chosen. Everybody in the programme can read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
        error_messages={"max_length": _("Make it shorter: 500 characters at most.")},
    )

    def __init__(self, *arguments: Any, theme: Theme, **names: Any) -> None:
        before = ThemeState(theme.state)
        names.setdefault(
            "initial",
            {"state": before.value, "owner": str(theme.owner_id or ""), "next_on": theme.next_on, "why": theme.why},
        )
        super().__init__(*arguments, **names)
        self.offer("state", [(one.value, THEME_STATES[one]) for one in (before, *NEXT[before])])
        self.offer_people("owner", possible_owners(theme.programme), _("Nobody yet"))

    def becomes(self) -> WhatBecomes:
        data = self.cleaned_data
        owner = self.people.get(data["owner"])
        return WhatBecomes(ThemeState(data["state"]), data["why"], owner, data["next_on"])


class ActionForm(RefusableForm):
    """A plan; a new one begins with its first step."""

    what = forms.CharField(
        label=_("What are you going to do?"),
        max_length=200,
        error_messages={"required": _("Say in a few words what you are going to do.")},
    )
    theme = forms.ChoiceField(label=_("For which theme"), required=False)
    factor = forms.ChoiceField(label=_("Or for which factor"), required=False)
    intervention = forms.CharField(
        label=_("Approach from the catalogue"),
        help_text=_("Its name or number, if you use one. Leave it empty for an idea of your own."),
        max_length=80,
        required=False,
    )
    owner = forms.ChoiceField(label=_("Who sees to it"), error_messages={"required": _("Choose who sees to it.")})
    pulse_on = date_field(
        label=_("When to ask three short questions"),
        help_text=_("A month after the first step, if you leave it empty."),
        required=False,
        error_messages=_NO_DATE,
    )
    pulse_about = forms.CharField(
        label=_("What the three questions are about"),
        help_text=_("What people should notice by then, if this works."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        required=False,
        error_messages={"max_length": _("Make it shorter: 500 characters at most.")},
    )

    def __init__(self, *arguments: Any, organisation: Organisation, themes: list[Theme], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.themes = {str(theme.pk): theme for theme in themes}
        self.offer(
            "theme", [("", _("No theme of the programme")), *((pk, one.name) for pk, one in self.themes.items())]
        )
        self.offer("factor", [("", _("No single factor")), *factors_of_organisation(organisation)])
        self.offer_people("owner", people_for_actions(organisation), _("Choose"))

    def plan(self, *, first_step: date | None = None) -> Plan:
        data = self.cleaned_data
        pulse_on = data["pulse_on"] or pulse_date([first_step] if first_step else [])
        return Plan(
            what=data["what"],
            owner=self.people.get(data["owner"]),
            theme=self.themes.get(data["theme"]),
            factor=data["factor"],
            intervention=data["intervention"],
            pulse_on=pulse_on,
            pulse_about=data["pulse_about"],
        )


class NewActionForm(ActionForm):
    step = forms.CharField(
        label=_("First step"),
        help_text=_("Small enough to be done in a few weeks."),
        max_length=200,
        error_messages={"required": _("Say in a few words what this step is.")},
    )
    due_on = date_field(
        label=_("Done on, at the latest"),
        error_messages=_NO_DATE | {"required": _("Choose a date: a step without one is soon forgotten.")},
    )
    step_owner = forms.ChoiceField(label=_("Who does this step"), error_messages={"required": _("Choose who does it.")})

    def __init__(self, *arguments: Any, organisation: Organisation, **names: Any) -> None:
        super().__init__(*arguments, organisation=organisation, **names)
        self.offer_people("step_owner", people_for_actions(organisation), _("Choose"))

    def first_step(self) -> Step:
        data = self.cleaned_data
        return Step(data["step"], data["due_on"], self.people.get(data["step_owner"]))


class ChangeActionForm(ActionForm):
    state = forms.ChoiceField(label=_("How far it is"))

    def __init__(self, *arguments: Any, action: Action, **names: Any) -> None:
        initial = {
            name: getattr(action, name) for name in ("what", "factor", "intervention", "pulse_on", "pulse_about")
        }
        initial |= {"theme": str(action.theme_id or ""), "owner": str(action.owner_id or ""), "state": action.state}
        super().__init__(*arguments, organisation=action.organisation, initial=initial, **names)
        self.fields["pulse_on"].help_text = ""
        self.offer("state", [(one.value, words) for one, words in ACTION_STATES.items()])

    def state_chosen(self) -> ActionState:
        return ActionState(self.cleaned_data["state"])


class StepForm(RefusableForm):
    step = forms.CharField(
        label=_("Step"), max_length=200, error_messages={"required": _("Say in a few words what this step is.")}
    )
    due_on = date_field(
        label=_("Done on, at the latest"),
        error_messages=_NO_DATE | {"required": _("Choose a date: a step without one is soon forgotten.")},
    )
    step_owner = forms.ChoiceField(label=_("Who does this step"), error_messages={"required": _("Choose who does it.")})

    def __init__(
        self, *arguments: Any, organisation: Organisation, step: ActionStep | None = None, **names: Any
    ) -> None:
        if step is not None:
            names["initial"] = {"step": step.what, "due_on": step.due_on, "step_owner": str(step.owner_id or "")}
        super().__init__(*arguments, **names)
        self.offer_people("step_owner", people_for_actions(organisation), _("Choose"))

    def as_step(self) -> Step:
        data = self.cleaned_data
        return Step(data["step"], data["due_on"], self.people.get(data["step_owner"]))


class NoteForm(RefusableForm):
    text = forms.CharField(
        label=_("What happened"),
        help_text=_("A line or two. Do not write what one person said or did."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        error_messages={
            "required": _("Write down what happened."),
            "max_length": _("Make it shorter: 500 characters at most."),
        },
    )


def show_refusal(form: RefusableForm, refusal: ThemesRefused) -> None:
    form.show(refusal.field, refusal.sentence)


def first_choices(given: Mapping[str, str], by: Person, today: date) -> dict[str, Any]:
    """What a link brought along, for a new plan: the theme, factor or approach that somebody came from."""
    brought = {name: given[name] for name in ("theme", "factor", "intervention", "what") if name in given}
    return {**brought, "owner": str(by.pk), "step_owner": str(by.pk), "due_on": today + timedelta(days=14)}
