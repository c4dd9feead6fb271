"""Every file stands in a room that has a name and a purpose, and stays small enough to read at once."""

from __future__ import annotations

import ast
import re

from tests.house.repository import HOME, files, listed, name, text, trees

ROOMS = set(re.findall(r"^\| `(lerend(?:_web)?/[\w.]+)` \|", text("CONTRIBUTING.md"), flags=re.MULTILINE))
NO_ROOM = {"__init__.py", "__main__.py", "py.typed"}
MOST_LINES = 400

SCIENCE = ("answers", "choice", "diagnosis", "disclosure", "estimate", "evidence", "model", "simulate", "statistics")


def test_every_file_under_src_stands_in_a_room_of_the_list() -> None:
    found = {
        "/".join(path.relative_to(HOME / "src").parts[:2]) for path in files(under="src") if path.name not in NO_ROOM
    }
    assert found - ROOMS == set()


def test_every_room_of_the_list_is_there() -> None:
    assert {room for room in ROOMS if not (HOME / "src" / room).exists()} == set()


def test_no_file_is_too_long_to_read_at_once() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in files(".py")}
    assert {file: length for file, length in lengths.items() if length > MOST_LINES} == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "misc", "manager", "managers", "services", "common"}
    assert [name(path) for path in files(".py") if empty & {path.stem, path.parent.name}] == []


def test_every_module_of_the_library_says_what_it_is_for() -> None:
    found = [name(path) for path, tree in trees("src/lerend") if path.stat().st_size and not ast.get_docstring(tree)]
    assert not found, listed(found)


def test_every_public_function_of_the_science_has_a_docstring() -> None:
    missing = [
        f"{name(path)}:{node.lineno} {node.name}"
        for room in SCIENCE
        for path, tree in trees(f"src/lerend/{room}")
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not missing, listed(missing)
