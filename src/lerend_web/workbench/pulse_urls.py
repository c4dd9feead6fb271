"""Addresses of series of pulses."""

from __future__ import annotations

from django.urls import path

from lerend_web.workbench.views import pulse_keys, pulses

_ACTION = "organisations/<int:organisation>/actions/<int:action>"
_SERIES = "organisations/<int:organisation>/pulses/<int:series>"

urlpatterns = [
    path(f"{_ACTION}/pulses", pulses.pulse_plan, name="pulse-plan"),
    path(f"{_ACTION}/talk", pulses.pulse_talk, name="pulse-talk"),
    path(_SERIES, pulses.pulses, name="pulses"),
    path(f"{_SERIES}/seal", pulses.pulse_seal, name="pulse-seal"),
    path(f"{_SERIES}/stop", pulses.pulse_stop, name="pulse-stop"),
    path(f"{_SERIES}/sheet", pulses.pulse_sheet, name="pulse-sheet"),
    path(f"{_SERIES}/promise.json", pulses.pulse_promise, name="pulse-promise"),
    path(f"{_SERIES}/keys", pulse_keys.pulse_keys, name="pulse-keys"),
    path(f"{_SERIES}/keys/try", pulse_keys.pulse_keys_try, name="pulse-keys-try"),
    path(f"{_SERIES}/keys/remove", pulse_keys.pulse_key_remove, name="pulse-key-remove"),
]
