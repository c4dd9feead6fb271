"""Two holders, each with a key of their own, and a trial that really opens a box."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from lerend_web.core.models import AuditEntry
from lerend_web.scans.domain.keys import add_key_holder, remove_key_holder, try_opening
from lerend_web.scans.domain.server_share import erase_share_of, made_share_of, path_of, share_of
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import KeyFileDoesNotFit, PlanIsWrong, RulesAreFrozen
from lerend_web.urn.sealing import holder_file, new_key_pair
from tests.lerend_web.scans.dairy import OPENS, PLANNED, Dairy, everything_in, new_dairy, plan

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def test_trial_opens_a_box_and_is_remembered(dairy: Dairy) -> None:
    wave, pair = plan(dairy), new_key_pair()
    add_key_holder(wave=wave, label="Wim", public_key=pair.public, by=dairy.contact, at=PLANNED)
    file = holder_file(wave=wave.code, label="Wim", pair=pair)
    holder = try_opening(wave=wave, holder_file=file, by=dairy.contact, at=PLANNED)
    assert holder.tried_at == wave.trial_opened_at == PLANNED
    assert AuditEntry.objects.filter(code="wave.key_tried").count() == 1


def test_trial_with_anything_else_than_a_holders_file_is_refused(wave: Wave, dairy: Dairy) -> None:
    other = holder_file(wave=wave.code, label="Eve", pair=new_key_pair())
    of_other_wave = holder_file(wave="other", label="Eve", pair=new_key_pair())
    for file in (b"", b"{}", other, of_other_wave):
        with pytest.raises(KeyFileDoesNotFit):
            try_opening(wave=wave, holder_file=file, by=dairy.contact, at=PLANNED)


def test_private_half_of_a_holder_stands_nowhere(wave: Wave, dairy: Dairy, var: Path) -> None:
    kept = everything_in("default") + everything_in("urn")
    files = [path.read_bytes() for path in var.rglob("*") if path.is_file()]
    for file in dairy.files:
        secret = file.split(b'"private": "')[1][:40]
        assert secret.decode() not in kept
        assert not any(secret in content for content in files)


def test_second_key_comes_from_somebody_else(dairy: Dairy) -> None:
    wave = plan(dairy)
    add_key_holder(wave=wave, label="one", public_key=new_key_pair().public, by=dairy.contact, at=PLANNED)
    with pytest.raises(PlanIsWrong):
        add_key_holder(wave=wave, label="two", public_key=new_key_pair().public, by=dairy.contact, at=PLANNED)


def test_in_a_demo_one_person_may_hold_both_keys(db: None) -> None:
    dairy = new_dairy(is_demo=True)
    wave = plan(dairy)
    for label in ("one", "two"):
        add_key_holder(wave=wave, label=label, public_key=new_key_pair().public, by=dairy.contact, at=PLANNED)
    assert wave.key_holders.count() == 2


def test_same_key_or_same_name_twice_is_refused(dairy: Dairy) -> None:
    wave, pair = plan(dairy), new_key_pair()
    add_key_holder(wave=wave, label="one", public_key=pair.public, by=dairy.contact, at=PLANNED)
    with pytest.raises(KeyFileDoesNotFit):
        add_key_holder(wave=wave, label="two", public_key=pair.public, by=dairy.council, at=PLANNED)
    with pytest.raises(PlanIsWrong):
        add_key_holder(wave=wave, label="one", public_key=new_key_pair().public, by=dairy.council, at=PLANNED)
    with pytest.raises(KeyFileDoesNotFit):
        add_key_holder(wave=wave, label="two", public_key=b"short", by=dairy.council, at=PLANNED)


def test_holders_stay_once_people_can_answer(open_one: Wave, dairy: Dairy) -> None:
    holder = open_one.key_holders.get(label="works council")
    with pytest.raises(RulesAreFrozen):
        remove_key_holder(holder=holder, by=dairy.contact, at=OPENS)
    with pytest.raises(RulesAreFrozen):
        add_key_holder(wave=open_one, label="x", public_key=new_key_pair().public, by=None, at=OPENS)


def test_holder_can_be_replaced_before_that(wave: Wave, dairy: Dairy) -> None:
    remove_key_holder(holder=wave.key_holders.get(label="works council"), by=dairy.contact, at=PLANNED)
    assert wave.key_holders.count() == 1


def test_share_is_one_private_file_outside_the_databases(wave: Wave, var: Path) -> None:
    path = path_of(wave)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list((var / "shares").iterdir()) == [path]
    assert made_share_of(wave) == share_of(wave)
    assert share_of(wave).private.hex() not in everything_in("default") + everything_in("urn")


def test_erased_share_is_overwritten_first(wave: Wave, var: Path) -> None:
    kept = var / "the same bytes under another name"
    kept.hardlink_to(path_of(wave))
    secret = share_of(wave).private.hex()
    erase_share_of(wave)
    erase_share_of(wave)
    assert not path_of(wave).exists()
    assert secret.encode() not in kept.read_bytes()
