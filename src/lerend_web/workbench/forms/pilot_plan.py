"""Forms of a pilot before it starts: charter, asking a company, what can be done here, freezing, and the pool."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.pilots.domain.charters import Charter, approaches_of, factors_to_move, teachers_of
from lerend_web.pilots.domain.choosing import MOST_WAVES, Wish, kinds
from lerend_web.pilots.models import Pilot, PilotTeam
from lerend_web.programmes.models import Programme
from lerend_web.themes.models import Theme
from lerend_web.themes.queries import possible_owners
from lerend_web.workbench.forms.plain import date_field
from lerend_web.workbench.forms.themes import RefusableForm

_NO_DATE: Final = {
    "required": _("Choose a date."),
    "invalid": _("This is no date. Choose one from the calendar, or type it as 2026-11-30."),
}
_NO_NUMBER: Final = {
    "required": _("Fill in a number."),
    "invalid": _("Fill in a number, for example 8."),
}
_EVERY: Final = timedelta(weeks=1)


class CharterForm(RefusableForm):
    title = forms.CharField(
        label=_("Name of the pilot"), max_length=120, error_messages={"required": _("Give the pilot a name.")}
    )
    factor = forms.ChoiceField(
        label=_("What must move"),
        help_text=_("One factor of the questionnaire. By this the pilot is judged."),
        error_messages={"required": _("Choose the factor that must move.")},
    )
    problem = forms.CharField(
        label=_("What is the matter"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what is the matter, in one or two sentences.")},
    )
    theory = forms.CharField(
        label=_("Why this could work"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    intervention = forms.ChoiceField(label=_("Which approach is tried"), required=False)
    approach = forms.CharField(
        label=_("What teams do"),
        help_text=_("So that somebody who was not there could do it too."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sessions = forms.IntegerField(label=_("Sessions of a team"), error_messages=_NO_NUMBER)
    weeks = forms.IntegerField(label=_("Over how many weeks"), error_messages=_NO_NUMBER)
    smallest = forms.FloatField(
        label=_("Smallest effect worth having"),
        help_text=_(
            "In standard deviations between people; 0.2 is about a sixth of a point on the scale of 1 to 5. Less than this "
            "is not worth the trouble."
        ),
        localize=True,
        error_messages=_NO_NUMBER,
    )
    theme = forms.ChoiceField(label=_("Belongs to the theme"), required=False)
    owner = forms.ChoiceField(label=_("Who looks after it"), required=False)
    partner = forms.ChoiceField(
        label=_("Teacher who is the partner"),
        help_text=_("Reads who offered themselves, until the lot is drawn. Nobody else does."),
        required=False,
    )

    def __init__(self, *arguments: Any, programme: Programme, **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.themes = {str(one.pk): one for one in Theme.objects.filter(programme=programme)}
        self.owners = {str(one.pk): one for one in possible_owners(programme)}
        self.teachers = {str(one.pk): one for one in teachers_of(programme)}
        self.offer("factor", [("", _("Choose")), *factors_to_move(programme)])
        self.offer("intervention", [("", _("One that is made here")), *approaches_of(programme)])
        self.offer("theme", [("", _("No theme")), *((pk, one.name) for pk, one in self.themes.items())])
        self.offer("owner", [("", _("Nobody yet")), *((pk, one.name) for pk, one in self.owners.items())])
        self.offer("partner", [("", _("Nobody yet")), *((pk, one.name) for pk, one in self.teachers.items())])

    def charter(self) -> Charter:
        data = self.cleaned_data
        texts = ("title", "factor", "problem", "theory", "approach", "intervention", "sessions", "weeks", "smallest")
        return Charter(
            **{name: data[name] for name in texts},
            theme=self.themes.get(data["theme"]),
            owner=self.owners.get(data["owner"]),
            partner=self.teachers.get(data["partner"]),
        )


def as_filled_in(pilot: Pilot) -> dict[str, Any]:
    """The charter of a pilot for its form."""
    texts = ("title", "factor", "problem", "theory", "approach", "intervention", "sessions", "weeks", "smallest")
    people = {"theme": pilot.theme_id, "owner": pilot.owner_id, "partner": pilot.partner_id}
    return {name: getattr(pilot, name) for name in texts} | {name: str(pk or "") for name, pk in people.items()}


class AskForm(RefusableForm):
    organisation = forms.ChoiceField(
        label=_("Which company"), error_messages={"required": _("Choose a company of this programme.")}
    )
    compares = forms.BooleanField(
        label=_("It goes on as it did, and is only measured"),
        help_text=_("For a comparison with another company, where no lot can be drawn."),
        required=False,
    )

    def __init__(self, *arguments: Any, companies: list[Organisation], **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.companies = {str(one.pk): one for one in companies}
        self.offer("organisation", [("", _("Choose")), *((pk, one.name) for pk, one in self.companies.items())])


class WishForm(RefusableForm):
    """What people say can be done here. It travels in the address: nothing is kept until the plan is frozen."""

    waves = forms.IntegerField(
        label=_("Measurements in all"),
        help_text=_("The one before the start counts too: the newest round."),
        min_value=2,
        max_value=MOST_WAVES,
        error_messages=_NO_NUMBER
        | {
            "min_value": _("Plan from 2 to 7 measurements, the one before the start included."),
            "max_value": _("Plan from 2 to 7 measurements, the one before the start included."),
        },
    )
    accept_lot = forms.BooleanField(label=_("Everybody accepts that a lot decides"), required=False)
    may_wait = forms.BooleanField(label=_("Some teams can wait until after the last measurement"), required=False)
    may_step = forms.BooleanField(label=_("Teams can begin one group after another"), required=False)
    may_decline = forms.BooleanField(label=_("Teams that are invited are free to decline"), required=False)
    announced = forms.BooleanField(
        label=_("It was announced that motivation is measured, and that it counts for who begins"), required=False
    )

    def wish(self) -> Wish:
        return Wish(**self.cleaned_data)


class FreezeForm(WishForm):
    """The plan before it is frozen: what was said on the page before, and dates, rule and seed."""

    kind = forms.ChoiceField(label=_("How it compares"))
    smallest = forms.FloatField(
        label=_("Smallest effect worth having"),
        help_text=_("In standard deviations between people. The verdict is judged by this."),
        localize=True,
        error_messages=_NO_NUMBER,
    )
    seed = forms.CharField(
        label=_("Number for the lot"),
        help_text=_(
            "Let somebody call out a number or throw dice, with everybody there. The platform adds signs that nobody can "
            "know beforehand, so that nobody can look for a number that suits."
        ),
        max_length=40,
        required=False,
    )

    def __init__(self, *arguments: Any, waves: int, today: date, weeks: int, **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.numbers = range(1, waves)
        self.offer("kind", kinds())
        for number in self.numbers:
            self.fields[f"date_{number}"] = date_field(
                label=gettext("Measurement %(number)s") % {"number": number},
                initial=today + max(weeks, 1) * _EVERY * number,
                error_messages=_NO_DATE,
            )
        self.order_fields(["kind", "waves", *(f"date_{number}" for number in self.numbers)])

    def dates(self) -> list[date]:
        return [self.cleaned_data[f"date_{number}"] for number in self.numbers]

    def wish(self) -> Wish:
        said = ("waves", "may_wait", "may_step", "accept_lot", "announced", "may_decline")
        return Wish(**{name: self.cleaned_data[name] for name in said})

    def said_before(self) -> Iterator[Any]:
        """Fields that were answered on the page before: they travel along unseen."""
        return (self[name].as_hidden() for name in ("kind", *WishForm.base_fields))

    def asked(self) -> Iterator[Any]:
        return (self[name] for name in (*(f"date_{number}" for number in self.numbers), "smallest"))


class PoolForm(RefusableForm):
    closes_on = date_field(label=_("Last day on which people can offer their team"), error_messages=_NO_DATE)


class OfferForm(RefusableForm):
    """On a phone, by somebody without an account."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Your name"), max_length=120, error_messages={"required": _("Fill in your name.")})
    reach = forms.CharField(
        label=_("How the teacher can reach you"),
        help_text=_("A telephone number or an address, if you like."),
        max_length=200,
        required=False,
    )
    team = forms.ChoiceField(label=_("Your team"), error_messages={"required": _("Choose your team from the list.")})

    def __init__(self, *arguments: Any, teams: list[PilotTeam], **names: Any) -> None:
        super().__init__(*arguments, **names)
        by_company: dict[str, list[tuple[str, str]]] = {}
        for one in teams:
            by_company.setdefault(one.organisation.name, []).append((str(one.pk), one.name))
        self.offer("team", [("", _("Choose")), *by_company.items(), ("other", _("Another team"))])

    def own_team(self) -> int | None:
        chosen = self.cleaned_data["team"]
        return None if chosen == "other" else int(chosen)
