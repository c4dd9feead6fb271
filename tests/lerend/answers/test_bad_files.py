"""Files that people really bring: each gives one clear list of what is wrong, where, and what to do."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from lerend.answers import encoding
from lerend.answers.reading import open_answers
from lerend.errors import AnswersAreWrong
from tests.lerend.answers.questionnaires import complaint, questionnaire, read_all, write

HEADER = "company,team,pfr1,pfr2,aut1,aut2\n"


def complaint_about(path: Path) -> str:
    with pytest.raises(AnswersAreWrong) as caught:
        read_all(path, questionnaire())
    for problem in caught.value.problems:
        assert problem.what.in_language("nl")
        assert problem.mend.in_language("nl")
    return complaint(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "answers.csv: The file is empty."),
        (HEADER, "answers.csv: The file has a header and no rows."),
        (HEADER + "\n\n", "answers.csv: The file has a header and no rows."),
        ("\n\n", "answers.csv: The file has no header"),
        (HEADER + "A,B,,,,\nA,B,,,,\n", "None of the 2 rows holds an answer that can be read."),
        (b"%PDF-1.7\n", "This kind of file cannot be read."),
        (b"<!DOCTYPE html><html>", "This kind of file cannot be read."),
        (b"\x1f\x8b\x08\x00", "This kind of file cannot be read."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file (.xls), or a workbook that is protected"),
        (b"PK\x03\x04garbage", "This is no XLSX workbook"),
        (bytes(range(256)) * 4, "answers.csv:1: This line holds bytes that are no text."),
        ("one two three\nfour five six\n", "Columns seen: one two three."),
    ],
)
def test_a_file_that_holds_no_answers_says_so(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in complaint_about(write(tmp_path, content))


def test_a_folder_a_missing_file_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    assert "This is a folder." in complaint_about(tmp_path)
    assert "The file cannot be opened (No such file or directory)." in complaint_about(tmp_path / "none.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    assert "This is no file." in complaint_about(tmp_path / "pipe.csv")
    assert "cannot be opened" in complaint_about(Path("a\0b.csv"))


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER)
    with patch.object(Path, "open", side_effect=PermissionError(13, "Permission denied")):
        assert "cannot be opened (Permission denied)" in complaint_about(path)


def test_one_person_is_an_answer(tmp_path: Path) -> None:
    assert read_all(write(tmp_path, HEADER + "A,B,1,2,3,4"), questionnaire()).reading.people == 1


def test_a_value_outside_the_scale_is_named_with_line_column_and_what_is_allowed(tmp_path: Path) -> None:
    text = complaint_about(write(tmp_path, HEADER + "A,B,1,2,3,4\nA,B,1,6,3,4\nA,B,1,7,3,0\n"))
    allowed = "Allowed are: 1, 2, 3, 4 and 5, or the labels of the answers."
    assert text.splitlines() == [
        f"answers.csv:3: Column pfr2 holds 2 cells that are no answer, such as “6” and “7”. This is the first. {allowed}",
        f"answers.csv:4: Column aut2 holds 1 cell that is no answer: “0”. {allowed}",
    ]


def test_a_column_of_text_is_one_problem_with_three_examples(tmp_path: Path) -> None:
    rows = "".join(f"A,B,1,2,3,“remark {number}” {'very long ' * 20}\n" for number in range(500))
    text = complaint_about(write(tmp_path, HEADER + rows))
    assert text.count("\n") == 0
    assert "holds 500 cells that are no answer" in text
    assert text.count("remark") == 3
    assert len(text) < 400


def test_at_most_twenty_problems_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    items = [f"i{number}" for number in range(50)]
    path = write(tmp_path, f"company,team,{','.join(items)}\nA,B{',x' * 50}\n")
    with pytest.raises(AnswersAreWrong) as caught:
        read_all(path, questionnaire(*items))
    assert len(caught.value.problems) == 21
    assert "And 30 more problems." in complaint(caught.value)


def test_a_wrong_cell_early_in_a_long_file_stops_the_reading_soon_and_says_how_far_it_looked(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "A,B,6,2,3,4\n" + "A,B,1,2,3,4\n" * 40_000)
    with pytest.raises(AnswersAreWrong) as caught:
        list(open_answers(path, instrument=questionnaire(), batch_people=5_000).batches())
    assert "The file was looked at up to line" in complaint(caught.value)


def test_a_form_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1,pfr2,form\nA,B,1,2,a\nA,B,1,2,z\n")
    with pytest.raises(AnswersAreWrong) as caught:
        read_all(path, questionnaire("pfr1", "pfr2", forms={"a": ["pfr1"], "b": ["pfr2"]}))
    assert "answers.csv:3: Column form holds 1 cell that is no answer: “z”." in complaint(caught.value)


def test_an_endless_line_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    with path.open("wb") as file:
        file.write(b"company,team,pfr1\n")
        file.seek(2_000_000_000)
        file.write(b"x")
    with patch.object(encoding, "LONGEST_LINE", 1_000):
        assert "answers.csv:2: This line" in complaint_about(path)
