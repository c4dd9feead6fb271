"""One file with the keys of a whole series of pulses: each opens the boxes of its own wave, and only those."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lerend_web.urn.key_series import LONGEST_FILE, MOST_KEYS, key_in_series, series_file
from lerend_web.urn.passes import new_public_code
from lerend_web.urn.sealing import CannotOpen, KeyFileFault, KeyPair, WrongKeyFile, new_key_pair, seal, unseal


@pytest.fixture
def pairs() -> dict[str, KeyPair]:
    return {new_public_code(): new_key_pair() for _pulse in range(3)}


def test_each_key_opens_the_boxes_of_its_own_wave_and_no_others(pairs: dict[str, KeyPair]) -> None:
    content, server = series_file(label="Council", pairs=pairs), new_key_pair()
    for wave, pair in pairs.items():
        found = key_in_series(content, wave=wave)
        assert (found.wave, found.label, found.public) == (wave, "Council", pair.public)
        box = seal(b"yes", holders=[pair.public], server=server.public)
        assert unseal(box, holder=found.private, server=server.private) == b"yes"
        for other in pairs.keys() - {wave}:
            with pytest.raises(CannotOpen):
                unseal(box, holder=key_in_series(content, wave=other).private, server=server.private)


def test_a_wave_of_another_series_has_no_key_in_it(pairs: dict[str, KeyPair]) -> None:
    with pytest.raises(WrongKeyFile) as refused:
        key_in_series(series_file(label="Council", pairs=pairs), wave=new_public_code())
    assert refused.value.fault is KeyFileFault.OTHER_WAVE


def test_the_longest_series_fits_in_a_file() -> None:
    pairs = {new_public_code(): new_key_pair() for _pulse in range(MOST_KEYS)}
    content = series_file(label="ë" * 120, pairs=pairs)
    assert len(content) <= LONGEST_FILE
    assert all(key_in_series(content, wave=wave).public == pair.public for wave, pair in pairs.items())


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{}", b'{"lerend_key_series": 2, "keys": []}', b'{"lerend_key_series": 1}', b"[" * 9000],
)
def test_what_is_no_file_of_a_series_is_refused(content: bytes) -> None:
    with pytest.raises(WrongKeyFile) as refused:
        key_in_series(content, wave="w" * 26)
    assert refused.value.fault is KeyFileFault.NOT_A_KEY_FILE


@pytest.mark.parametrize(("part", "wrong"), [("private", "?"), ("public", "?"), ("private", 1), ("public", "AAAA")])
def test_a_damaged_key_is_refused_and_the_others_are_not(pairs: dict[str, KeyPair], part: str, wrong: Any) -> None:
    read = json.loads(series_file(label="Council", pairs=pairs))
    first, second = list(pairs)[:2]
    read["keys"][0][part] = wrong
    content = json.dumps(read).encode()
    with pytest.raises(WrongKeyFile) as refused:
        key_in_series(content, wave=first)
    assert refused.value.fault is KeyFileFault.DAMAGED
    assert key_in_series(content, wave=second).public == pairs[second].public
