"""Evidence of a programme: the approaches that were tried, and one of them with each pilot, what they say together, and its history."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from lerend_web.core.access import open_to
from lerend_web.people.requests import PlatformRequest
from lerend_web.pilots.domain.all_together import AllTogether, all_together
from lerend_web.pilots.domain.evidence import Evidence, Line, evidence_of
from lerend_web.pilots.domain.tried import entries_tried, without_entry
from lerend_web.pilots.domain.verdict_told import VERDICTS
from lerend_web.pilots.enums import GradeState
from lerend_web.workbench.evidence_picture import scale_for
from lerend_web.workbench.evidence_words import GRADE_STATES
from lerend_web.workbench.reach import PROGRAMME_READERS, the_programme
from lerend_web.workbench.views.evidence.frame import draw_evidence


@open_to(*PROGRAMME_READERS)
@require_safe
def evidence(request: PlatformRequest, programme: int) -> HttpResponse:
    """Approaches with judged pilots. No company stands here."""
    found = the_programme(request, programme, *PROGRAMME_READERS)
    together = all_together(found, at=request.at)
    context: dict[str, object] = {
        "programme": found,
        "tried": entries_tried(found),
        "without_entry": without_entry(found),
    }
    if together is not None:
        context |= _picture(together)
    return draw_evidence(request, "list", context)


def _picture(together: AllTogether) -> dict[str, object]:
    scale = scale_for([*(one.mean for one in together.approaches), together.new], together.smallest)
    rows = [(one, scale.bar(one.mean)) for one in together.approaches]
    return {"together": together, "scale": scale, "approaches": rows, "untried": scale.bar(together.new)}


@open_to(*PROGRAMME_READERS)
@require_safe
def evidence_entry(request: PlatformRequest, programme: int, entry: str) -> HttpResponse:
    """One approach: each pilot, what they say together, what to expect next, and every grade that was proposed."""
    found = the_programme(request, programme, *PROGRAMME_READERS)
    try:
        told = evidence_of(found, entry, at=request.at)
    except LookupError as error:
        raise Http404 from error
    scale = scale_for(_lines(told), told.smallest)
    context = {
        "programme": found,
        "evidence": told,
        "scale": scale,
        "pilots": [(one, scale.bar(one.own), VERDICTS[one.verdict]) for one in told.pilots],
        "mean": scale.bar(told.mean) if told.mean else None,
        "new": scale.bar(told.new),
        "published": scale.bar(told.published),
        "history": [(one, GRADE_STATES[GradeState(one.change.state)]) for one in told.history],
    }
    return draw_evidence(request, "entry", context)


def _lines(told: Evidence) -> list[Line]:
    means = [told.mean] if told.mean else []
    return [*(one.own for one in told.pilots), *means, told.new, told.published]
