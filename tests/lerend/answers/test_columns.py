from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lerend.answers.reading import open_answers
from lerend.errors import AnswersAreWrong
from lerend.model.structure import Instrument
from lerend.wording import Text
from tests.lerend.answers.questionnaires import complaint, groups_of, item, questionnaire, read_all, write


def complaint_about(path: Path, *, instrument: Instrument | None = None, **options: Any) -> str:
    with pytest.raises(AnswersAreWrong) as caught:
        read_all(path, instrument or questionnaire(), **options)
    return complaint(caught.value)


@pytest.mark.parametrize(
    "header",
    [
        "company,team,pfr1,pfr2,aut1,aut2",
        "Company,TEAM, PFR1 ,Pfr2,AUT1,aUt2",
        "company,team,scan/pfr/pfr1,scan/pfr/pfr2,aut1,aut2",
        "company,team,Q1[pfr1],Q1[pfr2],Q2[aut1],Q2[aut2]",
        "company,team,pfr-1,pfr_2,aut 1,aut.2",
        "company,team,Wij kijken samen terug,wij geven elkaar FEEDBACK.,I choose how I work.,I choose when I work",
        "aut2,aut1,pfr2,pfr1,company,team",
    ],
)
def test_columns_are_known_by_id_part_or_wording(tmp_path: Path, header: str) -> None:
    cells = {"company": "A", "team": "B", "pfr1": "1", "pfr2": "2", "aut1": "3", "aut2": "4"}
    row = ",".join(cells[name] for name in header.split(",")) if header.startswith("aut2") else "A,B,1,2,3,4"
    answers = read_all(write(tmp_path, f"{header}\n{row}\n"), questionnaire())
    assert answers.codes.tolist() == [[1, 2, 3, 4]]
    assert groups_of(answers) == [("A", "B")]


def test_other_names_in_the_questionnaire_are_columns_too(tmp_path: Path) -> None:
    path = write(tmp_path, "COMPID,LEAD01\n2,4\n")
    answers = read_all(path, questionnaire(item("pfr1", columns=("lead01",))), by=("COMPID",))
    assert answers.codes.tolist() == [[4]]
    assert answers.paths == (("2",),)


def test_a_mapping_says_which_column_is_what(tmp_path: Path) -> None:
    path = write(tmp_path, "Org,Ploeg,Q7,pfr1\nA,B,5,1\n")
    answers = read_all(path, questionnaire("pfr1"), mapping={"pfr1": "Q7", "company": "org", "team": "Ploeg"})
    assert answers.codes.tolist() == [[5]]
    assert groups_of(answers) == [("A", "B")]


def test_dutch_words_for_company_and_team_are_understood_and_said(tmp_path: Path) -> None:
    file = open_answers(write(tmp_path, "Bedrijf,Afdeling,pfr1\nA,B,5\n"), instrument=questionnaire("pfr1"))
    said = [note.in_language("en") for note in file.notes]
    assert said == ["Column Bedrijf was read as company.", "Column Afdeling was read as team."]


def test_without_groups_everybody_is_in_one(tmp_path: Path) -> None:
    answers = read_all(write(tmp_path, "pfr1\n5\n4\n"), questionnaire("pfr1"), by=())
    assert answers.paths == ((),)
    assert answers.group.tolist() == [0, 0]


def test_a_missing_group_column_is_named_with_the_nearest_ones(tmp_path: Path) -> None:
    text = complaint_about(write(tmp_path, "companny,taem,pfr1\nA,B,5\n"), instrument=questionnaire("pfr1"))
    assert "There is no column company. Choose one of: companny" in text
    assert "There is no column team. Choose one of: taem" in text


def test_no_item_at_all_says_what_was_seen_and_expected(tmp_path: Path) -> None:
    text = complaint_about(write(tmp_path, "company,team,vraag 1,vraag 2\nA,B,5,5\n"))
    assert "Columns seen: company, team, vraag 1 and vraag 2." in text
    assert "Expected columns such as pfr1, pfr2, aut1 and aut2." in text


