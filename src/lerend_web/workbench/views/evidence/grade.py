"""What a judged pilot proposes for the catalogue: read by who has a part in the programme, signed or refused by a researcher."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lerend_web.core.access import open_to
from lerend_web.people.enums import ProgrammeRole
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.charters import name_of_approach
from lerend_web.pilots.domain.evidence import Line, move_of
from lerend_web.pilots.domain.finished import entry_id
from lerend_web.pilots.domain.grade_history import change_of
from lerend_web.pilots.domain.grades import (
    is_stale,
    propose_grade,
    refuse_grade,
    sign_grade,
    why_not_propose,
)
from lerend_web.pilots.enums import GradeState
from lerend_web.pilots.models import GradeChange, Pilot
from lerend_web.pilots.rules import SIGNERS, PilotRefused
from lerend_web.workbench.evidence_picture import scale_for
from lerend_web.workbench.evidence_words import GRADE_STATES, SAID
from lerend_web.workbench.forms.evidence import RefuseForm
from lerend_web.workbench.reach import PROGRAMME_READERS, person_of
from lerend_web.workbench.views.pilots.frame import draw_pilot, the_pilot


@open_to(*PROGRAMME_READERS)
@require_safe
def pilot_grade(request: PlatformRequest, pilot: str) -> HttpResponse:
    return _draw(request, the_pilot(request, pilot, *PROGRAMME_READERS))


@open_to(*SIGNERS)
@require_POST
def pilot_grade_propose(request: PlatformRequest, pilot: str) -> HttpResponse:
    """Work it out, or work it out anew after something changed."""
    found = the_pilot(request, pilot, *SIGNERS)
    try:
        propose_grade(pilot=found, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    return _back(found, "grade-proposed")


@open_to(*SIGNERS)
@require_POST
def pilot_grade_sign(request: PlatformRequest, pilot: str) -> HttpResponse:
    found = the_pilot(request, pilot, *SIGNERS)
    change = change_of(found)
    if change is None:
        return _draw(request, found, refused=_nothing(found), status=400)
    try:
        sign_grade(change=change, by=person_of(request), at=request.at)
    except PilotRefused as refusal:
        return _draw(request, found, refused=str(refusal.sentence), status=400)
    return _back(found, "grade-signed")


@open_to(*SIGNERS)
@require_POST
def pilot_grade_refuse(request: PlatformRequest, pilot: str) -> HttpResponse:
    """With a reason, which stays."""
    found = the_pilot(request, pilot, *SIGNERS)
    change, form = change_of(found), RefuseForm(request.POST)
    if change is None:
        return _draw(request, found, refused=_nothing(found), status=400)
    if form.is_valid():
        try:
            refuse_grade(change=change, why=form.cleaned_data["why"], by=person_of(request), at=request.at)
        except PilotRefused as refusal:
            form.show(refusal.field, refusal.sentence)
        else:
            return _back(found, "grade-refused")
    return _draw(request, found, form=form, status=400)


def _draw(
    request: PlatformRequest, pilot: Pilot, *, form: RefuseForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    change = change_of(pilot)
    said = SAID.get(request.GET.get("said", ""))
    context = {
        "signs": _signs(request, pilot),
        "approach": name_of_approach(pilot),
        "entry": entry_id(pilot.intervention),
        "why_not": None if change else why_not_propose(pilot),
        "form": form or RefuseForm(),
        "refused": refused,
        **(_told(change) if change else {}),
        **({"done": said} if said else {}),
    }
    return draw_pilot(request, "grade", pilot, context, page="pilot-grade", status=status)


def _told(change: GradeChange) -> dict[str, Any]:
    move = move_of(change)
    lines: list[Line] = [move.expected_before, move.expected_after]
    scale = scale_for(lines, move.smallest)
    is_open = change.state == GradeState.PROPOSED
    return {
        "change": change,
        "move": move,
        "scale": scale,
        "before": scale.bar(move.expected_before),
        "after": scale.bar(move.expected_after),
        "decided": GRADE_STATES[GradeState(change.state)],
        "is_open": is_open,
        "is_stale": is_open and is_stale(change),
    }


def _signs(request: PlatformRequest, pilot: Pilot) -> bool:
    roles = [role.value for role in SIGNERS if isinstance(role, ProgrammeRole)]
    return person_of(request).programme_roles.filter(programme=pilot.programme_id, role__in=roles).exists()


def _nothing(pilot: Pilot) -> str:
    reason = why_not_propose(pilot)
    return str(reason) if reason else ""


def _back(pilot: Pilot, said: str) -> HttpResponse:
    return redirect(f"{reverse('pilot-grade', args=[pilot.key])}?said={said}")
