"""The demo is made through the verbs that everybody uses, in an empty installation only."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lerend_web.company_form.queries import forms_seen_by, roles_to_sign_in
from lerend_web.company_form.rules import FEWEST_BESIDE
from lerend_web.core.clock import days_ahead, jump
from lerend_web.core.models import AuditEntry
from lerend_web.demo.company import COMPANIES, ZUIVEL, number_of_sanne
from lerend_web.demo.domain.answering import let_others_answer
from lerend_web.demo.domain.company_forms import INFORMANTS
from lerend_web.demo.domain.seeding import NotEmpty, begin_again, seed
from lerend_web.demo.files import drawn_cards, folder, key_file
from lerend_web.demo.queries import chapter_now, is_on, newest_wave, waiting
from lerend_web.demo.story import Chapter
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.urn.models import Box, Card

pytestmark = pytest.mark.django_db(databases=["default", "urn"], transaction=True)

AT = datetime.now(tz=UTC)


def test_demo_has_twelve_companies_with_a_closed_round_and_one_open_round(empty: Path) -> None:
    seed(at=AT)
    assert set(Organisation.objects.values_list("name", flat=True)) == set(COMPANIES)
    assert Wave.objects.filter(state=WaveState.CLOSED).count() == len(COMPANIES)
    wave = newest_wave()
    assert wave is not None
    assert (wave.organisation.name, wave.state) == (ZUIVEL, WaveState.OPEN)
    assert sum(wave.units.values_list("headcount", flat=True)) == 120
    assert wave.units.count() == 11
    assert wave.promise_digest


def test_newest_round_went_through_the_real_verbs(demo: Path) -> None:
    wave = newest_wave()
    assert wave is not None
    history = list(AuditEntry.objects.filter(subject=wave.code).order_by("id").values_list("code", flat=True))
    assert history[0] == "wave.planned"
    assert history[-2:] == ["wave.opened", "wave.people_since"]
    assert history.count("wave.key_tried") == 2
    assert Card.objects.filter(bound_to=None, is_void=False).count() >= 120 * 1.2
    assert not Box.objects.exists()


def test_sanne_has_no_account(demo: Path) -> None:
    names = ["Arjen", "Fenna", "Henk (ondernemingsraad)", "Ingrid (directie)", "Karim (mbo)", "Marloes"]
    assert sorted(Person.objects.values_list("name", flat=True)) == names


def test_works_council_and_management_sent_company_forms_that_marloes_may_see(demo: Path) -> None:
    marloes = Person.objects.get(name="Marloes")
    zuivel = Organisation.objects.get(name=ZUIVEL)
    forms = forms_seen_by(marloes, zuivel).order_by("signed_as")
    assert [(form.role, form.signed_as) for form in forms] == [
        ("works_council", "Henk (ondernemingsraad)"),
        ("management", "Ingrid (directie)"),
    ]
    assert len(forms) >= FEWEST_BESIDE
    assert roles_to_sign_in(marloes, zuivel)
    assert forms[0].answers != forms[1].answers
    for form, informant in zip(forms, INFORMANTS, strict=True):
        assert informant.facts.items() <= form.answers.items(), "nothing of it was dropped as no answer"
        assert not form.person.has_usable_password()
        assert not form.person.demo_character


def test_kept_cards_and_keys_can_be_read_by_their_owner_only(demo: Path) -> None:
    assert key_file("marloes") is not None
    for file in folder().iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_demo_is_never_mixed_with_a_real_programme(empty: Path) -> None:
    Programme.objects.create(name="Echt")
    with pytest.raises(NotEmpty):
        seed(at=AT)
    assert not is_on()


def test_demo_is_shut_as_soon_as_a_real_programme_is_there(demo: Path) -> None:
    assert is_on()
    Programme.objects.create(name="Echt")
    assert not is_on()


def test_others_answer_with_their_own_cards_and_never_twice(demo: Path) -> None:
    cards = drawn_cards()
    assert cards is not None
    assert waiting() == 120
    assert len(list(let_others_answer(cards))) == 119
    assert Box.objects.count() == 119
    list(let_others_answer(cards))
    assert Box.objects.count() == 119
    assert chapter_now() is Chapter.SANNE
    assert number_of_sanne() == 116


def test_beginning_again_leaves_one_demo_at_today(demo: Path) -> None:
    first = newest_wave()
    cards = drawn_cards()
    assert cards is not None
    next(let_others_answer(cards))
    jump(30)
    begin_again()
    second = newest_wave()
    assert first is not None
    assert second is not None
    assert first.code != second.code
    assert (days_ahead(), waiting(), Programme.objects.count()) == (0, 120, 1)
    assert second.opens_on <= (AT + timedelta(days=1)).date()
