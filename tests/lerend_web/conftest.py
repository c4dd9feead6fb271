"""The platform as it is started for real."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from unittest.mock import patch

import pytest
from django.utils import translation

from lerend_web.scans.domain import key_groups
from lerend_web.urn.tokens import new_token_key
from tests.lerend_web.september import stand_in_september
from tests.lerend_web.started import started

STOCK = 24


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    """Every test starts in the language of the platform, whatever the one before it left behind."""
    with translation.override("nl"):
        yield


@pytest.fixture(scope="session", autouse=True)
def door_2_in_september() -> None:
    """The rounds of these tests run then; door 2 looks at the clock to see whether their last day is over."""
    stand_in_september()


@pytest.fixture(scope="session", autouse=True)
def _token_keys_in_stock() -> Iterator[None]:
    """Keys of mail groups are slow to make; no wave of these tests has more groups than there are keys."""
    made, taken = list[bytes](), count()

    def from_stock() -> bytes:
        if len(made) < STOCK:
            made.append(new_token_key())
            return made[-1]
        return made[next(taken) % STOCK]

    with patch.object(key_groups, "new_token_key", from_stock):
        yield


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the platform of these tests and its commands are started with: a folder of its own."""
    source = str(Path(__file__).parents[2] / "src")
    folder = str(tmp_path_factory.mktemp("var"))
    return {"PATH": os.environ["PATH"], "LEREND_VAR": folder, "PYTHONPATH": source, "LEREND_DEMO": "no"}


@pytest.fixture(scope="session")
def address(environment: dict[str, str]) -> Iterator[str]:
    """Where the platform answers: started with its own command, on a free port."""
    command = [sys.executable, "-m", "lerend_web", "serve", "--port", "0", "--workers", "1"]
    with started(command, env=environment, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        said = re.search(r"http://\S+(?=/)", server.stdout.readline())
        assert said is not None
        yield said.group()
