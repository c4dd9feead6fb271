"""Forms of meetings: planning one, who comes, what there is to choose from, a sheet of paper, the decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.meetings.domain.deciding import Decided
from lerend_web.meetings.domain.planning import NewOption
from lerend_web.meetings.domain.rating import CRITERION_IDS, SCALE
from lerend_web.meetings.enums import Answer, MeetingKind, MeetingRole
from lerend_web.meetings.models import Decision, Meeting, Option
from lerend_web.meetings.rules import MOST_OPTIONS
from lerend_web.meetings.words import ANSWER_NAMES, CRITERION_NAMES, KIND_NAMES, ROLE_NAMES
from lerend_web.workbench.forms.plain import PlainForm, date_field

LONGEST_NAME: Final = 120
_ROLES: Final = [(role.value, name) for role, name in ROLE_NAMES.items()]


def _words(label: Any, *, most: int, required: Any = None, help_text: Any = "", rows: int = 0) -> forms.CharField:
    """A field for words; with rows a large one."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most}) if rows else forms.TextInput()
    complaints = {"max_length": _("Make it shorter."), "required": required or ""}
    return forms.CharField(
        label=label,
        max_length=most,
        required=required is not None,
        help_text=help_text,
        widget=widget,
        error_messages=complaints,
    )


class PlanMeetingForm(PlainForm):
    kind = forms.ChoiceField(
        label=_("Kind of meeting"),
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        initial=MeetingKind.THEME.value,
    )
    title = _words(_("Title"), most=LONGEST_NAME, required=_("What is the meeting called?"))
    theme_name = _words(_("Theme"), most=LONGEST_NAME, help_text=_("Only for a meeting that deepens a theme."))
    day = date_field(label=_("Day"), error_messages={"required": _("Choose a day.")})
    hour = forms.TimeField(
        label=_("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("At what time does it begin?"), "invalid": _("Write a time such as 14:30.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=30,
        max_value=240,
        initial=60,
        help_text=_("An hour is enough for ten to forty people."),
        error_messages={
            "min_value": _("Take half an hour at least."),
            "max_value": _("Take four hours at most."),
            "required": _("How long does it take?"),
            "invalid": _("Write a number of minutes."),
        },
    )
    place = _words(_("Place"), most=200, required=_("Where is it?"))
    contact = _words(
        _("Contact person"),
        most=200,
        required=_("Whom can people ask?"),
        help_text=_("Name, and an e-mail address or telephone number."),
    )
    chosen = forms.MultipleChoiceField(
        label=_("To choose from, as the outcomes propose"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own = _words(
        _("Also to choose from"),
        most=1000,
        rows=4,
        help_text=_("One on a line. Together with the list above eight at most."),
    )

    def __init__(self, *arguments: Any, proposed: Sequence[NewOption], zone: str, **names: Any) -> None:
        super().__init__(*arguments, **names)
        self._proposed, self._zone = proposed, ZoneInfo(zone)
        field = self.fields["chosen"]
        if not proposed:
            del self.fields["chosen"]
        elif isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one.source, f"{one.name}. {one.concerns}") for one in proposed]
            field.initial = [one.source for one in proposed]

    def clean_own(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["own"].splitlines() if line.strip()]
        if any(len(line) > LONGEST_NAME for line in lines):
            raise forms.ValidationError(_("Keep each line below 120 characters."))
        return list(dict.fromkeys(lines))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if len(data.get("chosen", [])) + len(data.get("own", [])) > MOST_OPTIONS:
            self.add_error("own", _("Choose eight at most: more cannot be rated in silence in five minutes."))
        if data.get("kind") == MeetingKind.DEEPENING and not data.get("theme_name"):
            self.add_error("theme_name", _("Say which theme this meeting deepens."))
        return data

    def options(self) -> list[NewOption]:
        """For a deepening meeting only what was typed: its causes."""
        data = self.cleaned_data
        own = [NewOption(name) for name in data["own"]]
        if data["kind"] == MeetingKind.DEEPENING:
            return own
        return [one for one in self._proposed if one.source in data.get("chosen", [])] + own

    def starts_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=self._zone)


class OptionForm(PlainForm):
    """Something to choose from; in a deepening meeting a cause, with how it is known."""

    name = _words(_("What"), most=LONGEST_NAME, required=_("What is it called?"))
    for_whom = _words(_("For whom"), most=300)
    since = _words(_("Since when"), most=120)
    evidence = _words(_("How we know"), most=500, rows=2)
    tried = _words(_("What was tried, and what came of it"), most=500, rows=2)

    def __init__(self, *arguments: Any, meeting: Meeting, **names: Any) -> None:
        super().__init__(*arguments, **names)
        if meeting.kind == MeetingKind.DEEPENING:
            self.fields["name"].label = _("Cause: why is it so?")
        else:
            for name in ("for_whom", "since", "evidence", "tried"):
                del self.fields[name]

    def option(self) -> NewOption:
        return NewOption(**self.cleaned_data)


