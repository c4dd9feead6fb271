"""What ./run says to somebody on whose machine something is missing, before anything is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.repository import HOME


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Just enough of a clone to start, without a .venv."""
    (tmp_path / "tools").mkdir()
    for file in ("run", "tools/setup.sh"):
        shutil.copy(HOME / file, tmp_path / file)
    return tmp_path


def python_that(folder: Path, *lines: str) -> Path:
    """A program called python3 that behaves in some way."""
    folder.mkdir()
    program = folder / "python3"
    program.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    program.chmod(0o755)
    return program


def said(clone: Path, **variables: str) -> str:
    """What ./run prints when it stops."""
    done = subprocess.run([clone / "run"], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not (clone / ".venv").exists()
    return done.stderr


def test_start_with_an_old_python_says_which_is_needed_and_how_to_name_it(clone: Path) -> None:
    old = python_that(clone / "bin", 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    for tool in ("bash", "dirname", "cat", "flock"):
        if found := shutil.which(tool):
            (old.parent / tool).symlink_to(found)
    text = said(clone, PATH=str(old.parent))
    assert "needs Python 3.11 or newer, and found: Python 3.9.2" in text
    assert "PYTHON=" in text


def test_start_without_venv_says_what_to_install(clone: Path) -> None:
    program = python_that(clone / "bin", 'case "$2" in *ensurepip*) exit 1;; esac', "exit 0")
    text = said(clone, PATH=f"{program.parent}:{os.environ['PATH']}")
    assert "its module venv is missing" in text
    assert "apt-get install python3-venv" in text


def test_start_with_a_python_that_is_not_there_names_it(clone: Path) -> None:
    text = said(clone, PATH=os.environ["PATH"], PYTHON="not-a-python")
    assert "PYTHON=not-a-python is not a Python of version 3.11 or newer." in text


def test_scripts_are_read_without_fault() -> None:
    for script in ("run", "test", ".ci/run", "tools/setup.sh", "tools/pin"):
        subprocess.run(["bash", "-n", HOME / script], check=True)
