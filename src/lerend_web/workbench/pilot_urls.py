"""Addresses of pilots until they start: charter, companies, comparison, plan, lot, volunteers."""

from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views.pilots import charter, companies, design, lot, overview, pool

_PILOT = "pilots/<slug:pilot>"
_COMPANY = f"{_PILOT}/companies/<int:organisation>"

urlpatterns = [
    path("programmes/<int:programme>/pilots", overview.pilots, name="pilots"),
    path("programmes/<int:programme>/pilots/new", charter.pilot_new, name="pilot-new"),
    path(
        "programmes/<int:programme>/pilots/from-brief/<slug:factor>", charter.pilot_from_brief, name="pilot-from-brief"
    ),
    path(_PILOT, charter.pilot, name="pilot"),
    path(f"{_PILOT}/charter", charter.pilot_charter, name="pilot-charter"),
    path(f"{_PILOT}/companies", companies.pilot_companies, name="pilot-companies"),
    path(f"{_COMPANY}/agree", companies.pilot_agree, name="pilot-agree"),
    path(f"{_COMPANY}/decline", companies.pilot_decline, name="pilot-decline"),
    path(f"{_COMPANY}/publish", companies.pilot_publish, name="pilot-publish"),
    path(f"{_PILOT}/comparison", design.pilot_design, name="pilot-design"),
    path(f"{_PILOT}/teams", design.pilot_teams, name="pilot-teams"),
    path(f"{_PILOT}/freeze", design.pilot_freeze, name="pilot-freeze"),
    path(f"{_PILOT}/plan", design.pilot_plan, name="pilot-plan"),
    path(f"{_PILOT}/plan.json", design.pilot_plan_text, name="pilot-plan-text"),
    path(f"{_PILOT}/lot", lot.pilot_lot, name="pilot-lot"),
    path(f"{_PILOT}/volunteers", pool.pilot_pool, name="pilot-pool"),
    path(f"{_PILOT}/volunteers/close", pool.pilot_pool_close, name="pilot-pool-close"),
    path(f"{_PILOT}/volunteers/<int:volunteer>/remove", pool.pilot_pool_remove, name="pilot-pool-remove"),
    path(f"{_PILOT}/volunteers/cards", pool.pilot_pool_cards, name="pilot-pool-cards"),
    path("v/", pool.volunteer, name="volunteer"),
]
