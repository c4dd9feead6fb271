"""The works council sees what was promised, can compare it, and reads who looked at what."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse

from lerend_web.core import clock
from lerend_web.core.models import AuditEntry
from lerend_web.scans.domain.keys import add_key_holder
from lerend_web.scans.domain.letter_and_poster import _words
from lerend_web.scans.models import Wave
from lerend_web.scans.rules import read_aloud
from lerend_web.urn.sealing import new_key_pair
from lerend_web.workbench.views.council import ENTRIES_ON_A_PAGE
from tests.lerend_web.scans.dairy import CLOSES, OPENS, PLANNED, plan
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def page(desk: Desk) -> str:
    return shown(desk.works_council, reverse("council", args=[desk.dairy.organisation.pk]))


def log(desk: Desk, about: str = "", number: int = 1) -> str:
    address = reverse("organisation-log", args=[desk.dairy.organisation.pk])
    return shown(desk.works_council, f"{address}?about={about}&page={number}")


def test_promise_stands_there_with_the_mark_of_the_letter(desk: Desk, open_one: Wave) -> None:
    text = page(desk)
    assert read_aloud(open_one.promise_digest) in text
    assert _words(open_one)["digest"] == read_aloud(open_one.promise_digest)
    assert _words(open_one)["address"] in text
    assert "Never the answers of one person" in text
    assert open_one.promise_digest in text


def test_saved_promise_has_the_digest_that_was_promised(desk: Desk, open_one: Wave) -> None:
    answer = desk.works_council.get(reverse("wave-promise", args=[open_one.pk]))
    assert hashlib.sha256(answer.content).hexdigest() == open_one.promise_digest
    for client in (desk.contact, desk.coordinator, desk.outsider):
        assert client.get(reverse("wave-promise", args=[open_one.pk])).status_code == 404


def test_plan_that_may_still_change_shows_no_promise(desk: Desk, planned: Wave) -> None:
    assert "The promise is not sealed yet." in page(desk)
    assert desk.works_council.get(reverse("wave-promise", args=[planned.pk])).status_code == 404


def test_works_council_is_asked_for_its_consent_until_the_day_is_there(desk: Desk) -> None:
    wave = plan(desk.dairy, works_council_consent_on=None)
    dossier = reverse("wave-paper", args=[wave.pk, "dossier"])
    assert "Does the works council agree to this round?" in page(desk)
    assert f'class="button" href="{dossier}"' in page(desk)
    assert "Marloes" in page(desk) or "contact" in page(desk)
    wave.works_council_consent_on = PLANNED.date()
    wave.save()
    assert "Does the works council agree" not in page(desk)
    assert "1 September 2026" in page(desk)


def test_reason_why_there_is_no_consent_is_shown_to_the_works_council_itself(desk: Desk) -> None:
    plan(desk.dairy, works_council_consent_on=None, works_council_not_applicable="There is no <works> council")
    assert "“There is no &lt;works&gt; council”" in page(desk)


def test_works_council_is_asked_for_a_key_and_to_try_its_own(desk: Desk, planned: Wave) -> None:
    assert "A second person has to keep a key." in page(desk)
    add_key_holder(
        wave=planned, label="council", public_key=new_key_pair().public, by=desk.people["council"], at=PLANNED
    )
    assert "A second person" not in page(desk)
    assert "Try it once" in page(desk)


def test_works_council_with_a_key_hears_that_the_round_can_be_closed(
    desk: Desk, open_one: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = f'class="button" href="{reverse("wave-close", args=[open_one.pk])}"'
    monkeypatch.setattr(clock, "now", lambda: OPENS)
    assert "Nothing is asked of you about a round now." in page(desk)
    monkeypatch.setattr(clock, "now", lambda: CLOSES)
    assert close in page(desk)


def test_council_without_rounds_reads_what_will_come(desk: Desk) -> None:
    assert "There is no round yet." in page(desk)


def test_log_tells_who_looked_at_what_in_plain_words(desk: Desk, open_one: Wave) -> None:
    here = desk.dairy.organisation.pk
    for code in ("outcome.seen", "company_forms.seen", "company_form.named"):
        subject = open_one.code if code == "outcome.seen" else ""
        AuditEntry.objects.create(
            code=code, at=OPENS, organisation=here, actor=desk.people["contact"].pk, subject=subject
        )
    seen = log(desk, "seen")
    assert seen.count("<tr>") == 1 + 2
    assert "The outcome was looked at." in seen
    assert "A round was opened." not in seen
    assert "contact" in seen
    forms = log(desk, "company-form")
    assert "Somebody was asked by name to fill in the company form." in forms
    assert not re.search(r"<td>[a-z_]+\.[a-z_]+</td>", log(desk))


def test_log_of_one_round_leaves_out_other_rounds(desk: Desk, open_one: Wave) -> None:
    other = plan(desk.dairy, name="Spring")
    only = log(desk, open_one.code)
    assert only.count("A round was planned") == 1
    assert log(desk).count("A round was planned") == 2
    assert "Spring</td>" not in only
    assert "Spring</td>" in log(desk, other.code)
    assert log(desk, "nonsense") == log(desk)


def test_empty_log_says_so_and_long_one_has_pages_that_keep_the_choice(desk: Desk) -> None:
    assert "Nobody has looked at an outcome" in log(desk, "seen")
    here = desk.dairy.organisation.pk
    AuditEntry.objects.bulk_create(
        AuditEntry(code="outcome.seen", at=OPENS, organisation=here) for _row in range(ENTRIES_ON_A_PAGE + 1)
    )
    first = log(desk, "seen")
    assert "Page 1 of 2" in first
    assert "?about=seen&amp;page=2" in first
    assert log(desk, "seen", 2).count("<tr>") == 1 + 1


def test_council_page_and_log_are_not_there_for_others(desk: Desk) -> None:
    here = [desk.dairy.organisation.pk]
    for client in (desk.coordinator, desk.outsider):
        assert client.get(reverse("council", args=here)).status_code == 404
        assert client.get(reverse("organisation-log", args=here)).status_code == 404
