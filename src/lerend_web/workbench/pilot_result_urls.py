"""Addresses of what came of pilots: outcome, verdict, report, case."""

from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views.pilots import case, report, result, verdict

_PILOT = "pilots/<slug:pilot>"

urlpatterns = [
    path(f"{_PILOT}/result", result.pilot_result, name="pilot-result"),
    path(f"{_PILOT}/result/look", result.pilot_look, name="pilot-look"),
    path(f"{_PILOT}/verdict", verdict.pilot_verdict, name="pilot-verdict"),
    path(f"{_PILOT}/report.pdf", report.pilot_report, name="pilot-report"),
    path(f"{_PILOT}/report.pptx", report.pilot_slides, name="pilot-slides"),
    path(f"{_PILOT}/effects.json", report.pilot_effects, name="pilot-effects"),
    path(f"{_PILOT}/case", case.pilot_case, name="pilot-case"),
    path("cases/<slug:pilot>", case.told_case, name="told-case"),
]
