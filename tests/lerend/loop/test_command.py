"""`lerend simulate loop` as its users meet it, in the shortest form."""

from __future__ import annotations

import pytest

from lerend.cli import main

SHORT = ("--programmes", "2", "--companies", "5", "--years", "1", "--workers", "1", "--language", "en")


def test_command_prints_a_table_and_shows_progress_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "loop", "--world", "no_effects", *SHORT]) == 0
    printed = capsys.readouterr()
    assert "A world in which no approach does anything (2 programmes)" in printed.out
    assert printed.out.count("| 0.0000 (0.0000 to 0.0000) |") == 4
    assert "2 of 2 programmes" in printed.err
    assert "programmes\r" not in printed.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--programmes", "1"], "no interval"),
        (["--companies", "1"], "two companies"),
        (["--years", "0"], "one year"),
        (["--workers", "0"], "one processor"),
        (["--world", "mars"], "no_effects"),
    ],
)
def test_impossible_comparisons_are_refused(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "loop", "--language", "en", *words]) == 2
    assert told in capsys.readouterr().err


def test_a_made_up_programme_still_needs_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--language", "en"]) == 2
    assert "--out" in capsys.readouterr().err
