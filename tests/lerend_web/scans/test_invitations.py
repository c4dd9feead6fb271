"""Addresses: taken in after a look, put right, and forgotten; no secret of a link is ever kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.formats import date_format

from lerend_web.answering.domain.signing import sign
from lerend_web.core import signatures
from lerend_web.scans.domain.address_lists import read_file, read_typed
from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.domain.invitation_mail import mail_for
from lerend_web.scans.domain.invitation_secrets import mail_key_of, mail_key_path
from lerend_web.scans.domain.invitations import (
    NewAddress,
    checked_addresses,
    replace_address,
    take_addresses,
    take_list_away,
)
from lerend_web.scans.domain.opening import open_wave, why_not_open
from lerend_web.scans.domain.outbox import mailing_of, send_invitations
from lerend_web.scans.enums import MailState, Mode
from lerend_web.scans.models import Invitation, Wave
from lerend_web.scans.rules import AddressIsWrong, CannotOpenYet
from tests.lerend_web.scans.dairy import (
    CLOSES,
    OPENS,
    PLANNED,
    Dairy,
    add_holders,
    everything_in,
    invite_everybody,
    opened_by_mail,
    plan,
)

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

OFFICE = ("Office",)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def by_mail(dairy: Dairy) -> Wave:
    wave = plan(dairy, mode=Mode.MAIL)
    add_holders(wave, dairy)
    return wave


def test_list_names_every_line_that_is_wrong_and_changes_nothing(by_mail: Wave) -> None:
    text = "an@mail.example; Office\n\nno address; Office\nbo@mail.example; Cellar\nci@mail.example"
    checked = checked_addresses(by_mail, read_typed(text))
    assert [one.address for one in checked.new] == ["an@mail.example"]
    assert [problem.where for problem in checked.problems] == ["Line 3", "Line 4", "Line 5"]
    assert not Invitation.objects.exists()


def test_team_is_found_by_its_name_or_path_and_lines_without_take_the_chosen_one(by_mail: Wave) -> None:
    text = "an@mail.example, packing > packing day\nbo@mail.example\tPacking night\nCi@Mail.Example"
    checked = checked_addresses(by_mail, read_typed(text), unit=OFFICE)
    assert checked.problems == ()
    assert [(one.address, one.unit[-1]) for one in checked.new] == [
        ("an@mail.example", "Packing day"),
        ("bo@mail.example", "Packing night"),
        ("ci@mail.example", "Office"),
    ]


def test_file_is_read_by_its_header(by_mail: Wave) -> None:
    content = b"E-mail;Afdeling\nan@mail.example;Office\nbo@mail.example;Lab\n"
    checked = checked_addresses(by_mail, read_file(content, file_name="list.csv"))
    assert [one.unit for one in checked.new] == [("Office",), ("Lab",)]
    wrong = read_file(b"name;team\nAn;Office\n", file_name="list.csv")
    assert "No column holds e-mail addresses" in wrong.problems[0].what


def test_team_never_gets_more_addresses_than_people(by_mail: Wave, dairy: Dairy) -> None:
    nine = "\n".join(f"{number}@mail.example; Lab" for number in range(9))
    checked = checked_addresses(by_mail, read_typed(nine))
    assert "8 people and 9 addresses" in checked.problems[0].what
    with pytest.raises(AddressIsWrong):
        take_addresses(wave=by_mail, addresses=checked.new, by=dairy.contact, at=PLANNED)


def test_taking_a_list_twice_adds_nobody(by_mail: Wave, dairy: Dairy) -> None:
    everybody = invite_everybody(by_mail, dairy)
    assert len(everybody) == 62
    invite_everybody(by_mail, dairy)
    assert by_mail.invitations.count() == 62


def test_round_does_not_open_while_a_group_has_too_few_addresses(by_mail: Wave, dairy: Dairy) -> None:
    """The real one among six made-up headcounts would stand alone."""
    invite_everybody(by_mail, dairy)
    assert why_not_open(by_mail) == ()
    Invitation.objects.filter(address__startswith="lab.").exclude(address="lab.0@mail.example").delete()
    assert "Lab" in str(why_not_open(by_mail)[0])
    with pytest.raises(CannotOpenYet):
        open_wave(wave=by_mail, by=dairy.contact, at=OPENS)


def test_every_invitation_belongs_to_the_key_group_of_its_team(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    for group in wave.key_groups.all():
        teams = {tuple(unit.path) for unit in group.units.all()}
        assert {tuple(one.unit) for one in group.invitations.all()} == teams
        assert group.invitations.count() == group.invited


def test_database_holds_neither_link_nor_what_makes_one(dairy: Dairy, var: Path) -> None:
    wave = opened_by_mail(dairy)
    send_invitations(wave=wave, by=dairy.contact, at=OPENS)
    kept = everything_in("default") + everything_in("urn")
    for invitation in wave.invitations.select_related("wave", "key_group"):
        secret = re.findall(r"#\w{26}\.([0-9a-f]{32})", str(mail_for(invitation).body))[0]
        assert secret not in kept
    assert mail_key_of(wave).hex() not in kept
    assert mail_key_path(wave).stat().st_mode & 0o077 == 0


DRAFT = "To tłumaczenie jest szkicem"


@pytest.fixture
def own_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the Polish words that nobody signed."""
    shutil.copytree(signatures.PAGES / "pl", tmp_path / "pl")
    monkeypatch.setattr(signatures, "PAGES", tmp_path)
    path = signatures.catalogue_of("pl")
    path.write_text(path.read_text("utf-8").replace(signatures.signature_in(path).by or "\0", ""), "utf-8")
    signatures.pages_are_draft.cache_clear()
    yield path
    signatures.pages_are_draft.cache_clear()


