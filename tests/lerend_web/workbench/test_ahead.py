"""Whoever looks at a page first after a start does not wait for what all pages share."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytest_django import DjangoAssertNumQueries

from lerend_web.scans.domain import releasing
from lerend_web.workbench.domain import ahead
from tests.lerend_web.actors import place
from tests.lerend_web.released import closed_wave

ASKED = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "lerend_web.conf.settings"
import django
django.setup()
before = [name for name in NAMES if name in sys.modules]
from lerend_web.workbench.domain.ahead import load_ahead
load_ahead().join()
print(before, [name for name in NAMES if name not in sys.modules])
"""
NAMES = ("scipy.special", "scipy.optimize", "lerend_web.workbench.views.evidence.entries")


def test_what_pages_share_is_loaded_beside_the_first_requests(environment: dict[str, str]) -> None:
    program = f"NAMES = {NAMES!r}\n{ASKED}"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[0] == "[] []", done.stderr


@pytest.mark.django_db
def test_a_release_that_was_read_ahead_is_not_read_again(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    where = place("A")
    wave = closed_wave(where.organisation, where.programme, name="Spring")
    assert wave.closed_at is not None
    stored = releasing.release_wave(wave.frozen, at=wave.closed_at)
    assert stored is not None
    releasing._read.cache_clear()
    ahead._read_releases()
    with django_assert_num_queries(0):
        assert releasing.read(stored).digest == stored.digest
