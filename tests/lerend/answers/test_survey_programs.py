"""Exports of LimeSurvey, and of KoboToolbox and ODK."""

from __future__ import annotations

from pathlib import Path

import pytest

from lerend.answers import limesurvey, xlsform
from lerend.answers.reading import open_answers
from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED
from tests.lerend.answers.questionnaires import groups_of, item, questionnaire, read_all, write

META = '"id","submitdate","lastpage","startlanguage","seed"'
ROW = '"1","2024-05-01 10:00:00","3","nl","12345"'
META_TEXT = (
    '"id. Response ID","submitdate. Date submitted","lastpage. Last page","startlanguage. Start language","seed. Seed"'
)
PLAIN_TEXT = '"Response ID","Date submitted","Last page","Start language","Seed"'
ALIASES = questionnaire(
    item("pfr1", columns=("G01Q01_SQ001",)), item("pfr2", columns=("G01Q01_SQ002",)), "aut1", "aut2"
)


@pytest.mark.parametrize(
    "header",
    [
        META + ',"company","team","pfr1","pfr2","aut1","aut2"',
        META + ',"company","team","G01Q01[SQ001]","G01Q01[SQ002]","G02Q01[aut1]","G02Q01[aut2]"',
        META + ',"company","team","G01Q01_SQ001","G01Q01_SQ002","G02Q01_aut1","G02Q01_aut2"',
        META_TEXT + ',"company. Your company?","team. Your team?","G01Q01[SQ001]. How is your work? [We look back.]",'
        '"G01Q01[SQ002]. How is your work? [Feedback.]","aut1. I choose.","aut2. I choose when."',
        PLAIN_TEXT + ',"company","team","How is your work? [We look back together.]",'
        '"How is your work? [We give each other feedback.]","I choose how I work.","Ik kies zelf wanneer ik werk."',
    ],
)
@pytest.mark.parametrize("cells", ['"A2","AO05","4","N/A"', '"Niet mee eens","Strongly agree","Mee eens","N/A"'])
def test_limesurvey_exports_are_read_with_codes_or_texts(tmp_path: Path, header: str, cells: str) -> None:
    path = write(tmp_path, f'{header}\n{ROW},"A","B",{cells}\n')
    answers = read_all(path, ALIASES)
    assert answers.codes.tolist() == [[2, 5, 4, NOT_ASKED]]
    assert groups_of(answers) == [("A", "B")]
    file = open_answers(path, instrument=ALIASES)
    assert file.format == "limesurvey csv"
    assert "5 columns of the survey program itself were not used." in [note.in_language("en") for note in file.notes]


def test_reading_limesurvey_codes_by_their_place_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, f'{META},"company","team","pfr1"\n{ROW},"A","B","A2"\n{ROW},"A","B",""\n')
    file = open_answers(path, instrument=questionnaire("pfr1"))
    [batch] = file.batches()
    assert batch.codes.tolist() == [[2]]
    assert any("A1 is the lowest answer" in note.in_language("en") for note in file.notes)


def test_a_plain_file_shows_no_habits_of_limesurvey() -> None:
    assert not limesurvey.recognises(["id", "company", "team", "pfr1", "seed"])
    assert not xlsform.recognises(["id", "start", "end", "company"])


KOBO = "start,end,{names},_id,_uuid,_submission_time,_index\n2024,2024,{cells},1,abc,2024,1\n"


@pytest.mark.parametrize(
    "names",
    [
        "company,team,pfr1,pfr2,aut1,aut2",
        "who/company,who/team,scan/a/pfr1,scan/a/pfr2,scan/b/aut1,scan/b/aut2",
        "who-company,who-team,scan-a-pfr1,scan-a-pfr2,scan-b-aut1,scan-b-aut2",
        "who:company,who:team,scan:a:pfr1,scan:a:pfr2,scan:b:aut1,scan:b:aut2",
        "company,team,Scan/Wij kijken samen terug.,Scan/We give each other feedback.,I choose how I work.,aut2",
    ],
)
@pytest.mark.parametrize(
    "cells", ["A,B,2,5,,9", "A,B,disagree,helemaal_mee_eens,,does_not_apply_to_me", "A,B,Disagree,Helemaal mee eens,,9"]
)
def test_kobo_and_odk_exports_are_read_with_names_or_labels(tmp_path: Path, names: str, cells: str) -> None:
    path = write(tmp_path, KOBO.format(names=names, cells=cells))
    answers = read_all(path, questionnaire())
    assert answers.codes.tolist() == [[2, 5, SKIPPED, NOT_APPLICABLE]]
    assert groups_of(answers) == [("A", "B")]
    assert open_answers(path, instrument=questionnaire()).format == "xlsform csv"