def parts_of_mail(wave: Wave) -> tuple[str, list[str]]:
    """The subject, and the text in each language."""
    made = mail_for(wave.invitations.select_related("wave", "key_group").order_by("address")[0])
    return str(made.subject), str(made.body).split("———")


@pytest.mark.usefixtures("own_catalogue")
def test_mail_is_in_dutch_english_and_polish_and_calls_the_polish_a_draft(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    subject, (dutch, english, polish) = parts_of_mail(wave)
    assert subject.count(" / ") == 2
    assert "Jak uczysz się w pracy?" in subject
    assert (dutch.count("/start/#"), english.count("/start/#"), polish.count("/start/#")) == (1, 1, 1)
    assert date_format(wave.closes_on, "j F Y") in english
    with translation.override("pl"):
        assert date_format(wave.closes_on, "j E Y") in polish
        assert date_format(wave.closes_on, "j F Y") not in polish  # no "3 Listopad"
    assert DRAFT in polish
    assert DRAFT not in dutch + english


def test_signed_polish_is_no_draft_in_the_mail(dairy: Dairy, own_catalogue: Path) -> None:
    sign(own_catalogue, by="Example Reader", on=date(2026, 1, 31))
    signatures.pages_are_draft.cache_clear()
    _subject, (*_others, polish) = parts_of_mail(opened_by_mail(dairy))
    assert DRAFT not in polish


def test_mail_promises_no_polish_where_the_questions_have_none(dairy: Dairy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lerend_web.scans.domain.invitation_mail.IN_POLISH", set())
    assert len(parts_of_mail(opened_by_mail(dairy))[1]) == 2


def test_corrected_address_gets_another_link_and_the_old_one_is_worth_nothing(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    before = Invitation.objects.get(address="lab.0@mail.example")
    Invitation.objects.filter(pk=before.pk).update(state=MailState.RETURNED)
    replace_address(wave=wave, before="lab.0@mail.example", after="Noor@mail.example", by=dairy.contact, at=OPENS)
    after = Invitation.objects.get(pk=before.pk)
    assert after.address == "noor@mail.example"
    assert bytes(after.name or b"") != bytes(before.name or b"")
    assert after.state == MailState.QUEUED
    for wrong in ("noor@mail.example", "nobody"):
        with pytest.raises(AddressIsWrong):
            replace_address(wave=wave, before="lab.1@mail.example", after=wrong, by=dairy.contact, at=OPENS)


def test_list_goes_away_whole_until_the_round_opens(by_mail: Wave, dairy: Dairy) -> None:
    invite_everybody(by_mail, dairy)
    take_list_away(wave=by_mail, by=dairy.contact, at=PLANNED)
    assert not by_mail.invitations.exists()
    invite_everybody(by_mail, dairy)
    open_wave(wave=by_mail, by=dairy.contact, at=OPENS)
    with pytest.raises(AddressIsWrong):
        take_list_away(wave=by_mail, by=dairy.contact, at=OPENS)


def test_somebody_new_is_invited_while_the_round_is_open(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    Invitation.objects.filter(address="lab.0@mail.example").delete()
    take_addresses(wave=wave, addresses=[NewAddress("new@mail.example", ("Lab",))], by=dairy.contact, at=OPENS)
    assert Invitation.objects.get(address="new@mail.example").key_group is not None
    assert mailing_of(wave).ready == 62


def test_closing_forgets_everybody_who_was_invited_and_whether_they_came(dairy: Dairy) -> None:
    wave = opened_by_mail(dairy)
    Invitation.objects.filter(address="lab.0@mail.example").update(issued=1, blinded=b"used" * 8)
    close_wave(wave=wave, holder_file=dairy.files[0], by=dairy.contact, at=CLOSES)
    assert not mail_key_path(wave).exists()
    left = everything_in("default") + everything_in("urn")
    assert "@mail.example" not in left
    assert (b"used" * 8).hex() not in left
