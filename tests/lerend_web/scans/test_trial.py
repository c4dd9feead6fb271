"""Trying a round out: the real pages, as often as one likes, and nothing is kept."""

from __future__ import annotations

import pytest

from lerend_web.core.models import AuditEntry
from lerend_web.scans import rules
from lerend_web.scans.domain.trial import Trial, start_trial
from lerend_web.scans.models import Wave
from lerend_web.urn.domain import boxes
from lerend_web.urn.models import Box, Card, OpenWave
from tests.lerend_web.scans.dairy import Dairy, add_holders, opened, plan, sheet
from tests.lerend_web.september import A_DAY_OF_THE_ROUND
from tests.lerend_web.urn.waves import new_secret

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture
def planned(dairy: Dairy) -> Wave:
    return plan(dairy)


def tried(planned: Wave, dairy: Dairy) -> Trial:
    return start_trial(wave=planned, by=dairy.contact, at=A_DAY_OF_THE_ROUND)


def code_of(trial: Trial) -> str:
    return trial.address.rstrip("/").rpartition("/")[2]


def test_same_card_goes_through_again_and_again_and_leaves_no_box_and_no_binding(planned: Wave, dairy: Dairy) -> None:
    trial = tried(planned, dairy)
    for _again in range(3):
        secret = new_secret()
        receipt = boxes.deliver(
            wave=code_of(trial), secret=secret, card=trial.card, signature=None, key_group=None, sheet=sheet()
        )
        assert len(receipt) == 8
        boxes.withdraw(wave=code_of(trial), secret=secret, card=trial.card, signature=None, key_group=None)
    assert not Box.objects.exists()
    assert list(Card.objects.values_list("bound_to", flat=True)) == [None]


def test_card_of_a_trial_opens_no_other_wave(planned: Wave, dairy: Dairy) -> None:
    first, second = tried(planned, dairy), tried(planned, dairy)
    with pytest.raises(boxes.UnknownCard):
        boxes.deliver(
            wave=code_of(second), secret=new_secret(), card=first.card, signature=None, key_group=None, sheet=sheet()
        )


def test_trial_changes_nothing_of_the_round_and_stands_in_the_log(planned: Wave, dairy: Dairy) -> None:
    before = Wave.objects.filter(pk=planned.pk).values().get()
    tried(planned, dairy)
    assert Wave.objects.filter(pk=planned.pk).values().get() == before
    assert AuditEntry.objects.filter(code="wave.tried", subject=planned.code).count() == 1
    assert not OpenWave.objects.filter(code=planned.code).exists()


def test_next_trial_ends_the_one_before(planned: Wave, dairy: Dairy) -> None:
    old = tried(planned, dairy)
    tried(planned, dairy)
    assert not OpenWave.objects.get(code=code_of(old)).is_taking
    assert Card.objects.count() == 1


def test_opening_ends_the_trial_and_no_other_rounds_trial(planned: Wave, dairy: Dairy) -> None:
    other = start_trial(wave=plan(dairy, name="Later"), by=dairy.contact, at=A_DAY_OF_THE_ROUND)
    trial = tried(planned, dairy)
    add_holders(planned, dairy)
    opened(planned, dairy)
    with pytest.raises(boxes.NotTaking):
        boxes.deliver(
            wave=code_of(trial), secret=new_secret(), card=trial.card, signature=None, key_group=None, sheet=sheet()
        )
    assert OpenWave.objects.get(code=code_of(other)).is_taking


def test_open_round_is_not_tried(open_one: Wave, dairy: Dairy) -> None:
    with pytest.raises(rules.CannotTry):
        tried(open_one, dairy)
