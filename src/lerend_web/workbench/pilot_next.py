"""What comes next for the outcome of a pilot, said to whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lerend_web.pilots.domain.cases import is_told, not_agreed_yet
from lerend_web.pilots.domain.freezing import frozen_plan
from lerend_web.pilots.domain.results import awaited, next_look
from lerend_web.pilots.domain.verdicts import signed_verdict, why_not_judge
from lerend_web.pilots.models import Measurement, Pilot


@dataclass(frozen=True, slots=True)
class Next:
    """One sentence, and where to go for it.

    Attributes:
        link, label: where to do it; empty for whom there is nothing to do.
        look: number of the measurement at which can be looked now.
        waits_for: measurements that are not in yet.
    """

    words: str
    link: str = ""
    label: str = ""
    look: int | None = None
    waits_for: tuple[Measurement, ...] = ()


def next_of(pilot: Pilot, *, edits: bool, signs: bool, at: datetime) -> Next:
    """What comes next, for somebody who plans the pilot (`edits`), signs its verdict (`signs`), or reads."""
    if signed_verdict(pilot) is not None:
        return _told(pilot, edits=edits)
    number = next_look(pilot, frozen_plan(pilot))
    if number is not None and (waiting := awaited(pilot, number, at)):
        on = max(one.on for one in waiting)
        said = _("The next measurement is on %(day)s. After it the outcome can be looked at.")
        return Next(said % {"day": date_format(on, "j F Y")}, waits_for=tuple(waiting))
    if why_not_judge(pilot) is None:
        return _to_sign(pilot, signs=signs)
    if number is not None:
        return _to_look(number, edits=edits)
    said = _("All measurements were looked at. Finish the pilot, then the verdict follows.")
    return Next(said, *(_go("pilot-running", pilot, _("To finishing it")) if edits else ("", "")))


def _to_look(number: int, *, edits: bool) -> Next:
    if not edits:
        return Next(_("The measurement is in. The coordinator or the researcher looks at it now."))
    return Next(
        _("Measurement %(number)s is in. Look at it once: what is seen then stands.") % {"number": number}, look=number
    )


def _to_sign(pilot: Pilot, *, signs: bool) -> Next:
    if not signs:
        return Next(_("The pilot is over. A researcher signs what the rule says."))
    return Next(_("The pilot is over. The rule that was frozen says what follows; you sign it."), *_verdict(pilot))


def _told(pilot: Pilot, *, edits: bool) -> Next:
    if is_told(pilot):
        return Next(_("The case is told in public."), *_go("told-case", pilot, _("Read it as everybody does")))
    if not pilot.public_case:
        if not edits:
            return Next(_("The verdict is signed. Everybody in the pilot can take the report along."))
        return Next(_("Tell others about it: write the case."), *_go("pilot-case", pilot, _("Write the case")))
    names = ", ".join(one.organisation.name for one in not_agreed_yet(pilot))
    said = _("The case is written. It is told once these companies agree: %(names)s.") % {"names": names}
    return Next(said, *_go("pilot-case", pilot, _("Read the case")))


def _verdict(pilot: Pilot) -> tuple[str, str]:
    return _go("pilot-verdict", pilot, _("To the verdict"))


def _go(route: str, pilot: Pilot, label: str) -> tuple[str, str]:
    return reverse(route, args=[pilot.key]), label
