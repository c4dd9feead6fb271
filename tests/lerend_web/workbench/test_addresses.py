"""The page of invitations: what its contact can do there, and that it never shows who took part."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lerend_web.scans.domain.invitations import replace_address
from lerend_web.scans.enums import MailState, Mode
from lerend_web.scans.models import Invitation, Reminder, Wave
from tests.lerend_web.scans.dairy import OPENS, opened_by_mail, plan
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture
def by_mail(desk: Desk) -> Wave:
    return plan(desk.dairy, mode=Mode.MAIL)


def page(desk: Desk, wave: Wave, data: dict[str, object] | None = None, route: str = "wave-addresses") -> str:
    address = reverse(route, args=[wave.pk])
    answer = desk.contact.get(address) if data is None else desk.contact.post(address, data, follow=True)
    return answer.content.decode()


def test_list_and_file_are_looked_at_first_and_then_taken_in(desk: Desk, by_mail: Wave) -> None:
    file = SimpleUploadedFile("list.csv", b"e-mail;team\nbo@mail.example;Lab\n")
    shown = page(desk, by_mail, {"typed": "an@mail.example; Office", "file": file})
    assert not Invitation.objects.exists()
    (kept,) = re.findall(r'name="plan" value="([^"]+)"', shown)
    assert "Added." in page(desk, by_mail, {"plan": kept})
    assert set(Invitation.objects.values_list("address", flat=True)) == {"an@mail.example", "bo@mail.example"}


def test_plan_of_another_round_or_of_ones_own_making_is_refused(desk: Desk, by_mail: Wave) -> None:
    shown = page(desk, by_mail, {"typed": "an@mail.example; Office"})
    (kept,) = re.findall(r'name="plan" value="([^"]+)"', shown)
    other = plan(desk.dairy, name="Other", mode=Mode.MAIL)
    for wave, content in ((other, kept), (by_mail, kept[:-1]), (by_mail, "made up")):
        assert "This preview is too old" in page(desk, wave, {"plan": content})
    assert not Invitation.objects.exists()


def test_wrong_lines_stay_in_the_field_beside_what_is_wrong(desk: Desk, by_mail: Wave) -> None:
    shown = page(desk, by_mail, {"typed": "an@mail.example; Cellar"})
    assert "There is no team “Cellar” in which people work." in shown
    assert "an@mail.example; Cellar</textarea>" in shown
    assert 'name="plan"' not in shown


def test_round_with_cards_has_no_such_page(desk: Desk, planned: Wave) -> None:
    assert desk.contact.get(reverse("wave-addresses", args=[planned.pk])).status_code == 404


def test_mails_are_sent_and_everybody_reminded_by_two_buttons(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    wave = opened_by_mail(desk.dairy)
    monkeypatch.setattr("lerend_web.core.clock.now", lambda: OPENS)
    assert "The mails are on their way." in page(desk, wave, {}, "wave-send")
    assert set(Invitation.objects.values_list("state", flat=True)) == {MailState.QUEUED}
    assert "Everybody gets a reminder." in page(desk, wave, {}, "wave-remind")
    assert "One a day is enough." in page(desk, wave, {}, "wave-remind")
    assert Reminder.objects.count() == 1


def test_pages_are_the_same_whether_or_not_somebody_came(desk: Desk) -> None:
    wave = opened_by_mail(desk.dairy)

    def seen() -> list[str]:
        pages = page(desk, wave), page(desk, wave, route="wave")
        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", one) for one in pages]

    before = seen()
    Invitation.objects.filter(address="lab.0@mail.example").update(issued=2, blinded=bytes(64))
    assert seen() == before
    report: dict[str, object] = {"address": "lab.0@mail.example"}
    replace_address(wave=wave, before="lab.1@mail.example", after="x@mail.example", by=desk.dairy.contact, at=OPENS)
    assert seen() == before
    # Control: what has to be put right does show.
    page(desk, wave, report, "wave-address-returned")
    assert seen() != before


def test_what_cannot_be_is_said_at_its_form(desk: Desk) -> None:
    wave = opened_by_mail(desk.dairy)
    shown = page(desk, wave, {"before": "nobody@mail.example", "after": "x@mail.example"}, "wave-address-replace")
    assert "Nobody was invited with this address." in shown
    assert "Write the address." in page(desk, wave, {"address": ""}, "wave-address-returned")
    assert "This round has started." in page(desk, wave, {}, "wave-addresses-clear")
