"""Addresses of evidence: what pilots say together, what makes the difference, grades to sign, and advice for a bottleneck."""

from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views.evidence import advice, entries, grade, success

_PROGRAMME = "programmes/<int:programme>"
_ADVICE = "organisations/<int:organisation>/advice"

urlpatterns = [
    path(f"{_PROGRAMME}/evidence", entries.evidence, name="evidence"),
    path(f"{_PROGRAMME}/evidence/<slug:entry>", entries.evidence_entry, name="evidence-entry"),
    path(f"{_PROGRAMME}/success-factors", success.success_factors, name="success-factors"),
    path(f"{_PROGRAMME}/success-factors.pdf", success.success_report, name="success-report"),
    path("pilots/<slug:pilot>/grade", grade.pilot_grade, name="pilot-grade"),
    path("pilots/<slug:pilot>/grade/propose", grade.pilot_grade_propose, name="pilot-grade-propose"),
    path("pilots/<slug:pilot>/grade/sign", grade.pilot_grade_sign, name="pilot-grade-sign"),
    path("pilots/<slug:pilot>/grade/refuse", grade.pilot_grade_refuse, name="pilot-grade-refuse"),
    path(_ADVICE, advice.advice_list, name="advice"),
    path(f"{_ADVICE}/about/<slug:factor>", advice.advice_about, name="advice-about"),
    path(f"{_ADVICE}/<int:kept>/choose", advice.advice_choose, name="advice-choose"),
]
