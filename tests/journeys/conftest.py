"""What every journey starts from: the platform in an empty folder, started with its own command, with its demo in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.journeys.site import Site
from tests.lerend_web.started import started

SOURCE = Path(__file__).parents[2] / "src"
_SECONDS_TO_BEGIN = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for a file: a journey changes what the next one would find."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {"PATH": os.environ["PATH"], "LEREND_VAR": str(folder)}
    environment |= {"PYTHONPATH": str(SOURCE), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "lerend_web", "serve", "--port", "0", "--workers", "1"]
    with started(command, env=environment, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        platform, door = (_address(line) for line in (server.stdout.readline(), server.stdout.readline()))
        # It listens before it can answer; a browser would be the first to wait for that.
        for address in (platform, door):
            urlopen(f"{address}/health", timeout=_SECONDS_TO_BEGIN).close()  # noqa: S310 -- our own process
        yield Site(platform, door, folder)


def _address(line: str) -> str:
    said = re.search(r"http://\S+(?=/)", line)
    assert said is not None, line
    return said.group()
