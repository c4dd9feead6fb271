"""Only a demo leads back to its story, at an address that no request can choose."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from lerend_web.urn.domain import boxes
from tests.lerend_web.urn.waves import MadeWave, made_wave

pytestmark = pytest.mark.django_db(databases=["urn"])

STORY = "http://story.example:8000"


@pytest.fixture
def demo() -> MadeWave:
    wave = MadeWave()
    boxes.start_intake(document=wave.document() | {"is_demo": True})
    return wave


@pytest.mark.parametrize("page", ["received", "answer"])
def test_thanks_of_a_demo_lead_back_to_the_story(door: Client, demo: MadeWave, page: str) -> None:
    with override_settings(STORY_ADDRESS=STORY):
        text = door.get(f"/{demo.code}/{page}", headers={"referer": "http://evil.example"})
        assert f'href="{STORY}/"' in text.content.decode()
        assert "story" not in door.get(f"/{demo.code}/{page}?kiosk=1").content.decode()


@pytest.mark.parametrize("said", [{}, {"is_demo": False}, {"is_demo": "yes"}])
def test_real_round_never_does(door: Client, said: dict[str, object]) -> None:
    wave = MadeWave()
    boxes.start_intake(document=wave.document() | said)
    with override_settings(STORY_ADDRESS=STORY):
        assert STORY not in door.get(f"/{wave.code}/received").content.decode()


def test_without_address_there_is_no_link(door: Client, demo: MadeWave) -> None:
    made_wave()
    assert 'id="story"' not in door.get(f"/{demo.code}/received").content.decode()


@pytest.mark.parametrize("page", ["received", "answer"])
def test_thanks_of_a_trial_say_what_they_are_and_lead_to_its_start(door: Client, page: str) -> None:
    trial, wave = MadeWave(), made_wave()
    said = {"trial_of": wave.code, "trial_on": "2027-03-31"}
    boxes.start_intake(document=trial.document() | said)
    text = door.get(f"/{trial.code}/{page}?lang=en").content.decode()
    assert "In a trial it does nothing." in text
    assert f'<a class="button" href="/{trial.code}/?lang=en">' in text
    assert "In a trial" not in door.get(f"/{wave.code}/{page}?lang=en").content.decode()
