"""A key on paper: typed back it is the same key, and a mistake is named by its line."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.urn.key_sheets import LINES, SIGNS, NoTypedKey, WrongLine, sheet_lines, typed_key
from lerend_web.urn.passes import ALPHABET
from tests.lerend_web.urn.javascript import KEY_FILE, in_node, needs_node

keys = st.binary(min_size=32, max_size=32)
places = st.integers(0, LINES * (SIGNS + 1) - 1)


@given(keys)
def test_typed_key_is_the_same_with_small_letters_no_spaces_and_letters_for_digits(key: bytes) -> None:
    text = "\n".join(sheet_lines(key))
    assert typed_key(text) == key
    assert typed_key(text.lower().replace(" ", "").replace("0", "o").replace("1", "l")) == key


@given(keys, places, st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_named_by_its_line(key: bytes, place: int, sign: str) -> None:
    signs = "".join(sheet_lines(key)).replace(" ", "")
    if signs[place] == sign:
        return
    with pytest.raises(WrongLine) as wrong:
        typed_key(signs[:place] + sign + signs[place + 1 :])
    assert wrong.value.number == place // (SIGNS + 1) + 1


@given(keys, st.integers(0, LINES - 1))
def test_missed_or_doubled_sign_is_named_by_its_line(key: bytes, number: int) -> None:
    right = sheet_lines(key)
    for wrong in (right[number][1:], right[number] + "0"):
        lines = [*right[:number], wrong, *right[number + 1 :]]
        with pytest.raises(WrongLine) as found:
            typed_key("\n".join(lines))
        assert found.value.number == number + 1


@pytest.mark.parametrize("text", ["", "ABCD", "0" * 55, "0" * 57, "{}", "\ud83d\ude00" * 56])
def test_what_is_no_key_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NoTypedKey):
        typed_key(text)


@needs_node
def test_browser_writes_the_same_lines() -> None:
    key = bytes(range(7, 39))
    assert in_node(KEY_FILE, "return module.sheetLines(input.key);", key=base64.b64encode(key).decode()) == list(
        sheet_lines(key)
    )
