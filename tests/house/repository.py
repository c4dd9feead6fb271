"""The files of the repository, for the promises it keeps about itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
NOT_KEPT = {".git", ".venv", "var", "dist", "build", "node_modules", "__pycache__"}


def files(*suffixes: str, under: str = ".") -> list[Path]:
    """Every kept file with one of the suffixes (all files when none is given), caches left out."""
    found = []
    for path in sorted((HOME / under).rglob("*")):
        parts = path.relative_to(HOME).parts
        is_cache = any(part in NOT_KEPT or part.endswith("_cache") or part == ".hypothesis" for part in parts)
        if path.is_file() and not is_cache and path.suffix != ".mo" and (not suffixes or path.suffix in suffixes):
            found.append(path)
    return found


def name(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def listed(found: Iterable[object]) -> str:
    """Findings as lines, for the message of a failing test."""
    return "\n" + "\n".join(str(one) for one in found)


def text(path: str | Path) -> str:
    return (HOME / path).read_text("utf-8")


def trees(under: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file below a folder, parsed."""
    for path in files(".py", under=under):
        yield path, ast.parse(path.read_text("utf-8"))


def commands_in(document: str) -> list[list[str]]:
    """The `./run …` and `./test …` lines in the code blocks of a document, as words."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text(document), flags=re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0] for block in blocks for line in block.splitlines()]
    return [line.split() for line in lines if line.startswith(("./run", "./test"))]
