"""What may make the difference between pilots: a fixed list, told of each pilot by its plan and its log, never by what it found.

The list stands here for everybody to read, in a fixed order, and nobody chooses from it: whoever picks factors after seeing
effects finds some that mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.evidence.success_factors.factors import CodedFactor
from lerend_web.pilots.domain.course import Course
from lerend_web.pilots.domain.in_both import text_of

_THERE_OR_NOT: Final = _("It is there or not.")


@dataclass(frozen=True, slots=True)
class Difference:
    """One factor.

    Attributes:
        name, context, mechanism: the two last as they follow on "where" and "it may be that".
        value: of a pilot; None where it is not known.
        anchors: values at which a pilot is fully out, neither, and fully in, for combinations; `why` these.
    """

    id: str
    name: Promise
    context: Promise
    mechanism: Promise
    value: Callable[[Course], float | None]
    anchors: tuple[float, float, float] = (0.0, 0.5, 1.0)
    why: Promise = _THERE_OR_NOT


_MOST: Final = _("Most of what was meant counts as fully there, clearly less than half as not there.")
DIFFERENCES: Final = (
    Difference(
        "leader",
        _("The leader was there"),
        _("the leader was at the sessions"),
        _("people then see that it matters and that there is time for it"),
        lambda course: course.led,
        (0.2, 0.5, 0.8),
        _MOST,
    ),
    Difference(
        "dose",
        _("Sessions took place"),
        _("the sessions of the plan took place"),
        _("something that is done more often becomes a habit"),
        lambda course: course.dose,
        (0.4, 0.7, 0.9),
        _MOST,
    ),
    Difference(
        "as_planned",
        _("Done as planned"),
        _("no important part was left out"),
        _("the part that works is then there"),
        lambda course: course.as_planned,
        (0.4, 0.7, 0.9),
        _MOST,
    ),
    Difference(
        "reach",
        _("People came"),
        _("the people who were meant came"),
        _("a team changes what it does when most of it takes part"),
        lambda course: course.reach,
        (0.3, 0.6, 0.8),
        _MOST,
    ),
    Difference(
        "motivation",
        _("Motivation before the start"),
        _("teams were motivated before the start"),
        _("people go on with what they wanted themselves"),
        lambda course: course.motivation,
        (2.5, 3.25, 4.0),
        _("On the scale of 1 to 5, just above the middle is neither."),
    ),
    Difference(
        "together",
        _("Several companies together"),
        _("companies did it together"),
        _("they learn from each other and keep each other going"),
        lambda course: float(course.companies > 1),
    ),
    Difference(
        "school",
        _("A teacher took part"),
        _("a teacher of a school was the partner"),
        _("somebody from outside keeps the sessions going"),
        lambda course: float(course.school),
    ),
    Difference(
        "weeks",
        _("Longer"),
        _("the pilot was longer"),
        _("habits take time"),
        lambda course: float(course.weeks),
        (4.0, 8.0, 16.0),
        _("A habit takes about two months."),
    ),
)


def known_of(courses: Sequence[Course]) -> list[Difference]:
    """Factors that are known of every pilot and not the same in all of them, in the order of the list."""
    return [one for one in DIFFERENCES if _tells_apart([one.value(course) for course in courses])]


def not_known_of(courses: Sequence[Course]) -> list[Promise]:
    """Names of the others: something was not written down everywhere, or it was the same everywhere."""
    known = {one.id for one in known_of(courses)}
    return [one.name for one in DIFFERENCES if one.id not in known]


def coded(factor: Difference, courses: Sequence[Course]) -> CodedFactor:
    """A factor as it was in each pilot."""
    values = [factor.value(course) for course in courses]
    return CodedFactor(
        id=factor.id,
        name=text_of(factor.name),
        values=tuple(float(value or 0.0) for value in values),
        context=text_of(factor.context),
        mechanism=text_of(factor.mechanism),
    )


def _tells_apart(values: Sequence[float | None]) -> bool:
    return None not in values and len(set(values)) > 1
