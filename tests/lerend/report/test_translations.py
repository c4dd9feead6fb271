from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from lerend import report

from .conftest import dutch

SOURCE = Path(report.__file__).parent
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"say": None, "say_many": (1, 2), "_": None, "ngettext": (1, 2)}


def sentences() -> list[str | tuple[str, ...]]:
    found = extract_from_dir(str(SOURCE), METHODS, keywords=KEYWORDS)
    return sorted({message for _, _, message, _, _ in found}, key=str)


def places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("sentence", sentences(), ids=str)
def test_every_sentence_has_a_dutch_one_with_the_same_places(sentence: str | tuple[str, ...]) -> None:
    message = dutch().get(sentence)
    assert message is not None, f"no Dutch for: {sentence}"
    told = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    asked = sentence if isinstance(sentence, tuple) else (sentence,)
    assert all(told)
    for english, translated in zip(asked, told, strict=True):
        assert places(translated) == places(english)


def test_templates_hold_no_sentence_outside_the_translator() -> None:
    for template in (SOURCE / "templates").glob("*.html"):
        bare = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", template.read_text(), flags=re.DOTALL)
        words = set(re.findall(r"[A-Za-z]{3,}", bare))
        assert words <= {"lerend", "alpha", "omega", "ICC"}, template.name
