"""What the tests of scans work with: a dairy of 62 people in five teams, and how its people answer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from unittest.mock import patch

from django.db import connections

from lerend_web.organisations.models import Organisation, Unit
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain import cards
from lerend_web.scans.domain.invitations import NewAddress, take_addresses
from lerend_web.scans.domain.key_groups import tree_of
from lerend_web.scans.domain.keys import add_key_holder, try_opening
from lerend_web.scans.domain.opening import open_wave
from lerend_web.scans.domain.planning import plan_wave
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.sheet import Sheet
from lerend_web.urn.passes import card_hash, new_card_code
from lerend_web.urn.sealing import holder_file, new_key_pair

PLANNED = datetime(2026, 9, 1, 8, tzinfo=UTC)
OPENS = datetime(2026, 9, 7, 6, tzinfo=UTC)
CLOSES = datetime(2026, 9, 26, 8, tzinfo=UTC)
TEAMS = {"Packing day": 20, "Packing night": 4, "Cheese": 18, "Office": 12, "Lab": 8}


@dataclass
class Dairy:
    organisation: Organisation
    programme: Programme
    contact: Person
    council: Person

    def __post_init__(self) -> None:
        self.files: list[bytes] = []


def new_dairy(teams: dict[str, int] | None = None, *, is_demo: bool = False) -> Dairy:
    programme = Programme.objects.create(name="Learning dairy", is_demo=is_demo)
    organisation = Organisation.objects.create(name="Example Dairy")
    organisation.programmes.add(programme)
    for name, people in (TEAMS if teams is None else teams).items():
        parent = None
        if name.startswith("Packing"):
            parent, _ = Unit.objects.get_or_create(organisation=organisation, parent=None, name="Packing")
        Unit.objects.create(organisation=organisation, parent=parent, name=name, headcount=people)
    number = Person.objects.count()
    contact = Person.objects.create_user(f"contact{number}@example.org", name="Marloes")
    council = Person.objects.create_user(f"council{number}@example.org", name="Wim")
    return Dairy(organisation, programme, contact, council)


def plan(dairy: Dairy, **changed: object) -> Wave:
    fields: dict[str, object] = {
        "name": "Autumn",
        "mode": Mode.CARD,
        "k": 5,
        "opens_on": date(2026, 9, 7),
        "closes_on": date(2026, 9, 25),
        "heard_back_on": date(2026, 10, 16),
        "works_council_consent_on": date(2026, 8, 20),
    }
    return plan_wave(
        organisation=dairy.organisation,
        programme=dairy.programme,
        by=dairy.contact,
        at=PLANNED,
        **(fields | changed),  # type: ignore[arg-type]  # tests change one field at a time
    )


def add_holders(wave: Wave, dairy: Dairy) -> None:
    """Two people make a key each, and try it."""
    for label, person in (("researcher", dairy.contact), ("works council", dairy.council)):
        pair = new_key_pair()
        add_key_holder(wave=wave, label=label, public_key=pair.public, by=person, at=PLANNED)
        dairy.files.append(holder_file(wave=wave.code, label=label, pair=pair))
        try_opening(wave=wave, holder_file=dairy.files[-1], by=person, at=PLANNED)


def opened(wave: Wave, dairy: Dairy) -> Wave:
    """Cards printed (with no paper, which is what takes time) and open."""
    with patch.object(cards, "pdf_of", return_value=b""), patch.object(cards, "_qr", return_value=""):
        cards.print_cards(wave=wave, by=dairy.contact, at=OPENS)
    return open_wave(wave=wave, by=dairy.contact, at=OPENS)


def invite_everybody(wave: Wave, dairy: Dairy) -> list[str]:
    """An address for every person of every team."""
    new = [
        NewAddress(f"{'.'.join(path).replace(' ', '').lower()}.{number}@mail.example", path)
        for path, people in tree_of(dairy.organisation).people.items()
        for number in range(people)
    ]
    take_addresses(wave=wave, addresses=new, by=dairy.contact, at=PLANNED)
    return [one.address for one in new]


def opened_by_mail(dairy: Dairy) -> Wave:
    """A round by mail with everybody's address, open; no mail has gone out."""
    wave = plan(dairy, mode=Mode.MAIL)
    add_holders(wave, dairy)
    invite_everybody(wave, dairy)
    return open_wave(wave=wave, by=dairy.contact, at=OPENS)


def void(wave: Wave, dairy: Dairy) -> None:
    for person in (dairy.contact, dairy.council):
        cards.void_cards(wave=wave, by=person, at=CLOSES)


def sheet(answer: str = "4", comment: str = "") -> Sheet:
    form = instrument_of("employee-scan@1").forms[0]
    comments = {"general": comment} if comment else {}
    return Sheet(form.id, "nl", dict.fromkeys(form.items, answer), {}, comments)


def let_answer(wave: Wave, *, share: float = 0.75, answers: Sequence[str] = "12345", comment: str = "") -> int:
    """People of every key group answer with a card of their own."""
    count = 0
    for group in wave.key_groups.all():
        for _person in range(int(group.invited * share)):
            code = new_card_code()
            boxes.register_cards(key_group=group.code, hashes=[card_hash(code)])
            answer_with(wave, code, sheet(answers[count % len(answers)], comment and f"{comment} {count}"))
            count += 1
    return count


def answer_with(wave: Wave, code: str, filled: Sheet, secret: bytes | None = None) -> None:
    boxes.deliver(
        wave=wave.code,
        secret=secret or secrets.token_bytes(32),
        card=code,
        signature=None,
        key_group=None,
        sheet=filled,
    )


def everything_in(alias: str) -> str:
    """All rows of a database as text, binary columns in hex."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = []
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 -- names of our own tables
            found += [_text(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def _text(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)
