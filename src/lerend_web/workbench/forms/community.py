"""Forms of the working group, of practical cases, and of learning partners."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lerend_web.community.domain.partners import Wish, towns
from lerend_web.community.models import PartnerWish
from lerend_web.community.rules import BRANCHES, LONGEST_PART, MOST_PARTNERS, REACHES
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.workbench.forms.plain import date_field
from lerend_web.workbench.forms.themes import RefusableForm


class InviteForm(RefusableForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of somebody with a role in the programme or in one of its organisations."),
        error_messages={
            "required": _("Fill in an e-mail address."),
            "invalid": _("This is no e-mail address. Example: name@company.nl"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AgendaForm(RefusableForm):
    on = date_field(
        label=_("Date"),
        error_messages={
            "required": _("Choose a date."),
            "invalid": _("This is no date. Choose one from the calendar, or type it as 2026-11-30."),
        },
    )
    begins = forms.TimeField(
        label=_("Begins at"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("This is no time. Type it as 14:30.")},
    )
    what = forms.CharField(
        label=_("What happens"), max_length=200, error_messages={"required": _("Say what happens on this date.")}
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)


def _part(label: Any, help_text: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=LONGEST_PART,
        required=False,
        error_messages={"max_length": _("Make it shorter: 2000 characters at most.")},
    )


class CaseForm(RefusableForm):
    title = forms.CharField(label=_("Title"), max_length=120, error_messages={"required": _("Give the case a title.")})
    context = _part(_("Context"), _("What kind of work is it, how many people, and what was the trouble?"))
    what = _part(_("What you did"), _("So that another company could do the same."), rows=5)
    dose = _part(_("How much, how often, how long"), _("For example: half an hour a week, for ten weeks."), rows=2)
    cost = _part(_("What it cost"), _("Hours and euros, as well as you know."), rows=2)
    came_of_it = _part(_("What came of it"), _("And how you know that."))
    failed = _part(_("What failed"), _("What did not work, or what you would do differently. This helps others most."))


class WishForm(RefusableForm):
    """Opting in: what a company can and wants."""

    town = forms.ChoiceField(
        label=_("Nearest larger town"), error_messages={"required": _("Choose the town that is nearest to you.")}
    )
    reach_km = forms.ChoiceField(label=_("How far you want to travel"), required=False)
    branch = forms.ChoiceField(
        label=_("Branch"),
        help_text=_("Companies of the same branch may be competitors."),
        error_messages={"required": _("Choose your branch.")},
    )
    also_same_branch = forms.BooleanField(
        label=_("A company of the same branch is fine too, if it thinks so as well"), required=False
    )
    capacity = forms.ChoiceField(label=_("With how many companies at once"))
    is_read = forms.BooleanField(
        label=_("I have read above what a proposal tells the other side, and we take part."),
        error_messages={"required": _("Read first what a proposal tells, and tick this.")},
    )

    def __init__(self, *arguments: Any, wish: PartnerWish | None = None, **names: Any) -> None:
        if wish is not None:
            names["initial"] = {
                "town": wish.town,
                "reach_km": str(wish.reach_km or ""),
                "branch": wish.branch,
                "also_same_branch": wish.also_same_branch,
                "capacity": str(wish.capacity),
            }
        super().__init__(*arguments, **names)
        self.offer("town", [("", _("Choose")), *((town, town) for town in towns())])
        kilometres = [(str(one), _("%(km)s km at most") % {"km": one}) for one in REACHES]
        self.offer("reach_km", [*kilometres, ("", _("Any distance"))])
        self.offer("branch", [("", _("Choose")), *BRANCHES.items()])
        self.offer("capacity", [(str(one), str(one)) for one in range(1, MOST_PARTNERS + 1)])

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(
            town=data["town"],
            branch=data["branch"],
            reach_km=int(data["reach_km"]) if data["reach_km"] else None,
            also_same_branch=data["also_same_branch"],
            capacity=int(data["capacity"]),
        )


class ApartForm(RefusableForm):
    """Two organisations that never become partners."""

    one = forms.ChoiceField(label=_("This organisation"), error_messages={"required": _("Choose an organisation.")})
    other = forms.ChoiceField(label=_("and this one"), error_messages={"required": _("Choose an organisation.")})

    def __init__(self, *arguments: Any, programme: Programme, **names: Any) -> None:
        super().__init__(*arguments, **names)
        self.organisations = {str(one.pk): one for one in programme.organisations.order_by("name", "pk")}
        choices = [("", _("Choose")), *((pk, one.name) for pk, one in self.organisations.items())]
        self.offer("one", choices)
        self.offer("other", choices)

    def both(self) -> tuple[Organisation, Organisation]:
        return self.organisations[self.cleaned_data["one"]], self.organisations[self.cleaned_data["other"]]
