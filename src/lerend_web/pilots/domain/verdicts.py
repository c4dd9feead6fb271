"""The verdict on a pilot: what the rule says that was frozen before the start, signed by a researcher. Nobody chooses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lerend.evidence.verdict import Fidelity, judge
from lerend.evidence.verdict import Verdict as Outcome
from lerend.report.words import printable, spoken
from lerend.wording import LANGUAGES, Message, Text
from lerend_web.people.models import Person
from lerend_web.pilots.domain.charters import note as noted
from lerend_web.pilots.domain.freezing import frozen_plan
from lerend_web.pilots.domain.kept_looks import seen_in
from lerend_web.pilots.domain.log import fidelity_of
from lerend_web.pilots.domain.results import can_be_seen, newest_seen, next_look
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot, StoredEffect, Verdict
from lerend_web.pilots.rules import SIGNERS, PilotRefused
from lerend_web.scans.rules import day_of

OVER: Final = frozenset({PilotState.FINISHED, PilotState.STOPPED})
LONGEST_NOTE: Final = 1000
_NOTHING_SEEN: Final = _("Cannot tell: nothing could be computed from what was measured.")
_ENDED_EARLY: Final = _(
    "The pilot ended before its last measurement, and what was seen until then is not clear enough."
)
_STOPPED: Final = _("It was stopped: %(why)s")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rule says: the headline first, then the reasons in the order in which they counted, in both languages."""

    verdict: Outcome
    why: tuple[Text, ...]


def judged(pilot: Pilot) -> Judged:
    """What the frozen rule says of the last look.

    Raises:
        PilotRefused: it is too early to judge.
    """
    if (reason := why_not_judge(pilot)) is not None:
        raise PilotRefused(reason)
    stored = newest_seen(pilot)
    stopped = (_in_both(_STOPPED, why=printable(pilot.stopped_why)),) if pilot.stopped_why else ()
    if stored is None:
        return Judged(Outcome.CANNOT_TELL, (_in_both(_NOTHING_SEEN), *stopped))
    effect = seen_in(stored).effect
    judgement = judge(effect, fidelity_at_end(pilot), frozen_plan(pilot).rule)
    reasons = tuple(_both(one) for one in judgement.reasons)
    if judgement.verdict is Outcome.CANNOT_TELL and effect.is_effect and not effect.is_final:
        # The rule takes a look before the last for one of a pilot that goes on; this one does not.
        reasons = (_in_both(_ENDED_EARLY), *reasons[1:])
    return Judged(judgement.verdict, (_both(judgement.headline), *reasons, *stopped))


@transaction.atomic
def sign_verdict(pilot: Pilot, *, by: Person | None, at: datetime, note: str = "") -> Verdict:
    """A researcher signs what the rule says; a note can say what to know beside it, never another verdict.

    Raises:
        PilotRefused: no researcher of the programme, it is signed already, or it is too early to judge.
    """
    must_sign(by, pilot)
    pilot.refresh_from_db(from_queryset=Pilot.objects.select_for_update())
    if Verdict.objects.filter(pilot=pilot).exists():
        raise PilotRefused(_("This verdict is signed. It stands."))
    found = judged(pilot)
    signed = Verdict.objects.create(
        pilot=pilot,
        verdict=found.verdict.value,
        why=[{"nl": one.nl, "en": one.en} for one in found.why],
        note=note.strip()[:LONGEST_NOTE],
        by=by,
        at=at,
    )
    noted(pilot, "pilot.judged", by=by, at=at, verdict=signed.verdict)
    return signed


def to_sign_by(person: Person) -> list[Pilot]:
    """Pilots that are over and wait for somebody like this person to sign the verdict."""
    roles = [role.value for role in SIGNERS]
    programmes = person.programme_roles.filter(role__in=roles).values("programme")
    return list(Pilot.objects.filter(programme__in=programmes, state__in=OVER, verdict=None).exclude(plan=None))


def signed_verdict(pilot: Pilot) -> Verdict | None:
    return Verdict.objects.filter(pilot=pilot).select_related("by").first()


def why_not_judge(pilot: Pilot) -> Promise | None:
    """What stands between a pilot and its verdict."""
    if pilot.state not in OVER:
        return _("The verdict comes when the pilot is over.")
    plan = frozen_plan(pilot)
    number = next_look(pilot, plan)
    if number is None or _is_decisive(newest_seen(pilot)):
        return None
    last = number if pilot.state == PilotState.STOPPED else plan.looks
    return _("Look at the last measurement first.") if can_be_seen(pilot, plan, last) else None


def fidelity_at_end(pilot: Pilot) -> Fidelity:
    """How it was carried out: beside the whole plan, or beside what was planned until it was stopped."""
    if pilot.state == PilotState.STOPPED and pilot.ended_at is not None:
        return fidelity_of(pilot, on=day_of(pilot.ended_at, pilot.programme.time_zone))
    return fidelity_of(pilot)


def must_sign(by: Person | None, pilot: Pilot) -> None:
    """Raises: PilotRefused."""
    roles = [role.value for role in SIGNERS]
    if by is not None and not by.programme_roles.filter(programme=pilot.programme_id, role__in=roles).exists():
        raise PilotRefused(_("A researcher of the programme signs the verdict."))


def _is_decisive(stored: StoredEffect | None) -> bool:
    """So clear, good or bad, that nobody has to wait for the last measurement."""
    if stored is None:
        return False
    seen = seen_in(stored)
    return seen.clear or seen.harm


def _both(message: Message) -> Text:
    return Text(nl=spoken(message, "nl"), en=spoken(message, "en"))


def _in_both(sentence: Promise, **values: str) -> Text:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(sentence) % values
    return Text(nl=said["nl"], en=said["en"])