def test_duplicate_headers_are_named_with_their_places(tmp_path: Path) -> None:
    text = complaint_about(write(tmp_path, "company,team,pfr1,pfr1,TEAM,x,x\nA,B,5,5,B,1,1\n"))
    assert "Column pfr1 is there more than once (columns 3 and 4)." in text
    assert "Column team is there more than once (columns 2 and 5)." in text
    assert "Column x" not in text


def test_two_columns_that_could_be_one_item_ask_for_a_mapping(tmp_path: Path) -> None:
    text = complaint_about(write(tmp_path, "company,team,a/pfr1,b/pfr1\nA,B,5,5\n"))
    assert "More than one column could be pfr1: a/pfr1 and b/pfr1." in text


def test_a_stricter_match_wins_from_a_looser_one(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,old/pfr1,pfr_1,pfr1\nA,B,1,2,5\n")
    assert read_all(path, questionnaire("pfr1")).codes.tolist() == [[5]]


def test_a_column_that_could_be_two_items_is_refused(tmp_path: Path) -> None:
    twice = questionnaire(item("x1", text=Text("a", "a")), item("y1", columns=("x1",), text=Text("b", "b")))
    text = complaint_about(write(tmp_path, "company,team,x1\nA,B,1\n"), instrument=twice)
    assert "Column x1 could be more than one item: x1 and y1." in text


def test_a_mapping_that_names_what_is_not_there_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1\nA,B,1\n")
    text = complaint_about(path, mapping={"pfr2": "Q2", "prf1": "pfr1"})
    assert "The mapping gives column Q2 for pfr2, but there is no such column." in text
    assert "The mapping names prf1, which is no item of the questionnaire and no group. Choose one of: pfr1" in text


def test_missing_items_and_scales_are_said_and_are_no_error(tmp_path: Path) -> None:
    file = open_answers(write(tmp_path, "company,team,pfr1\nA,B,5\n"), instrument=questionnaire())
    said = [note.in_language("en") for note in file.notes]
    assert said == [
        "The file has no answers about: aut.",
        "The file lacks these items; their scales rest on the other items: pfr2.",
    ]
    assert file.items == ("pfr1",)


def test_columns_that_are_not_used_are_counted_and_not_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "name,e-mail,company,team,pfr1\nJan,jan@example.org,A,B,5\n")
    file = open_answers(path, instrument=questionnaire("pfr1"))
    [batch] = file.batches()
    assert "jan" not in repr(batch).lower()
    assert [note.in_language("en") for note in file.notes] == ["2 other columns were not used."]


def test_ten_thousand_columns_are_fine_and_more_than_twenty_thousand_are_not(tmp_path: Path) -> None:
    names = [f"column {number}" for number in range(10_000)]
    path = write(
        tmp_path, ",".join(["company", "team", "pfr1", *names]) + "\n" + ",".join(["A", "B", "5", *names]) + "\n"
    )
    assert read_all(path, questionnaire()).codes.shape == (1, 4)
    path = write(tmp_path, ",".join(["company", "team", "pfr1", *names, *names]) + "\n")
    assert "The file has 20003 columns; at most 20000 can be read." in complaint_about(path)


def test_who_leads_people_is_read_from_the_column_that_was_named(tmp_path: Path) -> None:
    path = write(tmp_path, "company,team,pfr1,leads\nA,B,5,Ja\nA,B,4,nee\nA,B,4,\nA,B,,ja\nA,B,3, JA \n")
    answers = read_all(path, questionnaire("pfr1"), leaders=("Leads", "ja"))
    assert answers.leads is not None
    assert answers.leads.tolist() == [True, False, False, True]
    assert read_all(path, questionnaire("pfr1")).leads is None


def test_a_leader_value_that_nobody_has_is_said(tmp_path: Path) -> None:
    file = open_answers(
        write(tmp_path, "company,team,pfr1,leads\nA,B,5,1\n"),
        instrument=questionnaire("pfr1"),
        leaders=("leads", "yes"),
    )
    list(file.batches())
    assert "Nobody has yes in column leads." in [note.in_language("en") for note in file.notes]
