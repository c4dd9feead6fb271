"""Writes an SPSS system file, uncompressed, from its published record layout: a witness that shares no code with readers."""

from __future__ import annotations

import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

MISSING = -sys.float_info.max


def write_sav(
    path: Path,
    columns: Mapping[str, Sequence[float | str | None]],
    *,
    labels: Mapping[str, Mapping[float, str]] | None = None,
    missing: Mapping[str, Sequence[float]] | None = None,
    missing_range: Mapping[str, tuple[float, float]] | None = None,
) -> Path:
    """Numeric columns hold floats and None; text columns hold texts of at most 8 bytes."""
    cases = len(next(iter(columns.values())))
    parts = [_header(cases, len(columns))]
    for name, values in columns.items():
        span = (missing_range or {}).get(name)
        parts.append(_variable(name, values, span or (missing or {}).get(name, ()), -2 if span else 1))
    for name, words in (labels or {}).items():
        parts.append(_value_labels(list(columns).index(name) + 1, words))
    parts.append(struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8")
    parts.append(struct.pack("<ii", 999, 0))
    parts += [_cell(values[case]) for case in range(cases) for values in columns.values()]
    path.write_bytes(b"".join(parts))
    return path


def _header(cases: int, width: int) -> bytes:
    product = b"@(#) SPSS DATA FILE".ljust(60)
    numbers = struct.pack("<iiiiid", 2, width, 0, 0, cases, 100.0)
    return b"$FL2" + product + numbers + b"01 Jan 20" + b"00:00:00" + b" " * 64 + b"\0" * 3


def _variable(name: str, values: Sequence[float | str | None], missing: Sequence[float], kind_of_missing: int) -> bytes:
    text = any(isinstance(value, str) for value in values)
    width, kind = (8, 1) if text else (0, 5)
    shown = kind << 16 | 8 << 8 | (0 if text else 2)
    record = struct.pack(
        "<iiiiii", 2, width, 0, kind_of_missing if kind_of_missing < 0 else len(missing), shown, shown
    ) + name.upper().encode().ljust(8)
    return record + b"".join(struct.pack("<d", value) for value in missing)


def _value_labels(variable: int, words: Mapping[float, str]) -> bytes:
    record = struct.pack("<ii", 3, len(words))
    for value, label in words.items():
        text = label.encode()
        record += struct.pack("<dB", value, len(text)) + text + b" " * (-(len(text) + 1) % 8)
    return record + struct.pack("<iii", 4, 1, variable)


def _cell(value: float | str | None) -> bytes:
    if isinstance(value, str):
        return value.encode().ljust(8)
    return struct.pack("<d", MISSING if value is None else value)
