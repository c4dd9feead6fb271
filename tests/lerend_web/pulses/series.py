"""How the tests of pulses plan, seal, open, answer and close them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from unittest.mock import patch

from lerend_web.pulses.domain.keys import add_series_holder, try_series
from lerend_web.pulses.domain.planning import AskedUnit, SeriesPlan, plan_series
from lerend_web.pulses.domain.sealing import seal_series
from lerend_web.pulses.domain.subject import subject_of
from lerend_web.pulses.models import PulseSeries
from lerend_web.pulses.queries import waves_of
from lerend_web.scans.domain import cards
from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.domain.opening import open_wave
from lerend_web.scans.domain.people_since import CameAndLeft, note_people_since
from lerend_web.scans.models import Wave
from lerend_web.themes.models import Action
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.sheet import Sheet
from lerend_web.urn.key_series import series_file
from lerend_web.urn.passes import card_hash, new_card_code
from lerend_web.urn.sealing import new_key_pair
from tests.lerend_web.scans.dairy import PLANNED, Dairy, answer_with

CHEESE, OFFICE, LAB = ("Cheese",), ("Office",), ("Lab",)
FIRST = date(2026, 9, 7)
SEVEN = {"Cheese": "3344452", "Office": "22332443"}
"""What seven cheese makers and eight people of the office answer."""


def an_action(dairy: Dairy, *, intervention: str = "team_debrief@1") -> Action:
    return Action.objects.create(
        organisation=dairy.organisation,
        factor="peer_feedback_reflection",
        what="Look back together on Fridays",
        intervention=intervention,
        owner=dairy.contact,
        pulse_on=FIRST,
        made_at=PLANNED,
    )


def a_plan(*units: AskedUnit, **changed: object) -> SeriesPlan:
    fields: dict[str, object] = {
        "units": units or (AskedUnit(CHEESE), AskedUnit(OFFICE)),
        "first_on": FIRST,
        "pulses": 2,
        "works_council_consent_on": date(2026, 8, 20),
    }
    return SeriesPlan(**(fields | changed))  # type: ignore[arg-type]  # tests change one field at a time


def planned(dairy: Dairy, action: Action, plan: SeriesPlan | None = None) -> PulseSeries:
    wish = plan or a_plan()
    return plan_series(about=subject_of(action), programme=dairy.programme, plan=wish, by=dairy.contact, at=PLANNED)


def give_keys(dairy: Dairy, series: PulseSeries) -> None:
    """Two people make the keys of the whole series, once, and try them."""
    for label, person in (("researcher", dairy.contact), ("works council", dairy.council)):
        pairs = {wave.code: new_key_pair() for wave in waves_of(series)}
        public = {code: pair.public for code, pair in pairs.items()}
        add_series_holder(series=series, label=label, public_keys=public, by=person, at=PLANNED)
        dairy.files.append(series_file(label=label, pairs=pairs))
        try_series(series=series, holder_file=dairy.files[-1], by=person, at=PLANNED)


def sealed(dairy: Dairy, series: PulseSeries) -> PulseSeries:
    give_keys(dairy, series)
    return seal_series(series=series, by=dairy.contact, at=PLANNED)


def first_moment(wave: Wave) -> datetime:
    return datetime.combine(wave.opens_on, time(8), UTC)


def after(wave: Wave) -> datetime:
    return datetime.combine(wave.closes_on + timedelta(days=1), time(8), UTC)


def opened(dairy: Dairy, wave: Wave) -> Wave:
    """Cards printed (with no paper, which is what takes time) and open."""
    with patch.object(cards, "pdf_of", return_value=b""), patch.object(cards, "_qr", return_value=""):
        cards.print_cards(wave=wave, by=dairy.contact, at=first_moment(wave))
    return open_wave(wave=wave, by=dairy.contact, at=first_moment(wave))


def answered(wave: Wave, answers: Mapping[str, Sequence[str]]) -> None:
    """People answer with a card of their own: by the label of a key group what each says to all three questions."""
    for group in wave.key_groups.all():
        for answer in answers.get(group.label, ()):
            code = new_card_code()
            boxes.register_cards(key_group=group.code, hashes=[card_hash(code)])
            says = dict.fromkeys(("done_1", "helped_1", "used_1"), answer)
            answer_with(wave, code, Sheet("all", "nl", says, {}, {}))


def count_people(dairy: Dairy, wave: Wave, changed: Mapping[str, tuple[int, int]] | None = None) -> None:
    """How many came and left since the pulse before, by the name of the team; nobody where it is not named."""
    numbers = {unit.pk: CameAndLeft(*(changed or {}).get(unit.path[-1], (0, 0))) for unit in wave.units.all()}
    note_people_since(wave=wave, numbers=numbers, by=dairy.contact, at=first_moment(wave))


def closed(dairy: Dairy, wave: Wave) -> Wave:
    for person in (dairy.contact, dairy.council):
        cards.void_cards(wave=wave, by=person, at=after(wave))
    close_wave(wave=wave, holder_file=dairy.files[0], by=dairy.contact, at=after(wave))
    return wave
