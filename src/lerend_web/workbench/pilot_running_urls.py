"""Addresses of pilots while they run: carrying out, the log, the process, measurements and pulses."""

from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views.pilots import log, measuring, process, pulsing, running, writing

_PILOT = "pilots/<slug:pilot>"
_MEASUREMENT = f"{_PILOT}/measurements/<int:measurement>"

urlpatterns = [
    path("log", writing.pilot_write, name="pilot-write"),
    path("log/written", writing.pilot_written, name="pilot-written"),
    path(f"{_PILOT}/running", running.pilot_running, name="pilot-running"),
    path(f"{_PILOT}/start", running.pilot_start, name="pilot-start"),
    path(f"{_PILOT}/finish", running.pilot_finish, name="pilot-finish"),
    path(f"{_PILOT}/stop", running.pilot_stop, name="pilot-stop"),
    path(f"{_PILOT}/process", process.pilot_process, name="pilot-process"),
    path(f"{_PILOT}/log", log.pilot_log, name="pilot-log"),
    path(f"{_PILOT}/log/sheets.pdf", log.pilot_sheets, name="pilot-sheets"),
    path(f"{_PILOT}/log/<int:line>/strike", log.pilot_log_strike, name="pilot-log-strike"),
    path(f"{_PILOT}/teams/<int:team>/code", log.pilot_log_renew, name="pilot-log-renew"),
    path(f"{_PILOT}/measurements", measuring.pilot_measurements, name="pilot-measurements"),
    path(f"{_MEASUREMENT}/plan", measuring.pilot_measurement_plan, name="pilot-measurement-plan"),
    path(f"{_MEASUREMENT}/attach", measuring.pilot_measurement_attach, name="pilot-measurement-attach"),
    path(f"{_MEASUREMENT}/detach", measuring.pilot_measurement_detach, name="pilot-measurement-detach"),
    path(f"{_MEASUREMENT}/arms", measuring.pilot_measurement_arms, name="pilot-measurement-arms"),
    path(f"{_PILOT}/pulses/<int:organisation>", pulsing.pilot_pulse_plan, name="pilot-pulse-plan"),
]
