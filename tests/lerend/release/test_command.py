"""`lerend diagnose --release`: what may go to others, as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from lerend.cli import main
from lerend.release.value import Collected
from lerend.release.writing import read_release


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "autumn.csv"
    assert main(["simulate", "--companies", "1", "--people", "40-40", "--out", str(path), "--seed", "4"]) == 0
    return path


def diagnose(answers: Path, out: Path, *more: str) -> int:
    return main(["diagnose", str(answers), "--draws", "100", "--language", "en", "--release", str(out), *more])


def test_the_file_is_a_release_of_these_answers(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r.json"
    assert diagnose(answers, out) == 0
    assert f"Written: {out}" in capsys.readouterr().out
    release = read_release(out.read_text("utf-8"))
    assert (release.wave.name, release.k, release.collected) == ("autumn", 5, Collected.ELSEWHERE)
    assert release.cells
    assert release.diagnosis.simulated
    assert release.diagnosis.reading.people == 0


def test_the_same_answers_give_the_same_figures_and_a_larger_floor_shows_fewer(answers: Path, tmp_path: Path) -> None:
    one, other, larger = (tmp_path / name for name in ("1.json", "2.json", "3.json"))
    assert diagnose(answers, one) == diagnose(answers, other) == diagnose(answers, larger, "--k", "15") == 0
    assert one.read_bytes() == other.read_bytes()
    figures = [len(read_release(path.read_text("utf-8")).cells) for path in (one, larger)]
    assert figures[0] > figures[1] > 0


def test_the_attackers_find_nothing_in_it(answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.json"
    assert diagnose(answers, out) == 0
    assert main(["attack", str(out), "--language", "en"]) == 0


@pytest.mark.parametrize("k", ["1", "2"])
def test_a_release_is_refused_where_groups_are_too_small_to_share(
    k: str, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r.json"
    assert diagnose(answers, out, "--k", k) == 2
    assert "Use 5, or more." in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_that_is_not_there_is_named_before_the_work(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diagnose(answers, tmp_path / "nowhere" / "r.json") == 2
    assert "nowhere does not exist" in capsys.readouterr().err


def test_answers_of_four_people_leave_no_file(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few, out = tmp_path / "few.csv", tmp_path / "r.json"
    few.write_text("\n".join(answers.read_text("utf-8").splitlines()[:5]), "utf-8")
    assert diagnose(few, out) == 2
    assert "few" in capsys.readouterr().err
    assert not out.exists()
