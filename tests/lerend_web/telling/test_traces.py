"""What came of a round: the contact writes, looks, publishes; everybody reads, and sees whether the promise was kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from lerend_web.core import clock
from lerend_web.core.models import AuditEntry
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.scans.domain.letter_and_poster import letter, poster
from lerend_web.scans.enums import Collected, WaveState
from lerend_web.scans.models import Wave
from lerend_web.telling.domain.traces import Words, take_back_trace, tell_trace, told_of, write_trace
from lerend_web.telling.enums import Kept, Part
from lerend_web.telling.models import ToldIsTold, ToldTrace
from lerend_web.telling.rules import LONGEST_PART, TellingRefused
from tests.lerend_web.actors import Place
from tests.lerend_web.routes import a_wave
from tests.lerend_web.scans.paper import needs_pdftotext, text_of

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

IN_TIME = datetime(2026, 6, 30, 10, tzinfo=UTC)
TOO_LATE = datetime(2026, 7, 5, 10, tzinfo=UTC)
HEARD = Words("en", heard="You miss time to look back.", chosen="Looking back each week.")


@pytest.fixture
def marloes(here: Place) -> Person:
    return here.people[OrganisationRole.COMPANY_CONTACT]


def squeezed(text: str) -> str:
    """How a PDF breaks lines says nothing."""
    return "".join(text.split())


def tell(wave: Wave, words: Words, by: Person, at: datetime) -> None:
    write_trace(wave=wave, words=words, by=by, at=at)
    tell_trace(wave=wave, seen=words.digest, by=by, at=at)


def text(visitor: Client, wave: Wave) -> str:
    answer = visitor.get(reverse("trace", args=[wave.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_draft_is_seen_by_nobody_else(visitor: Client, wave: Wave, marloes: Person) -> None:
    write_trace(wave=wave, words=HEARD, by=marloes, at=IN_TIME)
    assert "time to look back" not in text(visitor, wave)


def test_told_in_time_is_told_with_both_days(visitor: Client, wave: Wave, marloes: Person) -> None:
    tell(wave, HEARD, marloes, IN_TIME)
    shown = text(visitor, wave)
    assert "Promised for 2 July 2026, told on 30 June 2026." in shown
    assert "You miss time to look back." in shown
    assert "What was not chosen" not in shown


def test_later_version_changes_neither_the_day_of_telling_nor_that_of_other_parts(wave: Wave, marloes: Person) -> None:
    tell(wave, HEARD, marloes, IN_TIME)
    tell(wave, Words("en", heard=HEARD.heard, chosen=HEARD.chosen, done="Begun."), marloes, TOO_LATE)
    told = told_of(wave, at=TOO_LATE + timedelta(days=9))
    assert told.heard_back is not None
    assert (told.heard_back.state, told.heard_back.told_on) == (Kept.KEPT, IN_TIME.date())
    assert [(one.part, one.since) for one in told.parts] == [
        (Part.HEARD, IN_TIME.date()),
        (Part.CHOSEN, IN_TIME.date()),
        (Part.DONE, TOO_LATE.date()),
    ]


def test_broken_promise_is_said_in_days(
    visitor: Client, wave: Wave, marloes: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: TOO_LATE)
    assert "Not told yet: 3 days too late." in text(visitor, wave)
    tell(wave, HEARD, marloes, TOO_LATE)
    assert "told on 5 July 2026: 3 days too late." in text(visitor, wave)


def test_day_is_that_of_the_programme(wave: Wave, marloes: Person) -> None:
    """Half past ten in the evening of 2 July in London is 3 July in Amsterdam's summer only after ten o'clock UTC."""
    tell(wave, HEARD, marloes, datetime(2026, 7, 2, 22, 30, tzinfo=UTC))
    told = told_of(wave, at=TOO_LATE)
    assert told.heard_back is not None
    assert told.heard_back.state is Kept.LATE


def test_what_is_taken_back_is_gone_and_the_page_says_so(visitor: Client, wave: Wave, marloes: Person) -> None:
    tell(wave, HEARD, marloes, IN_TIME)
    take_back_trace(wave=wave, by=marloes, at=TOO_LATE)
    shown = text(visitor, wave)
    assert "time to look back" not in shown
    assert "was taken back on 5 July 2026" in shown


def test_only_what_was_looked_at_is_published(wave: Wave, marloes: Person) -> None:
    write_trace(wave=wave, words=HEARD, by=marloes, at=IN_TIME)
    write_trace(wave=wave, words=Words("en", heard="Something else."), by=marloes, at=IN_TIME)
    with pytest.raises(TellingRefused, match="changed in between"):
        tell_trace(wave=wave, seen=HEARD.digest, by=marloes, at=IN_TIME)
    assert not ToldTrace.objects.exists()


def test_told_version_is_never_changed(wave: Wave, marloes: Person) -> None:
    tell(wave, HEARD, marloes, IN_TIME)
    told = ToldTrace.objects.get()
    told.content = {}
    with pytest.raises(ToldIsTold):
        told.save()


def test_nothing_can_be_told_without_what_was_heard_nor_at_any_length(wave: Wave, marloes: Person) -> None:
    write_trace(wave=wave, words=Words("en", chosen="Something."), by=marloes, at=IN_TIME)
    with pytest.raises(TellingRefused, match="at least what you heard"):
        tell_trace(wave=wave, seen="", by=marloes, at=IN_TIME)
    with pytest.raises(TellingRefused, match="shorter"):
        write_trace(wave=wave, words=Words("en", heard="x" * (LONGEST_PART + 1)), by=marloes, at=IN_TIME)


def test_open_round_has_a_page_with_its_days_and_no_way_to_tell_yet(
    here: Place, contact: Client, visitor: Client
) -> None:
    wave = a_wave(here, state=WaveState.OPEN)
    assert "People can answer until 25 September 2026." in text(visitor, wave)
    assert contact.get(reverse("wave-tell", args=[wave.pk])).status_code == 404
    with pytest.raises(TellingRefused, match="not closed yet"):
        write_trace(wave=wave, words=HEARD, by=None, at=IN_TIME)


def test_planned_round_and_unknown_code_have_no_page(here: Place, visitor: Client) -> None:
    wave = a_wave(here)
    for code in (wave.code, "nothing"):
        assert visitor.get(reverse("trace", args=[code])).status_code == 404


def test_scan_of_elsewhere_has_a_page_only_once_something_is_told(visitor: Client, wave: Wave, marloes: Person) -> None:
    wave.collected = Collected.ELSEWHERE
    wave.save()
    assert visitor.get(reverse("trace", args=[wave.code])).status_code == 404
    tell(wave, HEARD, marloes, IN_TIME)
    assert "Promised" not in text(visitor, wave)


@needs_pdftotext
@pytest.mark.parametrize("make", [letter, poster])
def test_paper_carries_the_address(wave: Wave, make: Callable[[Wave], bytes]) -> None:
    assert squeezed(f"{settings.ADDRESS}/trace/{wave.code}") in squeezed(text_of(make(wave)))


def test_page_asks_nobody_who_they_are(visitor: Client, wave: Wave, marloes: Person) -> None:
    tell(wave, HEARD, marloes, IN_TIME)
    answer = visitor.get(reverse("trace", args=[wave.code]))
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert "<input" not in main
    assert set(answer.cookies) == set()
    assert answer["X-Robots-Tag"] == "noindex"


def test_contact_begins_with_a_text_without_figures_and_publishes_in_two_steps(
    contact: Client, visitor: Client, wave: Wave
) -> None:
    form = contact.get(reverse("wave-tell", args=[wave.pk])).content.decode()
    suggested = form.partition('name="heard"')[2].partition("</textarea>")[0].partition(">")[2]
    assert "Thank you to everybody who took part." in suggested
    assert not any(sign.isdigit() for sign in suggested)
    data = {"language": "en", "heard": "You *said* it.", "chosen": "<script>alert(1)</script>"}
    kept = contact.post(reverse("wave-tell", args=[wave.pk]), data, follow=True).content.decode()
    assert "<em>said</em>" in kept
    assert "Nobody else sees this yet." in kept
    seen = kept.partition('name="seen" value="')[2].partition('"')[0]
    contact.post(reverse("wave-tell-publish", args=[wave.pk]), {"seen": seen})
    shown = text(visitor, wave)
    assert "<em>said</em>" in shown
    assert "<script>" not in shown
    assert contact.get(reverse("wave", args=[wave.pk])).content.decode().count("It is told what came of it.") == 1


def test_refused_publication_says_why(contact: Client, wave: Wave) -> None:
    answer = contact.post(reverse("wave-tell-publish", args=[wave.pk]), {"seen": "x"})
    assert answer.status_code == 400
    assert "Write at least what you heard." in answer.content.decode()


def test_every_step_is_in_the_history_of_the_organisation(contact: Client, wave: Wave, marloes: Person) -> None:
    tell(wave, HEARD, marloes, IN_TIME)
    take_back_trace(wave=wave, by=marloes, at=TOO_LATE)
    codes = AuditEntry.objects.filter(subject=wave.code).values_list("code", flat=True)
    assert {"trace.written", "trace.told", "trace.taken_back"} <= set(codes)
    log = contact.get(reverse("organisation-log", args=[wave.organisation_id])).content.decode()
    assert "What came of a round was told to everybody." in log
