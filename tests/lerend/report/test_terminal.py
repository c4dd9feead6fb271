from __future__ import annotations

import io
from dataclasses import replace

import pytest

from lerend.report import ProgressLine, terminal_table
from lerend.wording import Language, say

from .diagnoses import Shape, made_diagnosis
from .models import made_model


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_line_is_wider_than_the_terminal(width: int, language: Language) -> None:
    table = terminal_table(made_diagnosis(), made_model(), language, width)
    assert max(len(line) for line in table.splitlines()) <= width


def test_the_five_sentences_come_first_and_then_every_topic() -> None:
    table = terminal_table(made_diagnosis(), made_model(), "en", 100)
    assert table.index("1. This goes well") < table.index("5. This does not tell") < table.index("Topic")
    assert all(factor.name.en in table for factor in made_model().factors if factor.measured)


def test_chances_are_told_in_words_only() -> None:
    table = terminal_table(made_diagnosis(Shape(companies=1)), made_model(), "en", 100)
    assert "unlikely" in table
    assert "%" not in table.replace("95 %", "")


def test_a_name_cannot_steer_the_terminal() -> None:
    base = made_diagnosis(Shape(companies=1))
    unit = replace(base.companies[0], label="\x1b[31mred\x07", headline=(say("{x}", x="a\x1b]0;b\nc"),))
    table = terminal_table(replace(base, companies=(unit,)), made_model(), "en", 80)
    assert all(line.isprintable() for line in table.splitlines())


def test_a_hidden_team_says_why() -> None:
    table = terminal_table(made_diagnosis(Shape(companies=2)), made_model(), "en", 80, unit=("Bedrijf 1", "Team 3"))
    assert "Fewer than five people" in table
    assert "Topic" not in table


def test_simulated_data_are_called_so_on_the_first_line() -> None:
    assert terminal_table(made_diagnosis(), made_model(), "en", 80).startswith("! Simulated data")


def test_progress_is_one_line_that_is_wiped_at_the_end() -> None:
    screen = Screen()
    progress = ProgressLine(screen, "en")
    progress(20_000, 0.41)
    progress.close()
    assert screen.getvalue().startswith("\r20 000 people read, 41 %")
    assert screen.getvalue().endswith("\r")
    assert "\n" not in screen.getvalue()


def test_progress_says_nothing_where_nobody_watches() -> None:
    pipe = io.StringIO()
    progress = ProgressLine(pipe, "en")
    progress(10, 0.5)
    progress.close()
    assert pipe.getvalue() == ""
