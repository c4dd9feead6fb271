"""What came of a pilot: the same numbers for everybody in it, and for each the part that is theirs.

Nothing of a single team or company stands here: whoever leads a team sees when it began, never another one's score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.organisations.queries import units_led_by
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.finding import finding_of
from lerend_web.pilots.domain.kept_looks import Shift
from lerend_web.pilots.domain.results import look
from lerend_web.pilots.domain.teams import units_of
from lerend_web.pilots.domain.verdict_told import process_of, told_verdict
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot, PilotTeam
from lerend_web.pilots.rules import EDITORS, READERS, SIGNERS, PilotRefused
from lerend_web.scans.rules import day_of
from lerend_web.workbench.effect_picture import picture_of
from lerend_web.workbench.forms.pilot_results import LookForm
from lerend_web.workbench.pilot_next import next_of
from lerend_web.workbench.reach import person_of
from lerend_web.workbench.views.pilots.frame import draw_pilot, is_above, may_edit, the_pilot

RESULT_SAID: Final[dict[str, Promise]] = {
    "looked": _("Looked. What is seen now stands, with its digest."),
    "signed": _("The verdict is signed. Everybody in the pilot can read it."),
    "case-written": _("The case is kept. All companies are asked whether it may be told."),
}
NO_PLAN: Final = _("The plan of this pilot is not frozen yet, so there is nothing to see.")


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """A team that somebody leads; `start` is the measurement before which it begins, 0 for never."""

    name: str
    start: int


@open_to(*READERS)
@require_safe
def pilot_result(request: PlatformRequest, pilot: str) -> HttpResponse:
    return draw_result(request, the_pilot(request, pilot, *READERS))


@open_to(*EDITORS)
@require_POST
def pilot_look(request: PlatformRequest, pilot: str) -> HttpResponse:
    """Look at the next measurement, once."""
    found = the_pilot(request, pilot, *EDITORS)
    form = LookForm(request.POST)
    if found.state == PilotState.DRAFT or not form.is_valid():
        return draw_result(request, found, form=form, status=400)
    number = int(request.POST["number"]) if request.POST.get("number", "").isdecimal() else 0
    try:
        look(found, number, by=person_of(request), at=request.at, shift=Shift(form.cleaned_data["shift"]))
    except PilotRefused as refusal:
        return draw_result(request, found, refused=str(refusal.sentence), status=400)
    return redirect(f"{reverse('pilot-result', args=[found.key])}?said=looked")


def draw_result(
    request: PlatformRequest, pilot: Pilot, *, form: LookForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    if pilot.state == PilotState.DRAFT:
        return draw_outcome(request, "no_result", pilot, {"refused": NO_PLAN}, page="pilot-result", status=400)
    edits, signs = may_edit(request, pilot), may_sign(request, pilot)
    finding = finding_of(pilot)
    context = {
        "finding": finding,
        "picture": picture_of(finding) if finding else None,
        "process": process_of(pilot, today=day_of(request.at, pilot.programme.time_zone)),
        "verdict": told_verdict(pilot),
        "next": next_of(pilot, edits=edits, signs=signs, at=request.at),
        "form": form or LookForm(),
        "own_teams": _own_teams(request, pilot),
        "is_owner": pilot.owner_id == person_of(request).pk,
        "is_researcher": signs,
        "sees_companies": is_above(request, pilot),
        "refused": refused,
    }
    return draw_outcome(request, "result", pilot, context, page="pilot-result", status=status)


def draw_outcome(
    request: PlatformRequest, template: str, pilot: Pilot, context: dict[str, Any], *, page: str, status: int = 200
) -> HttpResponse:
    """A page about the outcome of a pilot, with what was just done above it."""
    said = RESULT_SAID.get(request.GET.get("said", ""))
    shown = {**context, **({"done": said} if said else {})}
    return draw_pilot(request, template, pilot, shown, page=page, status=status)


def may_sign(request: PlatformRequest, pilot: Pilot) -> bool:
    """Whether this person signs verdicts of the programme."""
    roles = [role.value for role in SIGNERS if isinstance(role, ProgrammeRole)]
    return person_of(request).programme_roles.filter(programme=pilot.programme_id, role__in=roles).exists()


def _own_teams(request: PlatformRequest, pilot: Pilot) -> list[OwnTeam]:
    """The teams of the pilot that this person leads."""
    led = {(unit.organisation_id, unit.name) for unit in units_led_by(person_of(request))}
    return [
        OwnTeam(one.name, one.start or 0)
        for one in PilotTeam.objects.filter(pilot=pilot)
        if any((one.organisation_id, part) in led for unit in units_of(one) for part in unit)
    ]
