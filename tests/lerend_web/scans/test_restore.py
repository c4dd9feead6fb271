"""Backups that somebody restores, and closing that somebody kills: real processes, real files."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).parents[3]
STEPS = ["intake_stopped", "frozen", "backed_up", "boxes_destroyed", "keys_destroyed", "closed"]
ANSWERED = 46


@dataclass(frozen=True)
class Place:
    """Where one wave is kept; `databases` names those that are no files of the folder."""

    folder: Path
    holders: str = "[]"
    databases: dict[str, str] = field(default_factory=dict)

    def run(self, *what: str) -> subprocess.CompletedProcess[str]:
        own = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{HOME / 'src'}:{HOME}", "LEREND_DEMO": "no"}
        own |= {"LEREND_VAR": str(self.folder), "HOLDERS": self.holders, "OPENBLAS_NUM_THREADS": "1", **self.databases}
        command = [sys.executable, "-m", "tests.lerend_web.scans.restoring", *what]
        return subprocess.run(command, env=own, capture_output=True, text=True, check=False)

    def did(self, *what: str) -> dict[str, Any]:
        done = self.run(*what)
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))


def collected(place: Place) -> Place:
    did = place.did("collect")
    assert did["answered"] == ANSWERED
    return Place(place.folder, json.dumps(did["files"]), place.databases)


def copied(place: Place, folder: Path, *, databases: dict[str, str] | None = None, share: bool = True) -> Place:
    """A backup of the folder put back elsewhere; the shares only where they were backed up too."""
    apart = shutil.ignore_patterns() if share else shutil.ignore_patterns("shares")
    shutil.copytree(place.folder, folder, ignore=apart)
    return Place(folder, place.holders, place.databases if databases is None else databases)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Everybody answered; nobody has closed."""
    return collected(Place(tmp_path_factory.mktemp("var")))


def must_stay_shut(restored: Place) -> None:
    """Neither the program nor any key that lies around opens a box of a backup without the share."""
    refused = restored.did("close")
    assert set(refused) == {"refused"}
    tried = restored.did("open")
    assert tried["boxes"] == ANSWERED
    assert tried["keys"] > 10
    assert tried["opened"] == 0


def must_open(restored: Place) -> None:
    assert restored.did("open")["opened"] > 0, "the search itself must work"
    assert restored.did("close")["answered"] == ANSWERED


def must_be_closed(place: Place) -> None:
    again = place.did("close")
    assert again == {"answered": ANSWERED, "waves": 1, "left": 0, "state": "closed"}
    assert list((place.folder / "shares").iterdir()) == []


def test_oldest_backup_of_everything_and_the_holders_files_open_nothing(full: Place, tmp_path: Path) -> None:
    must_stay_shut(copied(full, tmp_path / "restored", share=False))


def test_same_backup_opens_where_somebody_kept_the_share(full: Place, tmp_path: Path) -> None:
    must_open(copied(full, tmp_path / "restored"))


def test_backup_put_over_a_closed_wave_stays_shut(full: Place, tmp_path: Path) -> None:
    closed = copied(full, tmp_path / "closed")
    must_be_closed(closed)
    for file in full.folder.glob("*.sqlite3*"):
        shutil.copy(file, closed.folder)
    must_stay_shut(closed)


@pytest.mark.parametrize("step", STEPS)
def test_process_killed_in_the_middle_of_closing_loses_nothing(full: Place, tmp_path: Path, step: str) -> None:
    place = copied(full, tmp_path / "killed")
    assert place.run("close", step).returncode == -signal.SIGKILL
    must_be_closed(place)
