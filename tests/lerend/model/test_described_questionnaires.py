"""The model files that the documentation and the examples show must be right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lerend.model import load_model_and_instrument
from lerend.model.commands import check

ROOT = Path(__file__).parents[3]


def test_the_example_in_the_how_to_is_a_complete_model(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "how-to" / "describe-a-questionnaire.md").read_text()
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "workshop.yaml").write_text(example)
    model, instrument = load_model_and_instrument(tmp_path / "workshop.yaml")
    assert model.scales == ("autonomy", "learning")
    assert [item.id for item in instrument.items] == ["q1", "q2"]
    assert example.count("\n") <= 25


def test_the_example_of_an_existing_data_set_describes_its_nineteen_items() -> None:
    path = ROOT / "examples" / "lq2002.yaml"
    assert check(path) == ()
    model, instrument = load_model_and_instrument(path)
    counts = {scale: len(instrument.items_of(scale)) for scale in model.scales}
    assert counts == {"leadership_1": 2, "leadership_2": 6, "leadership_3": 3, "task_significance": 3, "good_mood": 5}
    assert all(item.reversed == (item.measures == "good_mood") for item in instrument.items)
    assert [factor.about_manager for factor in model.factors] == [True, True, True, False]
    assert instrument.answer_scale_of(instrument.items_of("good_mood")[0]).codes == ("0", "1", "2", "3", "4")


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.name)
def test_every_example_is_right(path: Path) -> None:
    assert [problem.in_language("en") for problem in check(path)] == []
