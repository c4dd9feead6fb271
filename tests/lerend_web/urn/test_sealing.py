"""Boxes that open with two keys, all equally long; and the file that one of the keys is kept in."""

from __future__ import annotations

import base64
import itertools
import json
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend_web.urn.sealing import (
    BOX_SIZE,
    LONGEST_PLAINTEXT,
    MOST_HOLDERS,
    CannotOpen,
    HolderFile,
    KeyFileFault,
    KeyPair,
    TooLongToSeal,
    WrongKeyFile,
    holder_file,
    new_key_pair,
    read_holder_file,
    seal,
    unseal,
)
from tests.lerend_web.urn.javascript import KEY_FILE, in_node, needs_node

SERVER, FIRST, SECOND, STRANGER = (new_key_pair() for _ in range(4))
HOLDERS = (FIRST, SECOND)
PUBLIC_OF_HOLDERS = [pair.public for pair in HOLDERS]
BOX = seal(b"answers", holders=PUBLIC_OF_HOLDERS, server=SERVER.public)

plaintexts = st.one_of(st.binary(max_size=300), st.integers(0, LONGEST_PLAINTEXT).map(secrets.token_bytes))


@settings(deadline=None)
@given(plaintexts, st.integers(1, 4))
def test_any_holder_opens_together_with_the_server(plaintext: bytes, count: int) -> None:
    holders = [new_key_pair() for _ in range(count)]
    box = seal(plaintext, holders=[pair.public for pair in holders], server=SERVER.public)
    assert {unseal(box, holder=pair.private, server=SERVER.private) for pair in holders} == {plaintext}


KEYS = {"first": FIRST, "second": SECOND, "server": SERVER, "stranger": STRANGER}
OPENS = {("first", "server"), ("second", "server")}


@pytest.mark.parametrize(("holder", "server"), list(itertools.product(KEYS, KEYS)), ids=str)
def test_no_other_two_keys_open(holder: str, server: str) -> None:
    keys = {"holder": KEYS[holder].private, "server": KEYS[server].private}
    if (holder, server) in OPENS:
        assert unseal(BOX, **keys) == b"answers"
    else:
        with pytest.raises(CannotOpen):
            unseal(BOX, **keys)


@pytest.mark.parametrize("public", [pair.public for pair in KEYS.values()], ids=list(KEYS))
def test_public_keys_open_nothing(public: bytes) -> None:
    for keys in ({"holder": public, "server": SERVER.private}, {"holder": FIRST.private, "server": public}):
        with pytest.raises(CannotOpen):
            unseal(BOX, **keys)


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 8 * len(BOX) - 1), st.sampled_from(HOLDERS))
def test_no_bit_can_be_changed(bit: int, holder: KeyPair) -> None:
    damaged = bytearray(BOX)
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpen):
        unseal(bytes(damaged), holder=holder.private, server=SERVER.private)


def test_no_bit_before_the_content_can_be_changed() -> None:
    for bit in range(0, 8 * (len(BOX) - BOX_SIZE), 7):
        damaged = bytearray(BOX)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            unseal(bytes(damaged), holder=SECOND.private, server=SERVER.private)


@given(st.binary(max_size=400))
def test_what_is_no_box_is_refused(content: bytes) -> None:
    for box in (content, b"\x01" + content, BOX[: len(content)], BOX + content[:1] + b"x"):
        with pytest.raises(CannotOpen):
            unseal(box, holder=FIRST.private, server=SERVER.private)


def test_content_of_one_box_does_not_fit_into_another() -> None:
    other = seal(b"other answers", holders=PUBLIC_OF_HOLDERS, server=SERVER.public)
    head = len(BOX) - BOX_SIZE - 16
    with pytest.raises(CannotOpen):
        unseal(BOX[:head] + other[head:], holder=FIRST.private, server=SERVER.private)


@given(plaintexts)
@settings(deadline=None)
def test_all_boxes_are_equally_long_and_all_different(plaintext: bytes) -> None:
    one, two = (seal(plaintext, holders=PUBLIC_OF_HOLDERS, server=SERVER.public) for _ in range(2))
    assert len(one) == len(two) == len(BOX)
    assert one[34:] != two[34:]
    assert one[1:33] != two[1:33]


def test_zeros_at_the_end_are_answers_too() -> None:
    for plaintext in (b"", b"\0", b"a\0\0", bytes(LONGEST_PLAINTEXT)):
        box = seal(plaintext, holders=PUBLIC_OF_HOLDERS, server=SERVER.public)
        assert unseal(box, holder=FIRST.private, server=SERVER.private) == plaintext


def test_too_long_a_plaintext_is_refused_and_says_how_long() -> None:
    with pytest.raises(TooLongToSeal, match=rf"{LONGEST_PLAINTEXT + 1} bytes .* most is {LONGEST_PLAINTEXT}") as raised:
        seal(bytes(LONGEST_PLAINTEXT + 1), holders=PUBLIC_OF_HOLDERS, server=SERVER.public)
    assert raised.value.length == LONGEST_PLAINTEXT + 1


