"""Card codes that people can read over, and names of one secret that do not lead to each other."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend_web.urn.passes import (
    ALPHABET,
    NotASecret,
    binding_of,
    card_hash,
    is_card_code,
    new_card_code,
    new_public_code,
    normalised,
    receipt_of,
    serial_of,
    shown,
)

SECRET = bytes(range(32))
codes = st.integers(0, 2**64 - 1).map(
    lambda number: "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(13)))
)


def test_alphabet_has_no_signs_that_look_or_sound_like_others() -> None:
    assert len(set(ALPHABET)) == 32
    assert set("ILOU").isdisjoint(ALPHABET)


def test_card_code_holds_64_random_bits() -> None:
    made = [new_card_code() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert all(is_card_code(code) for code in made)
    assert {code[0] for code in made} == set(ALPHABET[:16])  # 4 bits
    for place in range(1, 13):  # and 12 times 5
        assert {code[place] for code in made} == set(ALPHABET)


def test_card_code_is_shown_in_three_parts() -> None:
    assert shown("0123456789ABC") == "0123-4567-89ABC"
    assert shown("") == ""


@given(codes)
def test_code_is_found_again_as_it_was_shown(code: str) -> None:
    assert normalised(shown(code)) == code
    assert card_hash(shown(code)) == card_hash(code)


@given(codes, st.data())
def test_code_may_be_typed_in_many_ways(code: str, data: st.DataObject) -> None:
    others = {"0": "0Oo", "1": "1IiLl"}
    typed = ""
    for sign in code:
        typed += data.draw(st.sampled_from(others.get(sign, sign + sign.lower())))
        typed += data.draw(st.sampled_from(["", "", "-", " ", "\t", "\N{NO-BREAK SPACE}", "\N{EN DASH}", "."]))
    assert normalised(typed) == code
    assert is_card_code(typed)
    assert card_hash(typed) == card_hash(code)


@given(codes, st.integers(0, 12), st.sampled_from(ALPHABET))
def test_other_sign_is_another_code(code: str, place: int, sign: str) -> None:
    other = code[:place] + sign + code[place + 1 :]
    assert (card_hash(other) == card_hash(code)) == (other == code)


@pytest.mark.parametrize(
    "typed", ["", "0", "0123456789AB", "0123456789ABCD", "U123456789ABC", "G123456789ABC", "é" * 13]
)
def test_what_cannot_be_a_code_is_recognised_but_never_raises(typed: str) -> None:
    assert not is_card_code(typed)
    assert len(card_hash(typed)) == 32


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_anything_typed_has_a_hash(typed: str) -> None:
    assert len(card_hash(typed)) == 32


# Names of a secret


def bare_receipt(secret: bytes) -> bytes:
    return receipt_of(secret).encode()


NAMES: dict[str, Callable[[bytes], bytes]] = {
    "serial": serial_of,
    "binding": binding_of,
    "receipt": bare_receipt,
    "card": lambda secret: card_hash(secret.hex()),
    "plain SHA-256": lambda secret: hashlib.sha256(secret).digest(),
}


@pytest.mark.parametrize(("one", "other"), list(combinations(NAMES, 2)), ids=str)
def test_no_name_of_a_secret_is_another_or_its_beginning(one: str, other: str) -> None:
    for _ in range(20):
        secret = secrets.token_bytes(32)
        a, b = NAMES[one](secret), NAMES[other](secret)
        assert a[:5] != b[:5]


def test_names_follow_from_the_secret_with_a_word_for_each_purpose() -> None:
    """Written out, for a name that changes loses a box that was delivered."""
    for purpose, name in (("serial", serial_of), ("binding", binding_of)):
        assert name(SECRET) == hashlib.sha256(b"lerend " + purpose.encode() + b" 1\0" + SECRET).digest()
    assert card_hash("0123456789ABC") == hashlib.sha256(b"lerend card 1\0" + b"0123456789ABC").digest()
    assert receipt_of(SECRET) == "HANPX3CS"


def test_word_for_the_purpose_cannot_run_into_the_content() -> None:
    """No secret of one purpose can be written so that it has the name of another purpose."""
    purposes = [b"lerend card 1\0", b"lerend serial 1\0", b"lerend binding 1\0", b"lerend receipt 1\0"]
    assert not [(a, b) for a in purposes for b in purposes if a != b and a.startswith(b)]
    assert all(purpose.count(b"\0") == 1 for purpose in purposes)


def test_receipt_is_eight_signs_that_can_be_read_over() -> None:
    receipt = receipt_of(secrets.token_bytes(32))
    assert len(receipt) == 8
    assert set(receipt) <= set(ALPHABET)


def test_receipt_of_the_same_secret_is_the_same() -> None:
    assert receipt_of(SECRET) == receipt_of(bytes(SECRET))
    assert len({receipt_of(secrets.token_bytes(32)) for _ in range(500)}) == 500


@pytest.mark.parametrize("name", [serial_of, binding_of, receipt_of])
@pytest.mark.parametrize("length", [0, 31, 33])
def test_secret_of_another_length_is_refused(name: Callable[[bytes], object], length: int) -> None:
    with pytest.raises(NotASecret):
        name(bytes(length))


def test_public_code_is_random_and_safe_in_addresses_and_file_names() -> None:
    made = [new_public_code() for _ in range(500)]
    assert len(set(made)) == 500
    assert all(len(code) == 26 and code.isalnum() and code.isascii() and code == code.lower() for code in made)
    for place in range(26):
        assert len({code[place] for code in made}) == 32
