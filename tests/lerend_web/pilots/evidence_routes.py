"""Example objects for the routes of evidence and advice (`routes` takes them in)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from lerend_web.core.clock import now
from lerend_web.pilots.domain.next_best import FORMAT
from lerend_web.pilots.models import Advice
from tests.lerend_web.actors import Place
from tests.lerend_web.pilots.judged import ENTRY, judged

_NAME: Final = {"nl": "Iets nieuws", "en": "Something new"}
_STEP: Final = {"kind": "new", "name": _NAME, "says": _NAME, "best": 40, "helps": 40, "pilots": 0}
_NUMBERS: Final = {"expected": 0.1, "learn": 0.01, "rank": 1, "rank_without": 1}


def _programme(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


def _entry(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "entry": ENTRY}


def _pilot(where: Place) -> dict[str, Any]:
    return {"pilot": judged(where, organisation=where.organisation).key}


def _organisation(where: Place) -> dict[str, Any]:
    return {"organisation": where.organisation.pk}


def _factor(where: Place) -> dict[str, Any]:
    return {"organisation": where.organisation.pk, "factor": "psychological_safety"}


def _kept(where: Place) -> dict[str, Any]:
    content = {
        "format": FORMAT,
        "factor": "psychological_safety",
        "route": "new",
        "cover": 20,
        "smallest": 0.15,
        "reasons": [],
        "steps": [{"ref": "new", **_STEP, **_NUMBERS}],
        "note": None,
        "left_out": [],
    }
    kept = Advice.objects.create(
        organisation=where.organisation,
        programme=where.programme,
        factor="psychological_safety",
        content=content,
        at=now(),
    )
    return {"organisation": where.organisation.pk, "kept": kept.pk}


EVIDENCE_ROUTES: Final[tuple[tuple[tuple[str, ...], Callable[[Place], dict[str, Any]]], ...]] = (
    (("evidence", "success-factors", "success-report"), _programme),
    (("evidence-entry",), _entry),
    (("pilot-grade", "pilot-grade-propose", "pilot-grade-sign", "pilot-grade-refuse"), _pilot),
    (("advice",), _organisation),
    (("advice-about",), _factor),
    (("advice-choose",), _kept),
)
