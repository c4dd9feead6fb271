"""The models and questionnaires that come with the package: where they are, and that no version ever changes.

``library/digests.txt`` holds a line ``sha256  filename`` for each of them. A file whose digest stands there was checked
against the schema by the tests, so that reading it at run time need not load the validator.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from lerend.errors import ModelIsWrong, Problem
from lerend.wording import say

DIGESTS: Final = "digests.txt"
DEFAULT_INSTRUMENT: Final = {"lerend": "employee-scan"}
"""Per packaged model the questionnaire that is meant when none is named."""

_FILE_NAME: Final = re.compile(r"(?P<id>[a-z][a-z0-9_-]*)\.v(?P<version>[1-9]\d*)\.(?:yaml|yml|json)")


@dataclass(frozen=True, slots=True)
class VersionedFile:
    """A file that is named after what it holds, such as ``lerend.v1.yaml``."""

    id: str
    version: int
    path: Path

    @property
    def reference(self) -> str:
        return f"{self.id}@{self.version}"


def library() -> Path:
    """The folder with the packaged files."""
    # The data files are read by name, so the package is always installed as a folder.
    return Path(str(resources.files("lerend.model"))) / "library"


@cache
def packaged_files() -> tuple[VersionedFile, ...]:
    """All packaged files, as `versions_in` gives them."""
    return versions_in(library())


def versions_in(folder: Path) -> tuple[VersionedFile, ...]:
    """Every file in `folder` named ``<id>.v<version>.yaml`` (or .yml, .json): by id, the newest version of each first."""
    names = ((path, _FILE_NAME.fullmatch(path.name)) for path in sorted(folder.glob("*.v*")))
    found = [VersionedFile(match["id"], int(match["version"]), path) for path, match in names if match]
    return tuple(sorted(found, key=lambda file: (file.id, -file.version)))


def find(name: str) -> VersionedFile | None:
    """The packaged file called `name`: ``lerend`` for the newest version, ``lerend@1`` for that one."""
    files = packaged_files()
    return next((file for file in files if name in (file.id, file.reference)), None)


def named(name: str) -> VersionedFile:
    """As `find`.

    Raises:
        ModelIsWrong: there is no packaged file of that name.
    """
    file = find(name)
    if file is None:
        raise ModelIsWrong([_not_packaged(name)])
    return file


def _not_packaged(name: str) -> Problem:
    what = say("No model or questionnaire with this name comes with the platform.")
    references = tuple(file.reference for file in packaged_files())
    near = difflib.get_close_matches(name, [file.id for file in packaged_files()] + list(references), n=1)
    if near:
        return Problem(name, what, say("Did you mean {key}?", key=near[0]))
    return Problem(name, what, say("Use one of {names}, or the path of a file.", names=references))


@cache
def recorded_digests() -> dict[str, str]:
    """SHA-256 by file name, as recorded when each version was made."""
    record = library() / DIGESTS
    lines = record.read_text("ascii").splitlines() if record.exists() else []
    return {name: digest for digest, name in (line.split() for line in lines if line.strip())}


def is_recorded(path: Path, digest: str) -> bool:
    """Whether `path` is a packaged file that is still as it was recorded."""
    return path.parent == library() and recorded_digests().get(path.name) == digest


def digest_problems(folder: Path, recorded: dict[str, str]) -> tuple[Problem, ...]:
    """Files in `folder` that were changed, that are not in the record, or that are only in the record."""
    return tuple(_digest_problems(folder, recorded))


def _digest_problems(folder: Path, recorded: dict[str, str]) -> Iterable[Problem]:
    present = {path.name: path for path in sorted(folder.glob("*.*")) if path.name != DIGESTS}
    for name, path in present.items():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if name not in recorded:
            mend = say("Add the line {line} to {record}.", line=f"{digest}  {name}", record=DIGESTS)
            yield Problem(name, say("This file has no digest on record."), mend)
        elif recorded[name] != digest:
            what = say("This version was changed after it was recorded.")
            yield Problem(name, what, say("Put it back, and make a new version with the change."))
    for name in sorted(recorded.keys() - present.keys()):
        yield Problem(name, say("This version is on record, but the file is gone."), say("Put it back."))
