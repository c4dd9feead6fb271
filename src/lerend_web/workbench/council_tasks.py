"""What is still asked of a works council about a round: each in one sentence, with a place to go where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend_web.people.models import Person
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import HOLDERS


@dataclass(frozen=True, slots=True)
class Task:
    says: Promise
    button: Promise
    link: str


def tasks_of(wave: Wave, person: Person, *, today: date) -> list[Task]:
    """In the order in which they come up; an empty list when the works council can leave this round be."""
    if wave.state == WaveState.PLANNED:
        return list(_before_opening(wave, person))
    if wave.state == WaveState.OPEN and today > wave.closes_on:
        return list(_before_closing(wave, person))
    return []


def _before_opening(wave: Wave, person: Person) -> Iterator[Task]:
    if wave.works_council_consent_on is None and not wave.works_council_not_applicable:
        yield Task(
            _(
                "Does the works council agree to this round? Read the dossier, and tell the contact on which day you did."
            ),
            _("Read the dossier (PDF)"),
            reverse("wave-paper", args=[wave.pk, "dossier"]),
        )
    keys = reverse("wave-keys", args=[wave.pk])
    holders = list(wave.key_holders.all())
    if any(holder.person_id == person.pk and holder.tried_at is None for holder in holders):
        yield Task(_("You made a key. Try it once, else the round cannot open."), _("Try my key"), keys)
    elif len(holders) < HOLDERS and all(holder.person_id != person.pk for holder in holders):
        yield Task(
            _(
                "A second person has to keep a key. Somebody of the works council is a good choice: then management "
                "alone can never open the urn."
            ),
            _("Make a key"),
            keys,
        )


def _before_closing(wave: Wave, person: Person) -> Iterator[Task]:
    if wave.mode == Mode.CARD and wave.void_asked_by_id not in {None, person.pk}:
        yield Task(
            _("Somebody asked to make the unused cards void. A second person has to do the same; that can be you."),
            _("To the cards"),
            reverse("wave-close", args=[wave.pk]),
        )
    if any(holder.person_id == person.pk for holder in wave.key_holders.all()):
        yield Task(
            _(
                "The last day is over, and you keep a key. The round can be closed with your file or with the other one."
            ),
            _("About closing"),
            reverse("wave-close", args=[wave.pk]),
        )