class InviteForm(PlainForm):
    name = _words(_("Name"), most=LONGEST_NAME, required=_("Who is asked to come?"))
    role = forms.ChoiceField(label=_("Comes as"), choices=_ROLES)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("If you fill it in, a mail goes there at once, with a calendar file and a link to answer."),
        error_messages={"invalid": _("This is no e-mail address. Example: name@company.nl")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class OwnAnswerForm(PlainForm):
    role = forms.ChoiceField(label=_("I come as"), choices=_ROLES)
    answer = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[(one.value, ANSWER_NAMES[one]) for one in (Answer.YES, Answer.NO)],
        widget=forms.RadioSelect,
        initial=Answer.YES.value,
        error_messages={"required": _("Choose one of the two.")},
    )


class PaperForm(PlainForm):
    """A sheet of paper: the role, and per option three marks or none."""

    role = forms.ChoiceField(label=_("Role on the sheet"), choices=[("", _("Choose a role")), *_ROLES])

    def __init__(self, *arguments: Any, options: Iterable[Option], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.fields["role"].error_messages["required"] = _("Choose the role that stands on the sheet.")
        self.options = list(options)
        marks = [("", "–"), *((str(mark), str(mark)) for mark in SCALE)]
        for option in self.options:
            for name in CRITERION_IDS:
                label = str(CRITERION_NAMES[name])
                self.fields[field_name(option, name)] = forms.ChoiceField(label=label, choices=marks, required=False)

    def rows(self) -> list[tuple[Option, list[forms.BoundField]]]:
        """Per option its three fields."""
        return [(one, [self[field_name(one, name)] for name in CRITERION_IDS]) for one in self.options]


class DecisionForm(PlainForm):
    option = forms.ChoiceField(
        label=_("What was chosen"), required=False, error_messages={"invalid_choice": _("Choose from the list.")}
    )
    why = _words(_("Why"), most=1000, rows=3, required=_("Say in a sentence or two why."))
    dissent = _words(
        _("Who sees it otherwise, and why"),
        most=1000,
        rows=3,
        help_text=_("In their own words, without names. Leave it empty when everybody agrees."),
    )
    step = _words(_("First concrete step"), most=500, rows=2, required=_("What happens first?"))
    owner = _words(_("Who does it"), most=LONGEST_NAME, required=_("One name: who sees to it?"))
    due_on = date_field(label=_("By when"), error_messages={"required": _("Choose a day.")})

    def __init__(self, *arguments: Any, options: Sequence[Option], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self._options = {str(one.pk): one for one in options}
        field = self.fields["option"]
        if isinstance(field, forms.ChoiceField):
            choices = [(key, one.name) for key, one in self._options.items()]
            field.choices = [("", gettext("We could not choose yet")), *choices]
        for key, one in self._options.items():
            self.fields[f"not-{key}"] = _words(one.name, most=300)

    def about(self) -> list[forms.BoundField]:
        """The fields about what was chosen."""
        return [field for field in self if not field.name.startswith("not-")]

    def against(self) -> list[forms.BoundField]:
        """The fields that say why the others were not."""
        return [field for field in self if field.name.startswith("not-")]

    def decided(self) -> Decided:
        data = self.cleaned_data
        chosen = self._options.get(data["option"])
        reasons = {one.pk: data[f"not-{key}"] for key, one in self._options.items() if one != chosen}
        return Decided(chosen, data["why"], data["step"], data["owner"], data["due_on"], data["dissent"], reasons)


def as_decided(decision: Decision) -> dict[str, Any]:
    """What was written down, to put it right."""
    reasons = {f"not-{one['option']}": one["why"] for one in decision.not_chosen}
    kept = {name: getattr(decision, name) for name in ("why", "dissent", "step", "owner", "due_on")}
    return {"option": str(decision.option_id or ""), **kept, **reasons}


def field_name(option: Option, criterion: str) -> str:
    """How the marks for an option are called in what is sent."""
    return f"o{option.pk}-{criterion}"


def marks_in(sent: Any, options: Iterable[Option]) -> dict[int, dict[str, int]]:
    """The marks that were sent, per option; of what is no mark nothing. Whether they are whole the domain says."""
    found = {}
    for option in options:
        given = {name: sent.get(field_name(option, name), "") for name in CRITERION_IDS}
        marks = {name: int(text) for name, text in given.items() if text in {str(mark) for mark in SCALE}}
        if marks:
            found[option.pk] = marks
    return found


def role_in(sent: str) -> MeetingRole:
    """A role of which the form has checked that it is one."""
    return MeetingRole(sent)
