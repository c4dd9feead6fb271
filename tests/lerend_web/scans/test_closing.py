"""Closing loses nothing, whatever breaks; and afterwards nobody can open anything."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lerend.disclosure.bands import PeopleBand
from lerend.statistics.frozen_file import from_bytes
from lerend_web.core.models import AuditEntry
from lerend_web.scans.domain import backup, closing
from lerend_web.scans.domain.backup import BackupIsDifferent, backup_path
from lerend_web.scans.domain.closing import STEPS, Closing, close_wave, why_not_close
from lerend_web.scans.domain.keys import try_opening
from lerend_web.scans.domain.releasing import read
from lerend_web.scans.domain.server_share import path_of, share_of
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import FrozenWave, KeyGroup, Wave
from lerend_web.scans.rules import CannotClose, KeyFileDoesNotFit
from lerend_web.urn.domain.boxes import NotTaking
from lerend_web.urn.models import Box, Card, OpenWave
from lerend_web.urn.sealing import CannotOpen, holder_file, new_key_pair, read_holder_file, seal, unseal
from tests.lerend_web.scans.dairy import (
    CLOSES,
    OPENS,
    Dairy,
    add_holders,
    answer_with,
    everything_in,
    let_answer,
    new_dairy,
    opened,
    opened_by_mail,
    plan,
    sheet,
    void,
)

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

NAMES = [name for name, _step in STEPS]


@pytest.fixture
def full(open_one: Wave, dairy: Dairy) -> Wave:
    """The last day is over, 46 of 62 people answered, and the other cards are void."""
    let_answer(open_one, comment="a remark")
    void(open_one, dairy)
    return open_one


def close(wave: Wave, dairy: Dairy, holder: int = 0) -> FrozenWave:
    return close_wave(wave=wave, holder_file=dairy.files[holder], by=dairy.contact, at=CLOSES)


@pytest.mark.parametrize("holder", [0, 1])
def test_either_holder_closes_and_only_sums_stay(full: Wave, dairy: Dairy, holder: int) -> None:
    frozen = close(full, dairy, holder)
    assert (full.state, full.closed_at, full.closing_step) == (WaveState.CLOSED, CLOSES, "closed")
    assert frozen.answered == 46
    assert [len(full.releases.all()), read(full.releases.get()).diagnosis.companies[0].people] == [
        1,
        PeopleBand(20, 49),
    ]
    assert int(from_bytes(bytes(frozen.statistics)).people.sum()) == 46
    assert not Box.objects.exists()
    assert not Card.objects.exists()
    assert not path_of(full).exists()
    assert not OpenWave.objects.get().is_taking
    assert AuditEntry.objects.filter(code="wave.closed").count() == 1


def test_report_tells_groups_by_the_names_of_key_groups(full: Wave, dairy: Dairy) -> None:
    frozen = close(full, dairy)
    paths = {tuple(unit) for group in from_bytes(bytes(frozen.statistics)).groups for unit in group}
    assert paths == {("Example Dairy", label) for label in full.key_groups.values_list("label", flat=True)}


def test_closing_a_closed_wave_gives_the_same(full: Wave, dairy: Dairy) -> None:
    first = close(full, dairy)
    assert close(full, dairy) == first
    assert AuditEntry.objects.filter(code="wave.closed").count() == 1


def test_nobody_answers_any_more(full: Wave, dairy: Dairy) -> None:
    close(full, dairy)
    with pytest.raises(NotTaking):
        answer_with(full, "0000000000000", sheet())


class PowerCut(Exception):
    pass


def broken(at: str, *, before: bool) -> tuple[closing.Step, ...]:
    """The steps, of which one stops halfway: before it does anything, or after it did all but before that is noted."""

    def stopping(step: Callable[[Closing], None]) -> Callable[[Closing], None]:
        def run(one: Closing) -> None:
            if not before:
                step(one)
            raise PowerCut

        return run

    return tuple((name, stopping(step) if name == at else step) for name, step in STEPS)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("at", NAMES)
def test_power_cut_at_any_step_loses_nothing(
    full: Wave, dairy: Dairy, monkeypatch: pytest.MonkeyPatch, at: str, before: bool
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(closing, "STEPS", broken(at, before=before))
        with pytest.raises(PowerCut):
            close(full, dairy)
        assert Box.objects.count() == 46 or backup_path(full).exists()
    again = Wave.objects.get()
    assert again.state != WaveState.CLOSED
    frozen = close(again, dairy)
    assert frozen.answered == 46
    assert again.comments.count() == 46
    assert Wave.objects.get().state == WaveState.CLOSED
    assert not Box.objects.exists()
    assert not path_of(full).exists()
    assert FrozenWave.objects.count() == 1


@pytest.mark.parametrize(("at", "before"), [("frozen", False), ("backed_up", True)])
def test_key_file_is_not_needed_once_the_sums_are_there(
    full: Wave, dairy: Dairy, monkeypatch: pytest.MonkeyPatch, at: str, before: bool
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(closing, "STEPS", broken(at, before=before))
        with pytest.raises(PowerCut):
            close(full, dairy)
    frozen = close_wave(wave=full, holder_file=b"", by=dairy.contact, at=CLOSES)
    assert frozen.answered == 46


def test_wrong_key_file_does_not_even_stop_the_intake(full: Wave, dairy: Dairy) -> None:
    stranger = holder_file(wave=full.code, label="researcher", pair=new_key_pair())
    with pytest.raises(KeyFileDoesNotFit):
        close_wave(wave=full, holder_file=stranger, by=dairy.contact, at=CLOSES)
    assert OpenWave.objects.get().is_taking
    assert Wave.objects.get().state == WaveState.OPEN


def test_lost_share_stops_closing_before_anything_changed(full: Wave, dairy: Dairy) -> None:
    path_of(full).rename(path_of(full).with_suffix(".apart"))
    with pytest.raises(CannotClose):
        close(full, dairy)
    assert OpenWave.objects.get().is_taking


def test_backup_that_reads_back_differently_destroys_nothing(
    full: Wave, dairy: Dairy, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _path: b"rot")
        with pytest.raises(BackupIsDifferent):
            close(full, dairy)
    assert Box.objects.count() == 46
    assert path_of(full).exists()
    assert close(full, dairy).answered == 46


def test_backup_holds_all_that_was_frozen(full: Wave, dairy: Dairy) -> None:
    frozen = close(full, dairy)
    kept = json.loads(backup.backup_path(full).read_bytes())
    assert base64.b64decode(kept["statistics"]) == bytes(frozen.statistics)
    assert kept["releases"] == [full.releases.get().content]
    assert kept["promise"] == full.promise
    assert len(kept["comments"]) == 46


def test_damaged_box_stops_closing_until_somebody_says_how_many_may_be_left_out(full: Wave, dairy: Dairy) -> None:
    box = Box.objects.order_by("serial")[0]
    Box.objects.filter(serial=box.serial).update(sealed=bytes(box.sealed)[:-1] + b"\0")
    with pytest.raises(CannotClose):
        close(full, dairy)
    assert Box.objects.count() == 46
    frozen = close_wave(wave=full, holder_file=dairy.files[0], by=dairy.contact, at=CLOSES, damaged=1)
    assert (frozen.answered, frozen.left_out) == (45, {"damaged": 1})


def test_box_that_holds_no_form_is_counted_and_left_out(full: Wave, dairy: Dairy) -> None:
    holders = [bytes(holder.public_key) for holder in full.key_holders.all()]
    sealed = seal(b"no form", holders=holders, server=share_of(full).public)
    group = full.key_groups.all()[0].code
    Box.objects.create(serial=b"x" * 32, key_group=group, sealed=sealed)
    assert close(full, dairy).left_out == {"unreadable": 1}


def test_empty_form_is_counted_and_left_out(open_one: Wave, dairy: Dairy) -> None:
    let_answer(open_one, share=0.5)
    let_answer(open_one, share=0.1, answers=[""])
    void(open_one, dairy)
    frozen = close(open_one, dairy)
    assert frozen.answered == 31
    assert frozen.left_out["empty"] == sum(int(group.invited * 0.1) for group in open_one.key_groups.all())


def test_more_answers_than_people_are_flagged(open_one: Wave, dairy: Dairy) -> None:
    let_answer(open_one, share=1.2)
    void(open_one, dairy)
    invited = [group.invited for group in open_one.key_groups.all()]
    assert close(open_one, dairy).left_out == {"more_than_invited": sum(int(n * 1.2) - n for n in invited)}


def test_wave_of_four_answers_leaves_nothing_not_even_their_number(open_one: Wave, dairy: Dairy) -> None:
    group = open_one.key_groups.all()[0]
    KeyGroup.objects.exclude(pk=group.pk).filter(wave=open_one).update(invited=0)
    KeyGroup.objects.filter(pk=group.pk).update(invited=4)
    let_answer(open_one, share=1)
    void(open_one, dairy)
    frozen = close(open_one, dairy)
    assert (bytes(frozen.statistics), open_one.releases.count(), frozen.answered) == (b"", 0, 0)
    assert not Box.objects.exists()


def test_comments_stand_apart_from_teams_and_in_no_order(full: Wave, dairy: Dairy) -> None:
    close(full, dairy)
    texts = list(full.comments.order_by("id").values_list("text", flat=True))
    assert sorted(texts) == sorted(f"a remark {number}" for number in range(46))
    assert texts != [f"a remark {number}" for number in range(46)]


def test_real_wave_is_not_closed_before_its_last_day_is_over(open_one: Wave, dairy: Dairy) -> None:
    assert len(why_not_close(open_one, at=OPENS)) == 2
    with pytest.raises(CannotClose):
        close_wave(wave=open_one, holder_file=dairy.files[0], by=dairy.contact, at=OPENS)
    assert OpenWave.objects.get().is_taking


def test_wave_that_never_opened_cannot_be_closed(wave: Wave, dairy: Dairy) -> None:
    with pytest.raises(CannotClose):
        close(wave, dairy)


def test_demo_may_close_at_any_time_and_its_report_says_that_it_is_made_up(db: None) -> None:
    dairy = new_dairy(is_demo=True)
    wave = plan(dairy)
    add_holders(wave, dairy)
    opened(wave, dairy)
    let_answer(wave)
    close_wave(wave=wave, holder_file=dairy.files[0], by=dairy.contact, at=OPENS)
    assert read(wave.releases.get()).diagnosis.simulated


def test_keys_of_tokens_are_destroyed(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    close(wave, dairy)
    assert {group.token_key for group in wave.key_groups.all()} == {None}


def test_after_closing_a_key_has_nothing_to_try(full: Wave, dairy: Dairy) -> None:
    close(full, dairy)
    with pytest.raises(KeyFileDoesNotFit):
        try_opening(wave=full, holder_file=dairy.files[0], by=dairy.contact, at=CLOSES)
    assert not path_of(full).exists()


def test_oldest_backup_and_a_holders_file_open_nothing(full: Wave, dairy: Dairy, var: Path) -> None:
    """The share is backed up apart and erased everywhere at closing; what else was ever kept does not open a box."""
    boxes = [bytes(box.sealed) for box in Box.objects.all()]
    backed_up = everything_in("default") + everything_in("urn")
    backed_up += "".join(
        path.read_bytes().decode("latin-1")
        for path in var.rglob("*")
        if path.is_file() and path.parent.name != "shares"
    )
    share = share_of(full).private
    close(full, dairy)

    holders = [read_holder_file(file).private for file in dairy.files]
    assert unseal(boxes[0], holder=holders[0], server=share)  # control: the share is all that is missing
    for written in (share.hex(), share.hex().upper(), base64.b64encode(share).decode(), share.decode("latin-1")):
        assert written not in backed_up
    left = backed_up + everything_in("default") + everything_in("urn")
    left += "".join(path.read_bytes().decode("latin-1") for path in var.rglob("*") if path.is_file())
    guesses = {bytes.fromhex(found) for found in re.findall(r"\b[0-9a-f]{64}\b", left)}
    guesses |= {base64.b64decode(found) for found in re.findall(r"[A-Za-z0-9+/]{43}=", left)}
    assert len(guesses) > 10
    for key in [*holders, *guesses]:
        for holder in holders:
            with pytest.raises(CannotOpen):
                unseal(boxes[0], holder=holder, server=key)
