"""Whether people read the statements as they did before: on the page beside earlier rounds and on that of the researcher."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from lerend.model import load_instrument, load_model
from lerend.statistics.structure.continuous.comparable import Comparable
from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.scans.domain.people_since import CameAndLeft
from lerend_web.scans.domain.releasing import newest_of, read, release_wave
from lerend_web.scans.models import Wave, WaveUnit
from tests.lerend_web.actors import Place, client_of, place
from tests.lerend_web.released import TEAMS, closed_wave

MANY = (("Nachtploeg", 90), ("Dagploeg", 110), ("Kantoor", 100))
INSTRUMENT = load_instrument("employee-scan@1")
MODEL = load_model(INSTRUMENT.model)
SHIFTED = INSTRUMENT.items_of("psychological_safety")[0]


def second_round(where: Place, people: tuple[tuple[str, int], ...], *, shifted: str = "") -> Wave:
    """Two rounds in which the same people answered the same, but for one statement; the second one is given."""
    for name, day, moved in (("Spring", date(2026, 6, 11), ""), ("Autumn", date(2026, 11, 11), shifted)):
        wave = closed_wave(where.organisation, where.programme, name=name, closed_on=day, people=people, shifted=moved)
        numbers = CameAndLeft(0, 0)
        WaveUnit.objects.filter(wave=wave).update(came=numbers.came, left=numbers.left)
        assert wave.closed_at is not None
        assert release_wave(wave.frozen, at=wave.closed_at) is not None
    return wave


def page_of(where: Place, wave: Wave, page: str, role: OrganisationRole | ProgrammeRole) -> str:
    client = client_of(where.people[role])
    client.post(reverse("language-choose"), {"language": "en", "next": "/"})
    return html.unescape(client.get(reverse(page, args=[wave.pk])).content.decode())


def row_of(page: str, scale: str) -> str:
    """The last table row about a topic, without its tags."""
    topic = re.escape(MODEL.name_of(scale).in_language("en"))
    found = re.findall(rf"<tr><th scope=\"row\">(?:<a [^>]*>)?{topic}(?:</a>)?</th>(.*?)</tr>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[-1]).split())


@pytest.mark.django_db
def test_a_change_of_a_topic_that_is_read_differently_is_not_shown_as_one() -> None:
    where = place("A")
    wave = second_round(where, MANY, shifted=SHIFTED.id)
    stored = newest_of(wave)
    assert stored is not None
    told = {one.scale: one for one in read(stored).trends[0].read_alike}
    assert told["psychological_safety"].comparable is Comparable.CHANGED
    assert told["psychological_safety"].changed == (SHIFTED.id,)
    page = page_of(where, wave, "wave-outcome-rounds", OrganisationRole.COMPANY_CONTACT)
    row = row_of(page, "psychological_safety")
    assert "People read these statements differently than before" in row
    assert SHIFTED.text.in_language("en") in row
    assert "can be chance" not in row
    assert row_of(page, "workload").count("Yes") == 1
    quality = page_of(where, wave, "wave-quality", ProgrammeRole.RESEARCHER)
    assert row_of(quality, "psychological_safety").startswith("No :")
    assert SHIFTED.text.in_language("en") in row_of(quality, "psychological_safety")
    assert "Read alike: one factor was fitted to both rounds" in quality


@pytest.mark.django_db
def test_with_too_few_people_a_change_is_shown_with_that_it_was_not_checked() -> None:
    where = place("A")
    wave = second_round(where, TEAMS[:1] + TEAMS[3:])
    page = page_of(where, wave, "wave-outcome-rounds", OrganisationRole.COMPANY_CONTACT)
    assert "Not checked: fewer than 50 people." in row_of(page, "workload")
    assert "Not checked: fewer than 50 people." in page_of(where, wave, "wave-quality", ProgrammeRole.RESEARCHER)
