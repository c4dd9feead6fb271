"""Trying a round out before it opens: the real pages of door 2, in a wave of its own in which nothing is kept.

Its keys are made and thrown away at once, so that even a box could never be opened. It ends with the day, with the next trial, or when the
round opens: nobody must think that they answered in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.opening import said_of_comments
from lerend_web.scans.domain.planning import note
from lerend_web.scans.domain.promise import in_base64
from lerend_web.scans.domain.questionnaire import carried_by_document, instrument_of
from lerend_web.scans.enums import Mode, WaveState
from lerend_web.scans.models import Wave
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.intake import end_trials
from lerend_web.urn.passes import card_hash, new_card_code, new_public_code
from lerend_web.urn.sealing import new_key_pair


@dataclass(frozen=True, slots=True)
class Trial:
    """Where a round can be tried: the page of door 2, and the code of a card that opens it as often as one likes."""

    address: str
    card: str
    forms: tuple[str, ...]

    def link(self, form: str = "") -> str:
        """The card travels in the fragment, as on paper, so that no server sees it in an address."""
        query = f"?form={form}" if form else ""
        return f"{self.address}{query}#{self.card}"


def start_trial(*, wave: Wave, by: Person | None, at: datetime) -> Trial:
    """Let door 2 show the questionnaire of a planned wave until the day ends.

    Raises:
        CannotTry: the wave is open or closed.
    """
    if wave.state != WaveState.PLANNED:
        raise rules.CannotTry
    today = rules.day_of(at, wave.programme.time_zone)
    code, group, card = new_public_code(), new_public_code(), new_card_code()
    with transaction.atomic():
        note(wave, "wave.tried", by=by, at=at)
        end_trials(wave=wave.code)
        boxes.register_cards(key_group=group, hashes=[card_hash(card)])
        boxes.start_intake(document=_document(wave, code, group, today.isoformat()))
    instrument = instrument_of(wave.instrument)
    forms = (*instrument.rotation, *(form.id for form in instrument.forms if form.id not in instrument.rotation))
    return Trial(f"{settings.ANSWERING_ADDRESS}/{code}/", card, forms)


def _document(wave: Wave, code: str, group: str, today: str) -> dict[str, object]:
    holder, server = (in_base64(new_key_pair().public) for _ in range(2))
    return {
        "wave": code,
        "trial_of": wave.code,
        "trial_on": today,
        "instrument": wave.instrument,
        "organisation": wave.organisation.name,
        "k": wave.k,
        "closes_on": wave.closes_on.isoformat(),
        "heard_back_on": (wave.heard_back_on or wave.closes_on).isoformat(),
        "promise": "",
        "promise_digest": "",
        "holders": [holder],
        "server": server,
        "key_groups": [{"code": group, "mode": str(Mode.CARD), "token_key": None}],
        **carried_by_document(wave.instrument),
        **said_of_comments(wave),
    }
