"""The receipt leads to the page on which people later read what came of it, at an address that no request can choose."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from lerend_web.urn.domain import boxes
from tests.lerend_web.urn.waves import MadeWave, made_wave

pytestmark = pytest.mark.django_db(databases=["urn"])

PLATFORM = "https://lerend.example"


@pytest.mark.parametrize("page", ["received", "answer"])
def test_receipt_leads_to_the_page_of_its_round(door: Client, page: str) -> None:
    wave = made_wave()
    with override_settings(TRACE_ADDRESS=PLATFORM):
        text = door.get(f"/{wave.code}/{page}", headers={"referer": "http://evil.example"}).content.decode()
    assert f'href="{PLATFORM}/trace/{wave.code}"' in text
    assert "evil" not in text


def test_shared_device_trial_and_platform_without_address_have_no_link(door: Client) -> None:
    wave, trial = made_wave(), MadeWave()
    boxes.start_intake(document=trial.document() | {"trial_of": wave.code, "trial_on": "2027-03-31"})
    with override_settings(TRACE_ADDRESS=PLATFORM):
        assert PLATFORM not in door.get(f"/{wave.code}/received?kiosk=1").content.decode()
        assert PLATFORM not in door.get(f"/{trial.code}/received").content.decode()
    with override_settings(TRACE_ADDRESS=""):
        assert 'id="trace"' not in door.get(f"/{wave.code}/received").content.decode()
