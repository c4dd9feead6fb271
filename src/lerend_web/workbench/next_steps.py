"""What is next for whoever works at the bench: one sentence and one place to go, for each organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.organisations.models import Organisation
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave


@dataclass(frozen=True, slots=True)
class NextStep:
    says: Promise
    button: Promise
    link: str


def next_step(organisation: Organisation, waves: Sequence[Wave], *, has_units: bool, today: date) -> NextStep:
    """What a company contact does now: go on with the newest round, or prepare one."""
    if waves and waves[0].state != WaveState.CLOSED:
        return _with_wave(waves[0], today)
    if not has_units:
        link = reverse("teams", args=[organisation.pk])
        return NextStep(
            _("First say which teams there are, and how many people work in them."), _("To the teams"), link
        )
    if not waves:
        link = reverse("wave-plan", args=[organisation.pk])
        return NextStep(_("The teams are there. Now plan the first round."), _("Plan a round"), link)
    link = reverse("wave-outcome", args=[waves[0].pk])
    return NextStep(_("The last round is closed. Its outcome is there to talk about."), _("See the outcome"), link)


def _with_wave(wave: Wave, today: date) -> NextStep:
    link = reverse("wave", args=[wave.pk])
    if wave.state == WaveState.PLANNED:
        return NextStep(_("A round is planned. See what it still needs before it can open."), _("Get it ready"), link)
    if wave.state == WaveState.OPEN and today <= wave.closes_on:
        return NextStep(_("A round is open: people can take part."), _("See the response"), link)
    close = reverse("wave-close", args=[wave.pk])
    if wave.state == WaveState.OPEN:
        return NextStep(_("The last day of the round is over. Close it with a key file."), _("Close the round"), close)
    return NextStep(_("Closing the round has begun and is not finished."), _("Go on closing"), close)
