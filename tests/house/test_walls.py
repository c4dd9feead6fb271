"""The walls between the rooms stand: each wrong import, planted in a copy, breaks the wall that is meant for it."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.repository import HOME, listed, name, text, trees

CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
}


class Fault(NamedTuple):
    """A line that does not belong in a file, and the walls that it breaks."""

    file: str
    line: str
    breaks: set[str]


FAULTS = {
    "library imports the web": Fault("lerend/statistics/planted.py", "import django", {"pure"}),
    "library imports the network": Fault("lerend/report/planted.py", "import urllib.request", {"pure"}),
    "library has hidden randomness": Fault("lerend/simulate/planted.py", "from random import random", {"pure"}),
    "library imports the platform": Fault("lerend/report/planted.py", "import lerend_web.core", {"pure"}),
    "room imports the one beside it": Fault(
        "lerend/disclosure/planted.py", "import lerend.statistics.sufficient", {"downhill"}
    ),
    "comments know the answers": Fault("lerend/comments/planted.py", "import lerend.answers.table", {"downhill"}),
    "diagnosis knows its release": Fault(
        "lerend/diagnosis/planted.py", "import lerend.release.value", {"downhill", "no-knots"}
    ),
    "choosing knows the diagnosis": Fault("lerend/choice/planted.py", "import lerend.diagnosis.result", {"downhill"}),
    # What fits is found in releases, so that the way back makes a knot as well.
    "the gate knows the interventions": Fault(
        "lerend/release/planted.py", "import lerend.interventions.catalogue", {"downhill", "no-knots"}
    ),
    "evidence knows the catalogue": Fault(
        "lerend/evidence/planted.py", "import lerend.interventions.catalogue", {"downhill"}
    ),
    "report runs estimators by name": Fault("lerend/report/planted.py", "import lerend.estimate.method", {"downhill"}),
    "attackers know the gate": Fault("lerend/attack/planted.py", "import lerend.release.value", {"independent"}),
    # The higher room imports the lower one already, so that the way back makes a knot as well.
    "room imports a higher one": Fault(
        "lerend/answers/planted.py", "import lerend.diagnosis.result", {"downhill", "no-knots"}
    ),
    "inline import does not hide": Fault(
        "lerend/model/planted.py", "def f() -> None:\n    import lerend.answers.table", {"downhill", "no-knots"}
    ),
    "new room without a place": Fault("lerend/helpers.py", "", {"downhill"}),
    "made-up world knows the method": Fault(
        "lerend/simulate/planted.py", "import lerend.statistics.sufficient", {"made-up-world"}
    ),
    "world of the loop knows the model": Fault(
        "lerend/loop/world/planted.py", "import lerend.model", {"world-of-the-loop"}
    ),
    "pulses know the interventions": Fault(
        "lerend_web/pulses/planted.py", "import lerend_web.interventions.models", {"platform"}
    ),
    # A pilot tries an entry of the catalogue, so that the way back makes a knot as well.
    "interventions know the pilots": Fault(
        "lerend_web/interventions/planted.py", "import lerend_web.pilots.models", {"platform", "no-knots"}
    ),
    "audience imports another": Fault("lerend_web/public/planted.py", "import lerend_web.ops.views", {"platform"}),
    "door 1 imports door 2": Fault("lerend_web/invited/planted.py", "import lerend_web.answering.pages", {"platform"}),
    # Comments are those of a round, so that the way back makes a knot as well.
    "rounds know who reads their comments": Fault(
        "lerend_web/scans/planted.py", "import lerend_web.comments.queries", {"platform", "no-knots"}
    ),
    # A working group belongs to a theme, so that the way back makes a knot as well.
    "themes know the working group": Fault(
        "lerend_web/themes/planted.py", "import lerend_web.community.queries", {"platform", "no-knots"}
    ),
    # What is told is about rounds, so that the way back makes a knot as well.
    "rounds know what is told about them": Fault(
        "lerend_web/scans/planted.py", "import lerend_web.telling.queries", {"platform", "no-knots"}
    ),
    # A meeting reads the releases of rounds, so that the way back makes a knot as well.
    "rounds know the meetings on them": Fault(
        "lerend_web/scans/planted.py", "import lerend_web.meetings.queries", {"platform", "no-knots"}
    ),
    # A round finds its questionnaire there, so that the way back makes a knot as well.
    "questionnaires know the rounds": Fault(
        "lerend_web/instruments/planted.py", "import lerend_web.scans.queries", {"platform", "no-knots"}
    ),
    # Every audience declares its access with a word of core, so that the way back makes a knot as well.
    "core imports an audience": Fault(
        "lerend_web/core/planted.py", "import lerend_web.public.loop", {"platform", "no-knots"}
    ),
    "view calls the library": Fault("lerend_web/public/planted.py", "import lerend.wording", {"one-door"}),
    "signed form comes near the urn": Fault(
        "lerend_web/company_form/planted.py", "import lerend_web.urn.queries", {"signed-apart"}
    ),
    "door 2 leaves something for later": Fault(
        "lerend_web/answering/planted.py", "import lerend_web.core.jobs", {"nothing-later"}
    ),
    "neighbours import each other": Fault(
        "lerend_web/core/planted.py", "import lerend_web.core.planted_too", {"no-knots"}
    ),
}


def broken_walls(source: Path) -> set[str]:
    """Ids of the contracts that do not hold for the packages in a folder."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "pyproject.toml"]
    environment = {**os.environ, "PYTHONPATH": str(source / "src"), "NO_COLOR": "1", "COLUMNS": "300"}
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    said = dict(re.findall(r"^(.+?) (KEPT|BROKEN)", done.stdout, flags=re.MULTILINE))
    assert set(said) == set(CONTRACTS.values()), done.stdout + done.stderr
    return {wall for wall, title in CONTRACTS.items() if said[title] == "BROKEN"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages and their contracts in a folder where things may be broken."""
    shutil.copytree(HOME / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(HOME / "pyproject.toml", tmp_path)
    return tmp_path


def test_walls_stand_in_the_code_as_it_is(copy: Path) -> None:
    assert broken_walls(copy) == set()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_wall_breaks_for_a_wrong_import(copy: Path, fault: Fault) -> None:
    planted = copy / "src" / fault.file
    other = planted.with_name("planted_too.py")
    planted.write_text(fault.line + "\n")
    if "planted_too" in fault.line:
        other.write_text("import lerend_web.core.planted\n")
    try:
        assert broken_walls(copy) == fault.breaks
    finally:
        planted.unlink()
        other.unlink(missing_ok=True)


def test_every_wall_has_a_planted_fault() -> None:
    assert set().union(*(fault.breaks for fault in FAULTS.values())) == set(CONTRACTS)


OPENS_FILES = (
    "answers/",
    "model/",
    "report/",
    "cli/",
    "wording.py",
    "comments/packaged.py",
    "interventions/packaged.py",
)
"""Rooms of the library that may open files: two read, two write, one finds its translations, one its lists, one its catalogue."""
OPENING = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink"}


def called(node: object) -> str:
    """The last part of the name of what is called."""
    return str(getattr(node, "attr", getattr(node, "id", "")))


def test_only_the_edges_of_the_library_open_files() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path, tree in trees("src/lerend")
        if not path.relative_to(HOME / "src/lerend").as_posix().startswith(OPENS_FILES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node.func) in OPENING
    ]
    assert not found, listed(found)
