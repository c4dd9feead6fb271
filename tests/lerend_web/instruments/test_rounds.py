"""A round with a questionnaire of the programme's own: planned, opened, answered and closed; and what it may not be."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lerend.model.structure import Form
from lerend_web.answering.pages import forget_pages
from lerend_web.instruments.models import OwnVersion
from lerend_web.organisations.models import OrganisationMember
from lerend_web.people.enums import OrganisationRole
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.domain.planning import change_plan
from lerend_web.scans.domain.questionnaire import instrument_of, model_of
from lerend_web.scans.domain.trial import start_trial
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import KeyGroup, Wave
from lerend_web.scans.rules import PlanIsWrong
from lerend_web.urn.documents import DocumentIsDamaged, read_document
from lerend_web.urn.domain import boxes
from lerend_web.urn.models import OpenWave
from lerend_web.urn.passes import card_hash, new_card_code
from tests.lerend_web.actors import client_of
from tests.lerend_web.answering.conftest import TAKEN_OVER
from tests.lerend_web.instruments.files import AFTER, BEFORE, a_draft, a_published, changed_scan, packaged_text
from tests.lerend_web.scans.dairy import CLOSES, PLANNED, Dairy, add_holders, new_dairy, opened, plan, void
from tests.lerend_web.september import A_DAY_OF_THE_ROUND

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

NEW = "How often do you work at night?"


@pytest.fixture(autouse=True)
def var(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR=tmp_path):
        yield tmp_path


@pytest.fixture
def dairy() -> Dairy:
    return new_dairy()


@pytest.fixture
def own(dairy: Dairy) -> OwnVersion:
    """One question has other words, and one is replaced by a new one."""
    content = changed_scan((BEFORE, AFTER), ("workload_1", "night_1"), ("How often are you busy at work?", NEW))
    return a_published(dairy.programme, dairy.contact, content)


def door_2() -> Any:
    """The settings of the process that takes answers, within the process of the tests."""
    from lerend_web.conf import answering_settings  # noqa: PLC0415 -- reads the environment of the tests

    forget_pages()
    return override_settings(**{name: getattr(answering_settings, name) for name in TAKEN_OVER})


def test_own_questionnaire_is_planned_opened_answered_and_closed(dairy: Dairy, own: OwnVersion) -> None:
    wave = plan(dairy, instrument=own.reference)
    add_holders(wave, dairy)
    opened(wave, dairy)
    wave.refresh_from_db()
    assert json.loads(wave.promise)["instrument"] == {"reference": own.reference, "digest": own.digest}
    groups, form = list(wave.key_groups.all()), instrument_of(wave.instrument).forms[0]
    with CaptureQueriesContext(connections["default"]) as asked, door_2():
        count = _everybody_answers(wave, groups, form)
    assert asked.captured_queries == [], "door 2 has no register"
    void(wave, dairy)
    wave.refresh_from_db()
    frozen = close_wave(wave=wave, holder_file=dairy.files[0], by=dairy.contact, at=CLOSES)
    wave.refresh_from_db()
    assert wave.state == WaveState.CLOSED
    assert frozen.answered == count


def _everybody_answers(wave: Wave, groups: list[KeyGroup], form: Form) -> int:
    """Almost everybody of every team opens the page, finds the new words, and sends answers on the first form."""
    door, count = Client(), 0
    page = door.get(f"/{wave.code}/answer?form={form.id}&lang=en")
    assert page.status_code == 200
    shown = page.content.decode()
    assert AFTER in shown
    assert NEW in shown
    assert BEFORE not in shown
    for group in groups:
        for _person in range(group.invited - 1):
            code = new_card_code()
            boxes.register_cards(key_group=group.code, hashes=[card_hash(code)])
            answers = dict.fromkeys(form.items, "12345"[count % 5])
            sent = {"form": form.id, "language": "en", "answers": answers, "background": {}, "comments": {}}
            body = json.dumps(sent | {"secret": secrets.token_bytes(32).hex(), "card": code})
            answer = door.post(f"/{wave.code}/deliver", body, content_type="application/json")
            assert answer.status_code == 200, answer.content
            count += 1
    return count


def test_round_goes_on_with_its_own_version_when_a_newer_one_is_published(dairy: Dairy, own: OwnVersion) -> None:
    wave = plan(dairy, instrument=own.reference)
    before = promise_digest(wave)
    newer = a_published(dairy.programme, dairy.contact, changed_scan((BEFORE, "I set my own pace.")))
    assert newer.reference == f"{own.name}@2"
    assert promise_digest(wave) == before == own.digest
    assert AFTER in {item.text.en for item in instrument_of(wave.instrument).items}


def promise_digest(wave: Wave) -> str:
    return instrument_of(Wave.objects.get(pk=wave.pk).instrument).digest


def test_own_questionnaire_is_tried_out_first(dairy: Dairy, own: OwnVersion) -> None:
    wave = plan(dairy, instrument=own.reference)
    trial = start_trial(wave=wave, by=dairy.contact, at=A_DAY_OF_THE_ROUND)
    code = trial.address.rstrip("/").rpartition("/")[2]
    with door_2():
        shown = Client().get(f"/{code}/answer?form={trial.forms[0]}&lang=en").content.decode()
    assert AFTER in shown


def test_questionnaire_of_another_programme_or_of_nobody_is_not_planned(dairy: Dairy, own: OwnVersion) -> None:
    other = new_dairy()
    for reference in (own.reference, f"{own.name}@2", "nothing@1", "company-form@1", "lerend@1", ""):
        with pytest.raises(PlanIsWrong):
            plan(other, instrument=reference)
    assert not Wave.objects.exists()


def test_draft_is_not_planned(dairy: Dairy) -> None:
    draft = a_draft(dairy.programme, dairy.contact)
    with pytest.raises(PlanIsWrong):
        plan(dairy, instrument=draft.reference)


def test_plan_gets_another_questionnaire_until_it_is_promised(dairy: Dairy, own: OwnVersion) -> None:
    wave = plan(dairy)
    dates = {name: getattr(wave, name) for name in ("name", "mode", "opens_on", "closes_on", "heard_back_on")}
    change_plan(wave=wave, **dates, instrument=own.reference, by=dairy.contact, at=PLANNED)
    assert Wave.objects.get().instrument == own.reference
    change_plan(wave=wave, **dates, by=dairy.contact, at=PLANNED)
    assert Wave.objects.get().instrument == own.reference


def test_plan_offers_a_choice_only_where_there_is_one(dairy: Dairy) -> None:
    OrganisationMember.objects.create(
        organisation=dairy.organisation, person=dairy.contact, role=OrganisationRole.COMPANY_CONTACT
    )
    desk = client_of(dairy.contact)
    address = reverse("wave-plan", args=[dairy.organisation.pk])
    assert 'name="instrument"' not in desk.get(address).content.decode()
    own = a_published(dairy.programme, dairy.contact)
    other = a_published(Programme.objects.create(name="Other"), dairy.council)
    page = desk.get(address).content.decode()
    assert f'value="{own.reference}"' in page
    assert 'value="employee-scan@1" selected' in page
    assert other.reference not in page


def test_text_that_does_not_fit_its_digest_opens_nothing(dairy: Dairy, own: OwnVersion) -> None:
    wave = plan(dairy, instrument=own.reference)
    add_holders(wave, dairy)
    opened(wave, dairy)
    row = OpenWave.objects.get(code=wave.code)
    row.document["questionnaire"]["digest"] = "0" * 64
    with pytest.raises(DocumentIsDamaged):
        read_document(json.dumps(row.document))


def test_document_of_a_packaged_questionnaire_carries_no_text(dairy: Dairy) -> None:
    wave = plan(dairy)
    add_holders(wave, dairy)
    opened(wave, dairy)
    assert "questionnaire" not in OpenWave.objects.get(code=wave.code).document


def test_own_model_is_found_by_the_rounds_of_its_questionnaire(dairy: Dairy) -> None:
    text = packaged_text("lerend@1").replace("name: {nl: Omgeving, en: Environment}", "name: {nl: Buiten, en: Outside}")
    model = a_published(dairy.programme, dairy.contact, text.encode(), "model.yaml")
    own = a_published(dairy.programme, dairy.contact, changed_scan(("model: lerend@1", f"model: {model.reference}")))
    wave = plan(dairy, instrument=own.reference)
    assert model_of(instrument_of(wave.instrument)).layers[0].name.en == "Outside"
