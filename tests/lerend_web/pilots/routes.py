"""Example objects for all routes of pilots (`tests.lerend_web.routes` takes them in)."""

from __future__ import annotations

from typing import Final

from tests.lerend_web.pilot_running_routes import PILOT_RUNNING_ROUTES
from tests.lerend_web.pilots.evidence_routes import EVIDENCE_ROUTES
from tests.lerend_web.pilots.plan_routes import PLAN_ROUTES
from tests.lerend_web.pilots.result_routes import PILOT_RESULT_ROUTES

PILOT_ROUTES: Final = (*PLAN_ROUTES, *PILOT_RUNNING_ROUTES, *PILOT_RESULT_ROUTES, *EVIDENCE_ROUTES)
