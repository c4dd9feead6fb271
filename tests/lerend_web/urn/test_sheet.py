"""A sheet is stored as it was sent or not at all, and says per field what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from lerend_web.urn.domain.sheet import SheetIsWrong, checked_sheet, packed, unpacked
from tests.lerend_web.urn.waves import INSTRUMENT, filled_in


@pytest.fixture(autouse=True)
def in_english(in_dutch: None) -> Iterator[None]:
    """What these tests read is the English of the code."""
    with translation.override("en"):
        yield


def test_sheet_comes_back_from_its_packing_as_it_was() -> None:
    sheet = checked_sheet(
        INSTRUMENT, filled_in(comments={"general": "Goed \N{WOMAN}\u200d\N{BRIEFCASE} team", "part_2": " "})
    )
    assert unpacked(packed(sheet), INSTRUMENT) == sheet
    assert sheet.comments == {"general": "Goed \N{WOMAN}\u200d\N{BRIEFCASE} team"}


@pytest.mark.parametrize("answer", ["1", "5", "na", ""])
def test_answer_of_the_scale_does_not_apply_and_not_said_are_all_kept(answer: str) -> None:
    assert checked_sheet(INSTRUMENT, filled_in(answer=answer)).answers["variety_1"] == answer


@pytest.mark.parametrize("answer", ["6", "0", "3 ", "９", "9", 3, None, [], 1e999, True, "NaN"])
def test_answer_outside_the_scale_is_named(answer: Any) -> None:
    data = filled_in()
    data["answers"]["variety_1"] = answer
    with pytest.raises(SheetIsWrong) as found:
        checked_sheet(INSTRUMENT, data)
    assert list(found.value.problems) == ["answers.variety_1"]


def test_item_of_another_form_is_refused() -> None:
    data = filled_in("short")
    data["answers"] = {"openness_3": "3"}
    with pytest.raises(SheetIsWrong, match="wrong") as found:
        checked_sheet(INSTRUMENT, data)
    assert "not part of this form" in str(found.value.problems["answers.openness_3"])


@pytest.mark.parametrize(
    "text",
    ["\x00", "a\ud800b", "\u202eevil", "x" * 501, 5, None],
    ids=["nul", "surrogate", "turned", "long", "number", "none"],
)
def test_comment_that_cannot_be_kept_is_refused(text: Any) -> None:
    with pytest.raises(SheetIsWrong) as found:
        checked_sheet(INSTRUMENT, filled_in(comments={"general": text}))
    assert list(found.value.problems) == ["comments.general"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("form", "z"),
        ("form", None),
        ("form", []),
        ("language", "xx"),
        ("answers", []),
        ("background", "x"),
        ("comments", 3),
    ],
)
def test_part_of_the_wrong_kind_is_refused(field: str, value: Any) -> None:
    with pytest.raises(SheetIsWrong) as found:
        checked_sheet(INSTRUMENT, filled_in() | {field: value})
    assert list(found.value.problems) == [field]


def test_a_million_fields_get_one_line_of_answer() -> None:
    data = filled_in() | {"answers": {str(number): "1" for number in range(10_000)}}
    with pytest.raises(SheetIsWrong) as found:
        checked_sheet(INSTRUMENT, data)
    assert list(found.value.problems) == ["answers"]


def test_error_itself_holds_nothing_of_what_was_written() -> None:
    with pytest.raises(SheetIsWrong) as found:
        checked_sheet(INSTRUMENT, filled_in(comments={"general": "secret thought" * 50}))
    assert "secret" not in repr(found.value)


@pytest.mark.parametrize("content", [b"", b"x", packed(checked_sheet(INSTRUMENT, filled_in()))[:-3]])
def test_box_with_something_else_in_it_is_no_sheet(content: bytes) -> None:
    with pytest.raises(SheetIsWrong):
        unpacked(content, INSTRUMENT)
