from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lerend.answers.forms import mark_not_asked
from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED
from tests.lerend.answers.questionnaires import questionnaire, read_all, write

HALVES = questionnaire(forms={"a": ["pfr1", "pfr2", "aut1"], "b": ["pfr2", "aut1", "aut2"], "short": ["pfr2", "aut1"]})
HEADER = "company,team,pfr1,pfr2,aut1,aut2\n"


def test_an_empty_cell_off_the_form_was_not_asked_and_on_the_form_was_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "A,B,4,,5,\nA,B,,3,3,4\n")
    answers = read_all(path, HALVES)
    assert answers.codes.tolist() == [[4, SKIPPED, 5, NOT_ASKED], [NOT_ASKED, 3, 3, 4]]
    assert (answers.reading.answered, answers.reading.skipped, answers.reading.not_asked) == (5, 1, 2)


def test_the_smallest_form_that_holds_all_answers_is_taken(tmp_path: Path) -> None:
    answers = read_all(write(tmp_path, HEADER + "A,B,,3,3,\nA,B,,,9,\n"), HALVES)
    assert answers.codes.tolist() == [[NOT_ASKED, 3, 3, NOT_ASKED], [NOT_ASKED, SKIPPED, NOT_APPLICABLE, NOT_ASKED]]


def test_answers_that_fit_no_form_make_every_empty_cell_skipped(tmp_path: Path) -> None:
    answers = read_all(write(tmp_path, HEADER + "A,B,4,,5,4\n"), HALVES)
    assert answers.codes.tolist() == [[4, SKIPPED, 5, 4]]


def test_a_form_column_is_believed(tmp_path: Path) -> None:
    rows = "A,B,,3,3,,a\nA,B,,3,3,,Formulier b\nA,B,,3,3,,\nA,B,4,3,3,,b\n"
    path = write(tmp_path, HEADER.strip() + ",Form\n" + rows)
    assert read_all(path, HALVES).codes.tolist() == [
        [SKIPPED, 3, 3, NOT_ASKED],
        [NOT_ASKED, 3, 3, SKIPPED],
        [NOT_ASKED, 3, 3, NOT_ASKED],
        [4, 3, 3, SKIPPED],
    ]


def test_with_one_form_everything_empty_was_skipped(tmp_path: Path) -> None:
    answers = read_all(write(tmp_path, HEADER + "A,B,4,,,\n"), questionnaire())
    assert answers.codes.tolist() == [[4, SKIPPED, SKIPPED, SKIPPED]]


def test_an_item_without_a_column_was_asked_of_nobody(tmp_path: Path) -> None:
    answers = read_all(write(tmp_path, "company,team,pfr1,aut1\nA,B,4,\n"), questionnaire())
    assert answers.codes.tolist() == [[4, NOT_ASKED, SKIPPED, NOT_ASKED]]


@given(
    arrays(np.uint8, (6, 5), elements=st.sampled_from([0, 1, 3, 5, NOT_APPLICABLE])),
    arrays(np.bool_, (3, 5)),
    st.one_of(st.none(), arrays(np.int64, 6, elements=st.integers(-1, 2))),
)
def test_answers_never_change_and_only_skipped_becomes_not_asked(
    codes: np.ndarray[tuple[int, int], np.dtype[np.uint8]],
    member: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    form: np.ndarray[tuple[int], np.dtype[np.int64]] | None,
) -> None:
    before = codes.copy()
    mark_not_asked(codes, member=member, absent=np.zeros(5, dtype=np.bool_), form=form)
    changed = before != codes
    assert (before[changed] == SKIPPED).all()
    assert (codes[changed] == NOT_ASKED).all()
