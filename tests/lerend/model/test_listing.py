from __future__ import annotations

from pathlib import Path

import pytest

from lerend.model import load_model, load_model_and_instrument
from lerend.model.commands import show
from lerend.model.listing import listing
from tests.lerend.model.small_files import EMBEDDED, INSTRUMENT, MODEL, changed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "both.yaml").write_text(changed(EMBEDDED, ("{value: 0.3, source: J}", "{value: -0.25, source: J}")))
    return tmp_path / "both.yaml"


def test_a_listing_shows_all_that_a_model_says(path: Path) -> None:
    assert listing(*load_model_and_instrument(path), "en") == (
        "Tiny (tiny@1)\n"
        "Learning\n"
        "Items from: Tiny (tiny@1)\n"
        "  All questions: 3 items, about 1 minute (an estimate)\n"
        "\n"
        "Layer 1: Work\n"
        "\n"
        "  Deciding yourself (job autonomy) [autonomy]\n"
        "    You choose.\n"
        "    level: job; more is better; management and employees often see it differently\n"
        "    Expected correlation: \N{MINUS SIGN}0.25 (J) with Learning\n"
        "    Expected share of differences between groups (ICC): 0.10 (V)\n"
        "    - a1: I choose.\n"
        "\n"
        "  Workload [workload]\n"
        "    How busy it is.\n"
        "    level: team; too little and too much are both worse; never ranked\n"
        "    Expected share of differences between groups (ICC): 0.20 (M)\n"
        "    - w1: It is busy.\n"
        "\n"
        "Outcomes\n"
        "\n"
        "  Learning [learning]\n"
        "    You learn from your work.\n"
        "    Expected share of differences between groups (ICC): 0.05 (C)\n"
        "    - l1: I learn.\n"
        "\n"
        "Themes\n"
        "  Room: Deciding yourself and Workload\n"
        "\n"
        "Marks: V seen in the source, M from memory, J judgement, C own calculation.\n"
    )


def test_a_listing_in_dutch_has_dutch_texts_words_and_numbers(path: Path) -> None:
    text = show(path, "nl")
    assert "Zelf beslissen (autonomie) [autonomy]" in text
    assert "\N{MINUS SIGN}0,25 (J) met Leren" in text
    assert "Laag 1: Werk" in text
    assert "Expected" not in text


def test_a_model_without_questionnaire_is_shown_without_items(tmp_path: Path) -> None:
    (tmp_path / "tiny.v1.yaml").write_text(MODEL)
    assert show(tmp_path / "tiny.v1.yaml", "en") == listing(load_model(tmp_path / "tiny.v1.yaml"), None, "en")


def test_a_questionnaire_is_shown_as_its_model_with_its_items(tmp_path: Path) -> None:
    (tmp_path / "tiny.v1.yaml").write_text(MODEL)
    (tmp_path / "scan.yaml").write_text(INSTRUMENT)
    text = show(tmp_path / "scan.yaml", "en")
    assert "Items from: Tiny scan (tiny-scan@1)" in text
    assert "    - w1: It is busy. (reversed)" in text


def test_the_packaged_model_is_shown_with_every_factor_and_item() -> None:
    model, instrument = load_model_and_instrument("lerend")
    text = show("lerend", "nl")
    assert all(f"[{thing}]" in text for thing in (*(f.id for f in model.factors), *(o.id for o in model.outcomes)))
    assert all(f"- {item.id}: {item.text.nl}" in text for item in instrument.items)
