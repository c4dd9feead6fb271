"""Closing on screen, and the outcome that is drawn afterwards."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lerend_web.core import clock
from lerend_web.core.models import AuditEntry
from lerend_web.scans.domain import closing
from lerend_web.scans.domain.cards import void_cards
from lerend_web.scans.domain.releasing import read
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import FrozenWave, Wave
from lerend_web.workbench.closing_series import NAMES
from tests.lerend_web.scans.dairy import CLOSES, OPENS, let_answer
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture
def full(desk: Desk, open_one: Wave, monkeypatch: pytest.MonkeyPatch) -> Wave:
    """The last day is over, three out of four answered, and the other cards are void."""
    monkeypatch.setattr(clock, "now", lambda: CLOSES)
    let_answer(open_one)
    void_cards(wave=open_one, by=desk.people["contact"], at=CLOSES)
    void_cards(wave=open_one, by=desk.people["coordinator"], at=CLOSES)
    return open_one


@pytest.fixture
def closed(desk: Desk, full: Wave) -> Wave:
    assert close(desk, full, desk.dairy.files[0]) == 302
    full.refresh_from_db()
    return full


def close(desk: Desk, wave: Wave, content: bytes) -> int:
    file = SimpleUploadedFile("key.json", content)
    return desk.contact.post(reverse("wave-close", args=[wave.pk]), {"file": file}).status_code


def test_series_on_screen_is_the_series_of_the_domain() -> None:
    assert list(NAMES) == [name for name, _step in closing.STEPS]


def test_round_closes_with_a_key_file(desk: Desk, closed: Wave) -> None:
    assert closed.state == WaveState.CLOSED
    page = desk.contact.get(f"/waves/{closed.pk}?done=closed").content.decode()
    assert "Boxes and keys are destroyed" in page
    assert f'href="/waves/{closed.pk}/outcome"' in page


def test_wrong_file_ends_nothing_and_says_so(desk: Desk, full: Wave) -> None:
    assert close(desk, full, b"no key file") == 400
    full.refresh_from_db()
    assert full.state == WaveState.OPEN


def test_round_is_not_closed_before_its_last_day_is_over(
    desk: Desk, open_one: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: OPENS)
    page = desk.contact.get(reverse("wave-close", args=[open_one.pk])).content.decode()
    assert "It is not over yet" in page
    assert 'type="file"' not in page
    assert close(desk, open_one, desk.dairy.files[0]) == 400


def test_unused_cards_are_voided_from_the_page_of_closing(
    desk: Desk, open_one: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLOSES)
    address = reverse("wave-close", args=[open_one.pk])
    assert "Ask to make them void" in desk.contact.get(address).content.decode()
    desk.contact.post(reverse("wave-cards-void", args=[open_one.pk]))
    assert "Now a second person does the same" in desk.contact.get(address).content.decode()
    assert "I agree: make them void" in desk.works_council.get(address).content.decode()
    desk.works_council.post(reverse("wave-cards-void", args=[open_one.pk]))
    assert 'type="file"' in desk.contact.get(address).content.decode()


def test_series_that_stopped_halfway_shows_how_far_it_is_and_goes_on(
    desk: Desk, full: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_arguments: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(closing, "write_backup", breaks)
        assert close(desk, full, desk.dairy.files[0]) == 400
    page = desk.contact.get(reverse("wave-close", args=[full.pk])).content.decode()
    assert page.count('class="is-done"') == 2
    assert "Go on closing" in page
    assert close(desk, full, desk.dairy.files[0]) == 302
    full.refresh_from_db()
    assert full.state == WaveState.CLOSED


def test_outcome_is_drawn_for_the_contact_only(desk: Desk, closed: Wave) -> None:
    address = reverse("wave-outcome", args=[closed.pk])
    page = desk.contact.get(address).content.decode()
    assert "Example Dairy" in page
    assert "<svg" in page
    assert f'href="/waves/{closed.pk}"' in page
    for client in (desk.coordinator, desk.works_council, desk.outsider):
        assert client.get(address).status_code == 404


def test_outcome_says_the_same_as_what_was_frozen(desk: Desk, closed: Wave) -> None:
    page = desk.contact.get(reverse("wave-outcome", args=[closed.pk])).content.decode()
    assert closed.releases.get().digest[:12] in page
    assert FrozenWave.objects.get(wave=closed).digest[:12] in page
    assert re.search(r"<b>20\N{EN DASH}49</b>", page), "people in a band, never their number"


def test_team_sheet_is_there_where_enough_people_answered(desk: Desk, closed: Wave) -> None:
    page = desk.contact.get(reverse("wave", args=[closed.pk])).content.decode()
    links = re.findall(r'href="(/waves/\d+/outcome/teams/\d+)"', page)
    assert links
    assert desk.contact.get(links[0]).status_code == 200
    teams = read(closed.releases.get()).diagnosis.teams
    hidden = [number for number, team in enumerate(teams, start=1) if team.hidden]
    for number in (*hidden, 0, 99):
        assert desk.contact.get(reverse("wave-outcome-team", args=[closed.pk, number])).status_code == 404


def test_works_council_reads_who_saw_the_outcome_once_a_day(desk: Desk, closed: Wave) -> None:
    for _time in range(3):
        desk.contact.get(reverse("wave-outcome", args=[closed.pk]))
    assert AuditEntry.objects.filter(code="outcome.seen").count() == 1
    log = desk.works_council.get(reverse("organisation-log", args=[desk.dairy.organisation.pk])).content.decode()
    assert "The outcome was looked at." in log


def test_too_few_answers_give_a_page_that_says_so(desk: Desk, closed: Wave) -> None:
    FrozenWave.objects.update(statistics=b"", answered=0)
    closed.releases.all().delete()
    page = desk.contact.get(reverse("wave-outcome", args=[closed.pk])).content.decode()
    assert "Too few answers" in page
    assert "<svg" not in page
    assert desk.contact.get(reverse("wave", args=[closed.pk])).status_code == 200


def test_open_round_has_no_outcome(desk: Desk, open_one: Wave) -> None:
    assert desk.contact.get(reverse("wave-outcome", args=[open_one.pk])).status_code == 404
