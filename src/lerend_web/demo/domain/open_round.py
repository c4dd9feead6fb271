"""The newest round of Voorbeeld Zuivel: planned, sealed, printed and opened with the verbs that everybody uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from lerend_web.demo.company import FLEX_TEAM, everybody
from lerend_web.demo.domain.cast import Cast
from lerend_web.demo.files import Cards, keep_cards, keep_key_file
from lerend_web.organisations.models import Organisation
from lerend_web.scans.domain.keys import add_key_holder, try_opening
from lerend_web.scans.domain.opening import open_wave
from lerend_web.scans.domain.people_since import CameAndLeft, note_people_since
from lerend_web.scans.domain.planning import note, plan_wave
from lerend_web.scans.domain.promise import seal_promise
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import cards_for, day_of
from lerend_web.urn.domain.boxes import register_cards
from lerend_web.urn.passes import card_hash, new_card_code
from lerend_web.urn.sealing import holder_file, new_key_pair

NAME: Final = "Tweede ronde"
TAKES: Final = timedelta(days=21)
HEARD_BACK_AFTER: Final = timedelta(days=21)
HOLDERS: Final = {"marloes": "Marloes", "works-council": "Ondernemingsraad"}
"""Both key files of the demo; here one person has them both, and the screens say so."""


def make_open_round(cast: Cast, organisation: Organisation, *, at: datetime) -> Wave:
    """A round that takes answers from now on; its key files and drawn cards are kept where the demo finds them."""
    wave = plan_round(cast, organisation, Mode.CARD, at=at)
    for name, content in give_keys(wave, cast, at=at).items():
        keep_key_file(name, content)
    codes = _put_cards_into_the_bowls(wave, cast, at=at)
    open_wave(wave=wave, by=cast.marloes, at=at)
    _count_who_came_and_left(wave, cast, at=at)
    keep_cards(Cards(wave.code, _drawn(wave, codes)))
    return wave


def _count_who_came_and_left(wave: Wave, cast: Cast, *, at: datetime) -> None:
    """Half of the flex team is new; in all other teams nobody came or left."""
    numbers = {
        unit.pk: CameAndLeft(4, 4) if unit.path[-1] == FLEX_TEAM else CameAndLeft(0, 0) for unit in wave.units.all()
    }
    note_people_since(wave=wave, numbers=numbers, by=cast.marloes, at=at)


def plan_round(cast: Cast, organisation: Organisation, mode: Mode, *, at: datetime) -> Wave:
    """The second round of a company, from today."""
    today = day_of(at, cast.programme.time_zone)
    return plan_wave(
        organisation=organisation,
        programme=cast.programme,
        name=NAME,
        mode=mode,
        k=5,
        opens_on=today,
        closes_on=today + TAKES,
        heard_back_on=today + TAKES + HEARD_BACK_AFTER,
        works_council_consent_on=today - timedelta(days=14),
        by=cast.marloes,
        at=at,
    )


def give_keys(wave: Wave, cast: Cast, *, at: datetime) -> dict[str, bytes]:
    """Both key files. In a real round the holder's own browser makes one, and it never comes here."""
    return {name: _key_file(wave, label, cast, at=at) for name, label in HOLDERS.items()}


def _key_file(wave: Wave, label: str, cast: Cast, *, at: datetime) -> bytes:
    pair = new_key_pair()
    content = holder_file(wave=wave.code, label=label, pair=pair)
    add_key_holder(wave=wave, label=label, public_key=pair.public, by=cast.marloes, at=at)
    try_opening(wave=wave, holder_file=content, by=cast.marloes, at=at)
    return content


def _put_cards_into_the_bowls(wave: Wave, cast: Cast, *, at: datetime) -> dict[str, list[str]]:
    """As `print_cards` does it, but the codes do not go onto paper: the demo keeps who drew which card."""
    seal_promise(wave=wave, by=cast.marloes, at=at)
    codes: dict[str, list[str]] = {}
    for group in wave.key_groups.all():
        codes[group.code] = [new_card_code() for _card in range(cards_for(group.invited))]
        register_cards(key_group=group.code, hashes=[card_hash(code) for code in codes[group.code]])
        group.printed = len(codes[group.code])
        group.save()
    wave.cards_printed_at = at
    wave.save()
    note(wave, "cards.printed", by=cast.marloes, at=at, cards=sum(map(len, codes.values())), kept_by_the_demo=True)
    return codes


def _drawn(wave: Wave, codes: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Everybody draws a card from the bowl of their own key group."""
    group_of = {tuple(unit.path): unit.key_group.code for unit in wave.units.select_related("key_group")}
    bowls = {group: iter(cards) for group, cards in codes.items()}
    return tuple(next(bowls[group_of[team.path]]) for team in everybody())
