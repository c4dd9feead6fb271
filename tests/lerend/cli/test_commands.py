"""The command line as its users meet it: real files in, real files out, every mistake with what to do."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lerend.cli import main


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "programme.csv"
    assert main(["simulate", "--companies", "6", "--people", "20-40", "--out", str(path), "--seed", "4"]) == 0
    return path


def lines(path: Path, *, of: int = 100_000) -> list[str]:
    return path.read_text("utf-8").splitlines()[:of]


def written(tmp_path: Path, content: list[str], name: str = "answers.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(content), encoding=encoding)
    return path


def diagnose(path: Path, *more: str) -> int:
    return main(["diagnose", str(path), "--draws", "200", "--language", "en", *more])


def test_diagnose_prints_the_answer_and_writes_three_reports(
    programme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outs = [tmp_path / name for name in ("r.html", "r.json", "r.xlsx")]
    assert diagnose(programme, *(part for out in outs for part in ("--out", str(out)))) == 0
    said = capsys.readouterr().out
    assert "imulated" in said
    assert "Looking back together and feedback" in said
    assert outs[0].read_text("utf-8").lower().startswith("<!doctype html>")
    assert json.loads(outs[1].read_text("utf-8"))
    assert zipfile.is_zipfile(outs[2])


def test_the_same_seed_gives_the_same_report(programme: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    assert diagnose(programme, "--out", str(one)) == diagnose(programme, "--out", str(other)) == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_report_about_one_company_names_it(programme: Path, tmp_path: Path) -> None:
    out = tmp_path / "company.html"
    assert diagnose(programme, "--company", "Voorbeeld 02", "--out", str(out)) == 0
    assert "Voorbeeld 02" in out.read_text("utf-8")


def test_a_real_data_set_needs_nothing_but_a_model_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = [
        *(f"LEAD{n:02d}" for n in range(1, 12)),
        "TSIG01",
        "TSIG02",
        "TSIG03",
        *(f"HOSTIL0{n}" for n in range(1, 6)),
    ]
    rows = [",".join(["COMPID", *items])]
    for person in range(60):
        answers = [str(1 + (person * 7 + n * n) % 5) for n in range(14)] + [str((person + n) % 5) for n in range(5)]
        rows.append(",".join([str(person % 4), *answers]))
    assert diagnose(written(tmp_path, rows), "--model", "examples/lq2002.yaml", "--by", "COMPID") == 0
    assert "60 people in 4 companies" in capsys.readouterr().out


def replaced(rows: list[str], row: int, column: int, value: str) -> list[str]:
    cells = rows[row].split(",")
    cells[column] = value
    return [*rows[:row], ",".join(cells), *rows[row + 1 :]]


Change = Callable[[list[str]], list[str]]

BAD: dict[str, tuple[Change, str]] = {
    "empty": (lambda _: [], "empty"),
    "header only": (lambda rows: rows[:1], "no rows"),
    "one person": (lambda rows: rows[:2], "fewer than"),
    "value 6": (lambda rows: replaced(rows, 3, 6, "6"), "6"),
    "text": (lambda rows: replaced(rows, 3, 6, "hello"), "hello"),
    "duplicate header": (lambda rows: replaced(rows, 0, 7, rows[0].split(",")[6]), "more than once"),
    "no team column": (lambda rows: replaced(rows, 0, 2, "ploeg"), "team"),
    "other items": (lambda _: ["company,team,q1,q2", "A,1,3,4"], "q1"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_get_a_clear_message_and_no_traceback(
    case: str, programme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mangle, word = BAD[case]
    assert diagnose(written(tmp_path, mangle(lines(programme)))) == 2
    told = capsys.readouterr().err
    assert word in told
    assert "Traceback" not in told


GOOD: dict[str, Change] = {
    "one team": lambda rows: [rows[0], *(row for row in rows[1:] if ",Team 02.01," in row)],
    "all the same": lambda rows: [rows[0], *(",".join([*row.split(",")[:5], *["3"] * 81]) for row in rows[1:])],
    "semicolons": lambda rows: [row.replace(",", ";") for row in rows],
    "formula": lambda rows: [row.replace("Team 01.01", "=cmd()") for row in rows],
    "script": lambda rows: [row.replace("Voorbeeld 01", "<script>alert(1)</script>") for row in rows],
    "wide": lambda rows: [",".join([row, *(f"x{n}" for n in range(10_000 - 86))]) for row in rows[:60]],
}


@pytest.mark.parametrize("case", GOOD)
def test_strange_files_that_are_right_get_a_report(case: str, programme: Path, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD[case](lines(programme)))
    out = tmp_path / "report.html"
    assert diagnose(path, "--out", str(out)) == 0
    assert "<script" not in out.read_text("utf-8")


def test_a_report_that_cannot_be_written_is_refused_before_the_work(
    programme: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        diagnose(programme, "--out", str(tmp_path / "report.pdf"), "--out", str(tmp_path / "no" / "report.html")) == 2
    )
    told = capsys.readouterr().err
    assert ".html, .json or .xlsx" in told
    assert "does not exist" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--k", "0"], "floor"),
        (["--by", "a,b,c"], "at most two"),
        (["--leaders", "leads"], "COLUMN=VALUE"),
        (["--company", "Nobody"], "Voorbeeld 01"),
        (["--model", "nonsense"], "nonsense"),
    ],
)
def test_wrong_options_say_how_to_write_them(
    words: list[str], told: str, programme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diagnose(programme, *words) == 2
    assert told in capsys.readouterr().err


def test_messages_come_in_dutch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", str(tmp_path / "none.csv"), "--out", "report.pdf", "--language", "nl"]) == 2
    assert "Gebruik een naam" in capsys.readouterr().err


def test_model_commands_show_check_and_export(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["model", "show", "lerend", "--language", "nl"]) == 0
    assert "Samen terugkijken en feedback" in capsys.readouterr().out
    assert main(["model", "check", "employee-scan", "--language", "en"]) == 0
    capsys.readouterr()
    assert main(["model", "export", "lerend"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "lerend"
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("kind: model\nid: x\n")
    assert main(["model", "check", str(wrong), "--language", "en"]) == 2
    assert "wrong.yaml:" in capsys.readouterr().err


def test_texts_go_out_to_one_sheet_and_unchanged_back_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "texts.xlsx"
    assert main(["model", "translate", "--to", str(sheet), "--language", "en"]) == 0
    assert main(["model", "translate", "--from", str(sheet), "--folder", str(tmp_path), "--language", "en"]) == 0
    assert "No text was changed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--people", "x"], "30-150"), (["--companies", "0"], "one company"), (["--world", "mars"], "confounded")],
)
def test_impossible_programmes_are_refused(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", "--out", str(tmp_path / "p.csv"), "--language", "en", *words]) == 2
    assert told in capsys.readouterr().err
