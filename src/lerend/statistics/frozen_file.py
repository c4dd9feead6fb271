"""Frozen statistics as bytes: the same value always gives the same bytes, and every format ever written stays readable.

One line that says what it is; one line of JSON with names, sizes and the format number; the arrays, one after another,
as little-endian 64-bit integers; and the SHA-256 of all that.
"""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lerend.statistics.frozen import FORMAT, FrozenStatistics

_FIRST_LINE: Final = b"lerend frozen statistics\n"
_NAMES: Final = ("k", "items", "categories_of", "scale_of", "scales", "groups", "paired", "shares")
_ARRAYS: Final = (
    "people",
    "scale_people",
    "counts",
    "pair_n",
    "pair_steps",
    "share_people",
    "score_degrees",
    "score_steps",
)
_DIGEST_SIZE: Final = 32
_INTEGER: Final = np.dtype("<i8")


def to_bytes(frozen: FrozenStatistics) -> bytes:
    """The value as a file."""
    head = {name: getattr(frozen, name) for name in _NAMES}
    shapes = {name: getattr(frozen, name).shape for name in _ARRAYS}
    described = {"format": frozen.format, **head, "shapes": shapes}
    line = json.dumps(described, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    arrays = b"".join(np.ascontiguousarray(getattr(frozen, name), dtype=_INTEGER).tobytes() for name in _ARRAYS)
    content = _FIRST_LINE + line + arrays
    return content + hashlib.sha256(content).digest()


def from_bytes(content: bytes) -> FrozenStatistics:
    """The value that `to_bytes` wrote.

    Raises:
        ValueError: this is no such file, it is damaged, it is of a later format, or it breaks the limits.
    """
    if not content.startswith(_FIRST_LINE):
        raise ValueError("these are no frozen statistics")
    body, digest = content[:-_DIGEST_SIZE], content[-_DIGEST_SIZE:]
    if hashlib.sha256(body).digest() != digest:
        raise ValueError("the frozen statistics are damaged")
    line, _, arrays = body.removeprefix(_FIRST_LINE).partition(b"\n")
    head = json.loads(line)
    if head["format"] != FORMAT:
        raise ValueError(f"format {head['format']} is not known here")
    return FrozenStatistics(
        k=head["k"],
        items=tuple(head["items"]),
        categories_of=tuple(head["categories_of"]),
        scale_of=tuple(head["scale_of"]),
        scales=tuple(head["scales"]),
        groups=_nested(head["groups"]),
        paired=tuple(tuple(path) for path in head["paired"]),
        shares=_nested(head["shares"]),
        **_read_arrays(arrays, head["shapes"]),
    )


def digest_of(content: bytes) -> str:
    """SHA-256 of a file of frozen statistics, 64 hexadecimal digits. Never publish it as it is: it confirms guesses."""
    return hashlib.sha256(content).hexdigest()


def _nested(groups: list[Any]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(tuple(path) for path in group) for group in groups)


def _read_arrays(content: bytes, shapes: dict[str, list[int]]) -> dict[str, NDArray[np.int64]]:
    sizes = [math.prod(shapes[name]) for name in _ARRAYS]
    if sum(sizes) * _INTEGER.itemsize != len(content):
        raise ValueError("the frozen statistics are not as long as they say")
    found, start = {}, 0
    for name, size in zip(_ARRAYS, sizes, strict=True):
        array = np.frombuffer(content, dtype=_INTEGER, count=size, offset=start)
        found[name] = array.astype(np.int64).reshape(shapes[name])
        start += size * _INTEGER.itemsize
    return found
