from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lerend.answers.reading import open_answers
from lerend.answers.table import NOT_APPLICABLE, SKIPPED
from lerend.errors import AnswersAreWrong
from tests.lerend.answers.questionnaires import complaint, groups_of, questionnaire, read_all, write

NAMES = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=12)
CODES = st.lists(
    st.lists(st.sampled_from(["1", "2", "3", "4", "5", "", "9"]), min_size=4, max_size=4), min_size=1, max_size=20
)


def in_dialect(rows: list[list[str]], *, delimiter: str, end: str, quote_all: bool) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    )
    writer.writerows(rows)
    return text.getvalue()


def could_be_utf_8(name: bytes) -> bool:
    """A name such as “Â¡” in Windows-1252 has the same bytes as “¡” in UTF-8: nobody can tell."""
    return not name.decode(errors="ignore").isascii()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codes=CODES,
    team=NAMES,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    quote_all=st.booleans(),
    batch=st.integers(1, 30),
)
def test_whatever_is_written_in_any_dialect_reads_back_the_same(
    tmp_path: Path,
    codes: list[list[str]],
    team: str,
    delimiter: str,
    end: str,
    encoding: str,
    quote_all: bool,
    batch: int,
) -> None:
    assume(encoding != "cp1252" or not could_be_utf_8(team.encode("cp1252")))
    codes = [["3", *row[1:]] for row in codes]
    rows = [["company", "pfr1", "pfr2", "aut1", "aut2", "team"], *(["Bakker", *row, team] for row in codes)]
    text = in_dialect(rows, delimiter=delimiter, end=end, quote_all=quote_all)
    answers = read_all(write(tmp_path, text.encode(encoding)), questionnaire(), batch_people=batch)
    meaning = {"": SKIPPED, "9": NOT_APPLICABLE}
    expected = [[meaning.get(code, ord(code) - 48 if code else 0) for code in row] for row in codes]
    np.testing.assert_array_equal(answers.codes, expected)
    assert groups_of(answers) == [("Bakker", team)] * len(codes)


def test_a_decimal_comma_between_semicolons_is_a_number(tmp_path: Path) -> None:
    path = write(tmp_path, "company;team;pfr1;pfr2;aut1;aut2\nA;B;4,0;5,0;1,0;2,00\n")
    assert read_all(path, questionnaire()).codes.tolist() == [[4, 5, 1, 2]]


def test_a_first_line_that_states_the_separator_is_believed(tmp_path: Path) -> None:
    path = write(tmp_path, "sep=;\ncompany;team;pfr1;a, b, c\nA, B and C;x;4;1,2,3\n")
    answers = read_all(path, questionnaire("pfr1"))
    assert groups_of(answers) == [("A, B and C", "x")]


def test_blank_lines_are_not_rows(tmp_path: Path) -> None:
    path = write(tmp_path, "\n\ncompany,team,pfr1\n\nA,B,4\n\n\n")
    assert read_all(path, questionnaire("pfr1")).reading.rows == 1


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\nCafé België,Ploeg “1”,4\n".encode("cp1252"))
    file = open_answers(path, instrument=questionnaire("pfr1"))
    [batch] = file.batches()
    assert batch.paths == (("Café België", "Ploeg “1”"),)
    assert "Windows-1252" in file.notes[0].in_language("en")


def test_two_encodings_in_one_file_are_both_read_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\nCafé,a,4\n".encode() + "Café,a,5\n".encode("cp1252"))
    file = open_answers(path, instrument=questionnaire("pfr1"))
    [batch] = file.batches()
    assert batch.paths == (("Café", "a"),)
    assert "line 2 is UTF-8, line 3 is Windows-1252" in file.notes[0].in_language("en")


def test_utf_8_needs_no_note(tmp_path: Path) -> None:
    file = open_answers(write(tmp_path, "company,team,pfr1\nCafé,a,4\n"), instrument=questionnaire("pfr1"))
    list(file.batches())
    assert file.notes == ()


def test_a_header_may_run_over_several_lines_and_rows_keep_their_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'company,team,"pfr1","a\nlong\nheader"\nA,"B\nC",4,\nA,B,6,\n')
    with pytest.raises(AnswersAreWrong) as caught:
        read_all(path, questionnaire("pfr1"))
    assert complaint(caught.value).startswith("answers.csv:6: Column pfr1 holds 1 cell that is no answer: “6”.")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ('company,team,pfr1\nA,B,4\nA,"B,4\nA,B,5\n', 3, "quotation marks"),
        (b"company,team,pfr1\nA,B,4\nA\x00,B,4\n", 3, "no text"),
        (b"\xff\xfec\x00o\x00\n\x00\x00", 2, "no text"),
        ("company,team,pfr1\nA," + "x" * 4_000_001 + ",4\n", 2, "longer than 4000000 signs"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(tmp_path: Path, content: str | bytes, line: int, words: str) -> None:
    with pytest.raises(AnswersAreWrong) as caught:
        read_all(write(tmp_path, content), questionnaire("pfr1"))
    assert complaint(caught.value).startswith(f"answers.csv:{line}: ")
    assert words in complaint(caught.value)


def test_ragged_rows_are_listed_with_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\nA,B,4\nA,B\nA,B,4,5\nA,B,4,,\n")
    with pytest.raises(AnswersAreWrong) as caught:
        read_all(path, questionnaire("pfr1"))
    assert [problem.where for problem in caught.value.problems] == ["answers.csv:3", "answers.csv:4"]
    assert "This row has 2 cells, and the header has 3." in complaint(caught.value)


def test_ragged_rows_are_left_out_and_counted_when_asked(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\nA,B,4\nA,B\nA,B,4,5\nA,B,5,,\n")
    answers = read_all(path, questionnaire("pfr1"), leave_out_unreadable=True)
    assert answers.codes.tolist() == [[4], [5]]
    assert answers.reading.left_out == {"wrong_length": 2}
    assert answers.reading.rows == 4
