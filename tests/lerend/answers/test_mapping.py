from __future__ import annotations

from pathlib import Path

import pytest

from lerend.answers.mapping import read_mapping
from lerend.errors import AnswersAreWrong
from tests.lerend.answers.questionnaires import complaint, write


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("map.csv", "item,column\npfr1,LEAD01\ncompany,COMPID\n"),
        ("map.csv", "\ufeffColumn;Item\r\nLEAD01;pfr1\r\nCOMPID;company\r\n"),
        ("map.yaml", "# mine\npfr1: LEAD01\ncompany: COMPID\n"),
        ("map.json", '{"pfr1": "LEAD01", "company": "COMPID"}'),
    ],
)
def test_a_mapping_is_read_from_a_table_or_yaml(tmp_path: Path, name: str, content: str) -> None:
    assert read_mapping(write(tmp_path, content, name)) == {"pfr1": "LEAD01", "company": "COMPID"}


def test_names_in_yaml_are_always_text(tmp_path: Path) -> None:
    assert read_mapping(write(tmp_path, "no: 1\non: 07\n", "map.yaml")) == {"no": "1", "on": "07"}


@pytest.mark.parametrize(
    ("name", "content", "where", "words"),
    [
        ("map.csv", "pfr1,LEAD01\npfr2,LEAD02\n", "map.csv:1", "names the columns item and column"),
        ("map.csv", "item,column\npfr1,A\npfr2,\n", "map.csv:3", "is missing here"),
        ("map.csv", "item,column\npfr1,A\npfr1,B\n", "map.csv:3", "pfr1 is there more than once."),
        ("map.csv", "item,column\npfr1,A,B\n", "map.csv:2", "has 3 cells"),
        ("map.csv", "item,column\n", "map.csv", "is empty"),
        ("map.yaml", "pfr1: A\npfr1: B\n", "map.yaml:2", "pfr1"),
        ("map.yaml", "pfr1: A\npfr2: [B]\n", "map.yaml:2", "is missing here"),
        ("map.yaml", "- a\n", "map.yaml", "A mapping in YAML"),
        ("map.yaml", "a: [\n", "map.yaml", ""),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named_with_its_line(
    tmp_path: Path, name: str, content: str, where: str, words: str
) -> None:
    with pytest.raises(AnswersAreWrong) as caught:
        read_mapping(write(tmp_path, content, name))
    assert caught.value.problems[0].where.startswith(where)
    assert words in complaint(caught.value)


def test_a_mapping_that_is_not_there_says_so(tmp_path: Path) -> None:
    for name in ("none.csv", "none.yaml"):
        with pytest.raises(AnswersAreWrong) as caught:
            read_mapping(tmp_path / name)
        assert "cannot be opened" in complaint(caught.value)
