from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from lerend.answers import spss
from lerend.answers.reading import open_answers
from lerend.answers.table import NOT_APPLICABLE, SKIPPED
from lerend.errors import AnswersAreWrong
from tests.lerend.answers.questionnaires import complaint, groups_of, questionnaire, read_all, write
from tests.lerend.answers.sav_file import write_sav


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    path = write_sav(tmp_path / "answers.sav", {"pfr1": [4.0]})
    with patch.dict(sys.modules, {"pyreadstat": None}), pytest.raises(AnswersAreWrong) as caught:
        open_answers(path, instrument=questionnaire("pfr1"), by=())
    assert "pip install 'lerend[spss]'" in complaint(caught.value)


@pytest.mark.spss
class TestWithPyreadstat:
    @pytest.fixture(autouse=True)
    def _pyreadstat(self) -> None:
        pytest.importorskip("pyreadstat")

    def test_values_labels_and_missing_values_are_understood(self, tmp_path: Path) -> None:
        path = write_sav(
            tmp_path / "answers.sav",
            {
                "company": [1.0, 1.0, 2.0, 2.0],
                "team": ["Zorg", "Zorg", "ICT", ""],
                "pfr1": [4.0, None, 9.0, 1.0],
                "pfr2": [1.0, 5.0, -99.0, 2.0],
            },
            labels={"company": {1.0: "Bakkerij Één"}, "pfr2": {1.0: "Strongly agree", 5.0: "Strongly disagree"}},
            missing={"pfr1": [9.0], "pfr2": [-99.0]},
        )
        answers = read_all(path, questionnaire("pfr1", "pfr2"))
        assert answers.codes.tolist() == [[4, 5], [SKIPPED, 1], [NOT_APPLICABLE, SKIPPED], [1, 2]]
        assert groups_of(answers) == [("Bakkerij Één", "Zorg"), ("Bakkerij Één", "Zorg"), ("2", "ICT"), ("2", "")]

    def test_a_range_of_missing_values_is_skipped(self, tmp_path: Path) -> None:
        path = write_sav(
            tmp_path / "a.sav", {"pfr1": [4.0, -99.0, -98.5, -97.0, 2.0]}, missing_range={"pfr1": (-99.0, -97.0)}
        )
        answers = read_all(path, questionnaire("pfr1"), by=())
        assert answers.codes.tolist() == [[4], [2]]
        assert answers.reading.left_out == {"no_answers": 3}

    def test_a_wrong_value_is_named_with_its_case(self, tmp_path: Path) -> None:
        path = write_sav(tmp_path / "answers.sav", {"pfr1": [4.0, 6.0, 4.5]})
        with pytest.raises(AnswersAreWrong) as caught:
            read_all(path, questionnaire("pfr1"), by=())
        assert complaint(caught.value).startswith("answers.sav:2: Column PFR1 holds 2 cells that are no answer")

    def test_a_long_file_is_read_in_pieces(self, tmp_path: Path) -> None:
        codes = [float(1 + number % 5) for number in range(1_000)]
        path = write_sav(tmp_path / "answers.sav", {"pfr1": codes})
        seen: list[float] = []
        with patch.object(spss, "_CELLS_AT_A_TIME", 300):
            file = open_answers(path, instrument=questionnaire("pfr1"), by=())
            [batch] = file.batches(seen.append)
        assert batch.codes[:, 0].tolist() == codes
        assert len(seen) == 4
        assert seen[-1] == 1.0
        assert file.format == "sav"

    def test_a_damaged_file_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(AnswersAreWrong) as caught:
            read_all(write(tmp_path, b"$FL2" + b"garbage" * 100, "answers.sav"), questionnaire("pfr1"))
        assert "damaged" in complaint(caught.value)
