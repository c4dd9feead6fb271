from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lerend.answers.reading import REASONS, open_answers
from lerend.answers.table import Reading
from tests.lerend.answers.questionnaires import groups_of, joined, questionnaire, read_all, write

SIX = "company,team,pfr1\nA,x,1\nA,x,2\nB,x,\nB,y,4\nB,y,5\nA,x,5\n"


def test_a_file_is_read_into_codes_groups_and_counts(tmp_path: Path) -> None:
    answers = read_all(write(tmp_path, SIX), questionnaire("pfr1"))
    assert answers.items == ("pfr1",)
    assert answers.codes.tolist() == [[1], [2], [4], [5], [5]]
    assert answers.codes.dtype == np.uint8
    assert answers.group.dtype == np.int32
    assert groups_of(answers) == [("A", "x"), ("A", "x"), ("B", "y"), ("B", "y"), ("A", "x")]
    assert answers.reading == Reading(rows=6, people=5, left_out={"no_answers": 1}, answered=5)


def test_every_reason_that_can_be_counted_is_explained() -> None:
    assert set(REASONS) == {"no_answers", "nothing_readable", "wrong_length"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["1", "5", ""])), min_size=1), st.integers(1, 7))
def test_batches_of_any_size_hold_the_same_people(tmp_path: Path, rows: list[tuple[str, str]], size: int) -> None:
    path = write(tmp_path, "company,team,pfr1\nA,x,3\n" + "".join(f"{group},x,{code}\n" for group, code in rows))
    file = open_answers(path, instrument=questionnaire("pfr1"), batch_people=size)
    batches = list(file.batches())
    whole = read_all(path, questionnaire("pfr1"))
    together = joined(batches)
    assert max(len(batch.codes) for batch in batches) <= size
    assert together.codes.tolist() == whole.codes.tolist()
    assert groups_of(together) == groups_of(whole)
    assert together.reading == whole.reading


def test_a_long_file_falls_apart_into_batches_of_at_most_that_many(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\n" + "A,x,4\nB,y,2\n" * 10_000)
    batches = list(open_answers(path, instrument=questionnaire("pfr1"), batch_people=7_000).batches())
    assert sum(len(batch.codes) for batch in batches) == 20_000
    assert max(len(batch.codes) for batch in batches) <= 7_000
    assert sum((batch.reading for batch in batches), Reading()).rows == 20_000


def test_progress_grows_to_one(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\n" + "A,x,4\n" * 30_000)
    seen: list[float] = []
    list(open_answers(path, instrument=questionnaire("pfr1")).batches(seen.append))
    assert len(seen) > 3
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    file = open_answers(write(tmp_path, SIX), instrument=questionnaire("pfr1"))
    assert file.digest == hashlib.sha256(SIX.encode()).hexdigest()
    assert file.size == len(SIX)
    assert file.format == "csv"


def test_a_file_can_be_read_twice(tmp_path: Path) -> None:
    file = open_answers(write(tmp_path, SIX), instrument=questionnaire("pfr1"))
    first, second = joined(list(file.batches())), joined(list(file.batches()))
    assert first.codes.tolist() == second.codes.tolist()
    assert first.reading == second.reading


def test_people_may_answer_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\n" + "A,x,4\n" * 5)
    assert read_all(path, questionnaire("pfr1")).reading.people == 5


def test_names_of_groups_are_kept_literally(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\n=cmd(),<script>alert(1)</script>,4\n{a},%s,4\nA, two  words ,4\n")
    answers = read_all(path, questionnaire("pfr1"))
    assert groups_of(answers) == [("=cmd()", "<script>alert(1)</script>"), ("{a}", "%s"), ("A", "two words")]


def test_people_without_a_group_are_kept_and_said(tmp_path: Path) -> None:
    file = open_answers(write(tmp_path, "company,team,pfr1\nA,,4\nA, ,5\nA,,\n"), instrument=questionnaire("pfr1"))
    [batch] = file.batches()
    assert batch.paths == (("A", ""),)
    assert [note.in_language("en") for note in file.notes] == ["2 people have an empty cell in column team."]


def test_unreadable_answers_are_left_out_and_counted_when_asked(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1,pfr2\nA,x,6,4\nA,x,often,\nA,x,3,3\n")
    answers = read_all(path, questionnaire("pfr1", "pfr2"), leave_out_unreadable=True)
    assert answers.codes.tolist() == [[0, 4], [3, 3]]
    assert answers.reading == Reading(rows=3, people=2, left_out={"nothing_readable": 1}, answered=3, unreadable=1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(["1", "5", "", "9", "6"]), min_size=3, max_size=3), max_size=12))
def test_nothing_disappears_from_the_counts(tmp_path: Path, rows: list[list[str]]) -> None:
    forms = {"a": ["pfr1", "pfr2"], "b": ["pfr2", "aut1"]}
    lines = "".join(f"A,x,{','.join(row)}\n" for row in rows)
    path = write(tmp_path, "company,team,pfr1,pfr2,aut1\nA,x,1,1,1\n" + lines)
    answers = read_all(path, questionnaire("pfr1", "pfr2", "aut1", forms=forms), leave_out_unreadable=True)
    read = answers.reading
    assert read.rows == len(rows) + 1 == read.people + sum(read.left_out.values())
    cells = read.answered + read.skipped + read.not_applicable + read.not_asked + read.unreadable
    assert cells == read.people * 3 == answers.codes.size


def test_opening_the_door_is_quick_and_needs_no_library_of_a_format() -> None:
    code = (
        "import sys, lerend.answers.reading as r;"
        "print([m for m in ('yaml','python_calamine','pyreadstat','scipy','jsonschema') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_batch_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        open_answers(write(tmp_path, SIX), instrument=questionnaire("pfr1"), batch_people=0)
