"""Door 2 with its own settings, within the process of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from lerend_web.answering import guessing
from lerend_web.answering.pages import forget_pages
from lerend_web.conf import answering_settings
from tests.lerend_web.answering.door import Door, opened_door
from tests.lerend_web.urn.waves import MadeWave, made_wave

TAKEN_OVER = [
    "ROOT_URLCONF",
    "MIDDLEWARE",
    "TEMPLATES",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "SECURE_REFERRER_POLICY",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "FILE_UPLOAD_HANDLERS",
    "ADDRESS_HEADER",
    "STORY_ADDRESS",
    "ADDRESS_HEADER",
]


@pytest.fixture(autouse=True)
def _as_door_2() -> Iterator[None]:
    own: dict[str, Any] = {name: getattr(answering_settings, name) for name in TAKEN_OVER}
    forget_pages()
    for limit in (guessing.FROM_ONE, guessing.FROM_ALL):
        limit.forget_everything()
    with override_settings(**own):
        yield
    forget_pages()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """Door 2 in a process of its own, for everybody with a browser; each test draws cards of its own."""
    with opened_door(tmp_path_factory.mktemp("door"), cards=200) as opened:
        yield opened


@pytest.fixture
def door() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def wave(db: None) -> MadeWave:
    return made_wave()