@pytest.mark.parametrize("count", [0, MOST_HOLDERS + 1])
def test_box_without_holders_or_with_a_crowd_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="holders"):
        seal(b"", holders=[FIRST.public] * count, server=SERVER.public)


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32)], ids=["empty", "short", "zero point"])
def test_nothing_is_sealed_for_what_is_no_key(key: bytes) -> None:
    for keys in ({"holders": [key], "server": SERVER.public}, {"holders": [FIRST.public], "server": key}):
        with pytest.raises(ValueError, match=r"."):
            seal(b"", **keys)  # type: ignore[arg-type]  # the two values differ in type


def test_box_holds_neither_its_keys_nor_its_answers_readably() -> None:
    answers = b"my manager never listens"
    box = seal(answers, holders=PUBLIC_OF_HOLDERS, server=SERVER.public)
    assert answers not in box
    assert not [name for name, pair in KEYS.items() if pair.public in box or pair.private in box]


# The file of a key holder

FILE = holder_file(wave="a" * 26, label="Ondernemingsraad – Noor", pair=FIRST)


def test_key_file_comes_back_as_it_was_written() -> None:
    assert read_holder_file(FILE) == HolderFile("a" * 26, "Ondernemingsraad – Noor", FIRST.private, FIRST.public)
    assert read_holder_file(FILE, wave="a" * 26).private == FIRST.private


@given(st.text(max_size=100, alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_label_survives(label: str) -> None:
    assert read_holder_file(holder_file(wave="w", label=label, pair=SECOND)).label == label


def test_key_file_is_text_that_says_what_it_is() -> None:
    assert FILE.decode().splitlines()[1] == '  "lerend_key_file": 1,'
    assert "Ondernemingsraad – Noor" in FILE.decode()


def faulty_with(**changes: object) -> bytes:
    return json.dumps({**json.loads(FILE), **changes}).encode()


def without(name: str) -> bytes:
    return json.dumps({key: value for key, value in json.loads(FILE).items() if key != name}).encode()


DAMAGED = {
    "no wave": without("wave"),
    "no private key": without("private"),
    "wave is a number": faulty_with(wave=3),
    "short key": faulty_with(private=base64.b64encode(bytes(31)).decode()),
    "not base64": faulty_with(private="?" * 44),
    "not ASCII": faulty_with(public="é" * 44),
    "halves of two pairs": faulty_with(public=base64.b64encode(SECOND.public).decode()),
    "one sign differs": FILE.replace(b'"private": "', b'"private": "A', 1).replace(b'="\n}', b'"\n}'),
}
NOT_A_KEY_FILE = {
    "empty": b"",
    "half of it": FILE[: len(FILE) // 2],
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "a list": b"[]",
    "other JSON": b"{}",
    "a later kind": faulty_with(lerend_key_file=2),
    "endless": FILE + b" " * 5000,
    "deep": b"[" * 4000,
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_key_file_is_refused(content: bytes) -> None:
    with pytest.raises(WrongKeyFile) as raised:
        read_holder_file(content)
    assert raised.value.fault is KeyFileFault.DAMAGED


@pytest.mark.parametrize("content", NOT_A_KEY_FILE.values(), ids=NOT_A_KEY_FILE.keys())
def test_other_file_is_no_key_file(content: bytes) -> None:
    with pytest.raises(WrongKeyFile) as raised:
        read_holder_file(content)
    assert raised.value.fault is KeyFileFault.NOT_A_KEY_FILE


def test_key_file_of_another_wave_is_refused() -> None:
    with pytest.raises(WrongKeyFile) as raised:
        read_holder_file(FILE, wave="b" * 26)
    assert raised.value.fault is KeyFileFault.OTHER_WAVE


def test_nothing_private_is_said_in_a_fault_or_a_trace() -> None:
    read = read_holder_file(FILE)
    for told in (repr(FIRST), repr(read), str(read)):
        assert FIRST.private.hex() not in told
        assert "private" not in told
    with pytest.raises(WrongKeyFile) as raised:
        read_holder_file(DAMAGED["halves of two pairs"])
    assert json.loads(FILE)["private"] not in repr(raised.value)


# The same file, made in the browser


@needs_node
def test_browser_makes_the_same_key_file() -> None:
    labels = ["Ondernemingsraad – Noor", 'a "quoted" \\ name', "", "\u2028\t\x7f é 日本 🔑"]
    made = in_node(
        KEY_FILE,
        "return Promise.all(input.labels.map((label) => module.makeKeyFile(input.wave, label)));",
        wave="a" * 26,
        labels=labels,
    )
    assert len({one["publicKey"] for one in made}) == len(labels)
    for label, one in zip(labels, made, strict=True):
        read = read_holder_file(one["text"].encode(), wave="a" * 26)
        assert (read.label, base64.b64encode(read.public).decode()) == (label, one["publicKey"])
        assert holder_file(wave=read.wave, label=label, pair=KeyPair(read.private, read.public)).decode() == one["text"]
        box = seal(b"trial", holders=[read.public, SECOND.public], server=SERVER.public)
        assert unseal(box, holder=read.private, server=SERVER.private) == b"trial"


@needs_node
def test_browser_without_this_kind_of_key_says_so() -> None:
    assert in_node(KEY_FILE, "return module.isSupported();")
    assert not in_node(
        KEY_FILE,
        """
        crypto.subtle.generateKey = async () => { throw new DOMException("", "NotSupportedError"); };
        return module.isSupported();
        """,
    )
