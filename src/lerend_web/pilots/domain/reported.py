"""What every file about a pilot is drawn from, and what they all say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lerend_web.pilots.domain.finding import Finding, finding_of
from lerend_web.pilots.domain.teams import agreed_partners
from lerend_web.pilots.domain.verdict_told import Process, Told, process_of, told_verdict
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import PilotRefused
from lerend_web.scans.rules import day_of

_SHORT: Final = 16
_DOT: Final = " \N{MIDDLE DOT} "


@dataclass(frozen=True, slots=True)
class Outcome:
    """What every file of a pilot is drawn from; `made_on` is the day of the newest thing that it tells."""

    pilot: Pilot
    finding: Finding
    verdict: Told | None
    process: Process
    made_on: date

    @property
    def about(self) -> str:
        """Whose pilot it is, and what had to move."""
        return _DOT.join((self.pilot.programme.name, self.finding.measure))

    @property
    def marks(self) -> list[str]:
        """What must be known before any number is read."""
        said = [_("Simulated: nobody answered this.")] if self.pilot.programme.is_demo else []
        return said if self.finding.is_final else [*said, _("Not final: measurements are still to come.")]

    @property
    def foot(self) -> str:
        start = _("effect %(digest)s") if self.finding.is_effect else _("change %(digest)s")
        day = date_format(self.made_on, "j F Y")
        return _DOT.join((start % {"digest": self.finding.digest[:_SHORT]}, day, self.pilot.title))


def outcome_of(pilot: Pilot) -> Outcome:
    """What the files are drawn from.

    Raises:
        PilotRefused: nobody looked yet, or no plan is frozen.
    """
    finding = finding_of(pilot)
    if finding is None:
        raise PilotRefused(_("Nobody looked at a measurement yet, so there is nothing to take along."))
    verdict = told_verdict(pilot)
    newest = verdict.at if verdict else finding.looks[-1].on
    made_on = day_of(newest, pilot.programme.time_zone)
    return Outcome(pilot, finding, verdict, process_of(pilot, today=made_on), made_on)


def picture_title(finding: Finding) -> str:
    return _("The effect, and between which limits it lies") if finding.is_effect else _("The change, and its limits")


def table_of(finding: Finding) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the table behind the picture, in points of the scale."""
    heads = [_("Measurement"), _("Looked at on"), _("Estimate"), _("From"), _("To")]
    heads += [_("Chance that it is worth having")] if finding.is_effect else []
    none = _("no limit")
    rows = []
    for one in finding.looks:
        low, high = one.between or (none, none)
        row = [str(one.number), date_format(one.on, "j F Y"), one.said, low, high]
        rows.append([*row, one.chance_said] if finding.is_effect else row)
    return heads, rows


def origin_of(outcome: Outcome) -> list[tuple[str, str]]:
    """What somebody needs to check it: companies, digests, seed."""
    finding, pilot = outcome.finding, outcome.pilot
    companies = ", ".join(one.organisation.name for one in agreed_partners(pilot))
    return [
        (_("Companies"), companies),
        (_("Digest of the frozen plan"), finding.plan_digest),
        (_("Seed of the lot"), pilot.plan.seed or "\N{EN DASH}"),
        (_("Digest of this outcome"), finding.digest),
        *finding.numbers,
    ]
