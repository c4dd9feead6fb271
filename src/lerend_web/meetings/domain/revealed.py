"""What was revealed, in the words and lengths that screens and minutes show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lerend.choice.value import CRITERIA, HIGHEST, LOWEST, Firmness
from lerend.report.words import number
from lerend_web.meetings.domain.speaking import reader_language
from lerend_web.meetings.enums import MeetingRole
from lerend_web.meetings.models import Meeting, Option, Revealed
from lerend_web.meetings.words import CRITERION_NAMES, ROLE_NAMES, SPREAD_NAMES

_FIRMNESS: Final[dict[Firmness, Promise]] = {
    Firmness.DECIDED: _("The first place is firm"),
    Firmness.UNDECIDED: _("Undecided"),
}
_FULL: Final = 100


@dataclass(frozen=True, slots=True)
class CellShown:
    """What one group found of an option; `length` is the score on a bar of 100. No score where too few have an opinion."""

    group: str
    score: str
    length: int
    spread: str


@dataclass(frozen=True, slots=True)
class OptionShown:
    """An option in its place, with the mean of the groups on each criterion."""

    place: int
    name: str
    score: str
    length: int
    means: tuple[tuple[str, str], ...]
    cells: tuple[CellShown, ...]


@dataclass(frozen=True, slots=True)
class RevealShown:
    """A round as people see it.

    Attributes:
        groups: each with the number of people who rated.
        differences: sentences, the largest first.
        firmness: whether the first place is firm, in two or three words; `because` says how that was found.
    """

    round: int
    groups: tuple[str, ...]
    options: tuple[OptionShown, ...]
    differences: tuple[str, ...]
    is_firm: bool
    firmness: str
    because: str
    are_joined: bool


def reveals_of(meeting: Meeting) -> tuple[RevealShown, ...]:
    """Every round that was revealed, the last one first."""
    names = {str(option.pk): option.name for option in meeting.options.all()}
    return tuple(_shown(one, names) for one in meeting.reveals.order_by("-round"))


def first_of(meeting: Meeting) -> Option | None:
    """The option that came first in the last round that was revealed."""
    last = meeting.reveals.order_by("-round").first()
    if last is None or not last.content["options"]:
        return None
    return meeting.options.filter(pk=last.content["options"][0]["option"]).first()


def _shown(kept: Revealed, names: Mapping[str, str]) -> RevealShown:
    content = kept.content
    groups = [_group(group["roles"]) for group in content["groups"]]
    firmness = Firmness(content["stability"]["firmness"])
    return RevealShown(
        round=kept.round,
        groups=tuple(f"{name}: {group['raters']}" for name, group in zip(groups, content["groups"], strict=True)),
        options=tuple(_option(place, one, names, groups) for place, one in enumerate(content["options"], start=1)),
        differences=tuple(_difference(one, names) for one in content["differences"]),
        is_firm=firmness is Firmness.DECIDED,
        firmness=str(_FIRMNESS[firmness]),
        because=_because(content["stability"], names),
        are_joined=any(len(group["roles"]) > 1 for group in content["groups"]),
    )


def _option(place: int, one: Mapping[str, Any], names: Mapping[str, str], groups: Sequence[str]) -> OptionShown:
    means = one["means"] or ()
    return OptionShown(
        place=place,
        name=names.get(one["option"], "–"),
        score=_figure(one["score"]),
        length=_length(one["score"]),
        means=tuple(
            (str(CRITERION_NAMES[criterion]), _figure(mean)) for criterion, mean in zip(CRITERIA, means, strict=False)
        ),
        cells=tuple(_cell(name, cell) for name, cell in zip(groups, one["cells"], strict=True)),
    )


def _cell(group: str, cell: Mapping[str, Any] | None) -> CellShown:
    if cell is None:
        return CellShown(group, "", 0, gettext("fewer than three have an opinion"))
    return CellShown(group, _figure(cell["score"]), _length(cell["score"]), str(SPREAD_NAMES[cell["spread"]]))


def _difference(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return gettext("%(option)s – %(criterion)s: %(higher)s gives %(by)s points more than %(lower)s.") % {
        "option": names.get(one["option"], "–"),
        "criterion": str(CRITERION_NAMES[one["criterion"]]).lower(),
        "higher": _group(one["higher"]["roles"]),
        "lower": _group(one["lower"]["roles"]),
        "by": _figure(one["by"]),
    }


def _because(stability: Mapping[str, Any], names: Mapping[str, str]) -> str:
    said = [_on_one_person(stability["people_changing"], stability["people"])]
    if stability["groups"] < 2:
        said.append(gettext("There is only one group, so this does not say whether roles agree."))
    elif stability["groups_changing"]:
        said.append(
            ngettext(
                "Without %(count)s of the %(all)s roles another one would come first.",
                "Without one role another one would come first: that is so for %(count)s of the %(all)s roles.",
                stability["groups_changing"],
            )
            % {"count": stability["groups_changing"], "all": stability["groups"]}
        )
    else:
        said.append(gettext("It does not hang on one role."))
    rivals = get_text_list([names.get(one, "–") for one in stability["rivals"]], gettext("or"))
    if rivals:
        said.append(gettext("What could also come first: %(rivals)s.") % {"rivals": rivals})
    return " ".join(said)


def _on_one_person(changing: int, people: int) -> str:
    if not changing:
        return gettext("The first place does not hang on one person.")
    return ngettext(
        "Without %(count)s of the %(all)s people another one would come first.",
        "Without one person another one would come first: that is so for %(count)s of the %(all)s people.",
        changing,
    ) % {"count": changing, "all": people}


def _group(roles: Sequence[str]) -> str:
    return get_text_list([str(ROLE_NAMES[MeetingRole(role)]) for role in roles], gettext("and"))


def _figure(value: float | None) -> str:
    return "–" if value is None else number(value, reader_language())


def _length(value: float | None) -> int:
    return 0 if value is None else round(_FULL * (value - LOWEST) / (HIGHEST - LOWEST))
