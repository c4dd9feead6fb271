"""`lerend attack` as a works council's expert runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lerend.cli import main
from tests.lerend.attack.releases import cell, release

ALL = [["A", "one"], ["A", "two"]]


@pytest.fixture
def leaking(tmp_path: Path) -> Path:
    path = tmp_path / "release.json"
    path.write_text(release(cell(["A"], ALL, 3.0, people=(5, 9)), cell(["A", "one"], ALL[:1], 3.0)), "utf-8")
    (tmp_path / "few.csv").write_text("unit,people\nA / one,6\nA / two,2\n")
    (tmp_path / "enough.csv").write_text("unit,people\nA / one,6\nA / two,6\n")
    return path


def attack(path: Path, *more: str) -> int:
    return main(["attack", str(path), "--language", "en", *more])


def test_breach_is_said_in_words_and_by_the_exit_code(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert attack(leaking, "--people", str(leaking.with_name("few.csv"))) == 1
    assert "“A” minus “A / one” leaves 2 people: A / two." in capsys.readouterr().out


def test_nothing_found_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "safe.json"
    path.write_text(release(cell(["A"], ALL, 3.0, people=(10, 19)), cell(["A", "one"], ALL[:1], 3.0)), "utf-8")
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("unit,people\nA / one,6\nA / two,6\n")
    assert attack(path, "--people", str(numbers)) == 0
    assert "Nothing was found" in capsys.readouterr().out


def test_without_numbers_it_says_how_little_that_is(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    attack(leaking)
    assert "--people" in capsys.readouterr().out


def test_breaches_are_data_with_json(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert attack(leaking, "--people", str(leaking.with_name("few.csv")), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert {breach["people"] for breach in found["breaches"]} == {2}


def test_other_file_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}")
    assert attack(path) == 2
    assert "This is not a release." in capsys.readouterr().err


def test_numbers_that_are_none_name_their_line(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = leaking.with_name("wrong.csv")
    numbers.write_text("unit,people\nA / one,many\n")
    assert attack(leaking, "--people", str(numbers)) == 2
    assert "--people:2" in capsys.readouterr().err
