"""Any estimator by its name: what it asks for, what it gives, and what is said when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from lerend.cli import main
from lerend.errors import AnswersAreWrong, LerendError
from lerend.estimate.method import OptionsAreWrong
from lerend.estimate.running import NoSuchMethod, all_methods, estimate
from lerend.estimate.table import Table, read_table
from lerend.estimate.writing import plain
from lerend.statistics.reliability import cronbach_alpha
from tests.house.repository import HOME

ANSWERS = Table("made.csv", {"a": list("1234512345"), "b": list("2234412355"), "c": list("1334512344")})


def file_of(tmp_path: Path, text: str, name: str = "made.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_method_by_its_name_gives_what_its_function_gives() -> None:
    found = estimate("alpha", ANSWERS, items="a,b,c")
    covariance = np.cov(ANSWERS.numbers(["a", "b", "c"]), rowvar=False)
    assert plain(found)["coefficient"] == plain(cronbach_alpha(covariance, 10))


def test_every_method_has_its_page_and_a_name_of_its_own() -> None:
    methods = all_methods()
    assert len({method.name for method in methods}) == len(methods)
    assert [m.name for m in methods if not (HOME / "docs/methods" / f"{m.page}.md").exists()] == []


def test_every_method_says_what_it_asks_for() -> None:
    assert [m.name for m in all_methods() if not m.what or not all(option.meaning for option in m.options)] == []


def test_a_missing_option_and_one_that_does_not_exist_are_both_named() -> None:
    with pytest.raises(OptionsAreWrong) as caught:
        estimate("alpha", ANSWERS, itms="a,b")
    assert {problem.where for problem in caught.value.problems} == {"itms", "items"}


def test_a_method_that_does_not_exist_lists_those_that_do() -> None:
    with pytest.raises(NoSuchMethod, match="alpha"):
        estimate("alfa", ANSWERS)


def test_a_column_that_is_not_there_and_a_cell_that_is_no_number_are_named() -> None:
    with pytest.raises(AnswersAreWrong, match="no column “d”"):
        ANSWERS.numbers(["d"])
    with pytest.raises(AnswersAreWrong, match="“often” in column “a”, row 3"):
        Table("made.csv", {"a": ["1", "often"]}).numbers(["a"])


@pytest.mark.parametrize("text", ["a,b\n", "a,a\n1,2\n", "a,b\n1,2\n3\n"])
def test_a_file_that_cannot_be_read_as_it_stands_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(LerendError):
        read_table(file_of(tmp_path, text))


def test_an_empty_cell_is_not_a_zero() -> None:
    values = Table("made.csv", {"a": ["1", "", "NA"]}).number("a")
    assert plain(values) == [1.0, None, None]


def test_the_command_prints_data_that_says_where_it_comes_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, "a,b,c\n" + "\n".join(["1,2,1", "2,2,3", "3,3,3", "4,4,4", "5,5,5"]))
    assert main(["estimate", "alpha", str(path), "items=a,b,c", "level=0.9"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["method"] == "alpha"
    assert printed["options"] == {"items": "a,b,c", "level": "0.9"}
    assert len(printed["file"]["sha256"]) == 64
    assert 0 < printed["result"]["coefficient"]["value"] < 1


def test_the_command_lists_methods_and_what_one_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate"]) == 0
    assert "alpha" in capsys.readouterr().out
    assert main(["estimate", "alpha"]) == 0
    assert "items=<columns>" in capsys.readouterr().out


def test_something_that_is_no_option_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file_of(tmp_path, "a,b\n1,2\n")
    assert main(["estimate", "alpha", str(path), "items", "--language", "en"]) == 2
    assert "This is no option" in capsys.readouterr().err
