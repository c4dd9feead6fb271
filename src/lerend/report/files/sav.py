"""SPSS system files, written by ourselves: no data frame is needed, and the same values give the same bytes.

The format is the one that PSPP describes ("System File Format"): little-endian, not compressed, UTF-8. Only what a table of
figures needs is written: numbers and short texts, labels, at most three missing codes a variable, and lines of notes.
"""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOTHING: Final = -sys.float_info.max
"""The system-missing value."""
_NEXT_LOWEST: Final = struct.unpack("<d", struct.pack("<Q", struct.unpack("<Q", struct.pack("<d", _NOTHING))[0] - 1))[0]
_TEXT, _NUMBER = 1, 5
_LONGEST_TEXT: Final = 255
_LONGEST_LABEL: Final = 255
_LONGEST_VALUE_LABEL: Final = 120
_LONGEST_NAME: Final = 64
_NOTE_LINE: Final = 80
_MEASURES: Final = {"nominal": 1, "ordinal": 2, "scale": 3}


@dataclass(frozen=True, slots=True)
class Variable:
    """One column.

    Attributes:
        name: letters, digits and underscores, at most 64.
        label: for people.
        width: bytes of a text; 0 for numbers.
        decimals: of numbers on screen.
        measure: ``nominal``, ``ordinal`` or ``scale``.
        labels: (value, words).
        missing: at most three codes that are no values.
    """

    name: str
    label: str
    width: int = 0
    decimals: int = 0
    measure: str = "scale"
    labels: tuple[tuple[float, str], ...] = ()
    missing: tuple[float, ...] = ()

    @property
    def parts(self) -> int:
        """Eight bytes each."""
        return max(1, -(-self.width // 8))


def sav_of(
    variables: Sequence[Variable],
    rows: Sequence[Sequence[str | float | None]],
    *,
    label: str,
    notes: Sequence[str],
    day: date,
) -> bytes:
    """The file.

    Args:
        variables: names must differ, also in capitals.
        rows: a value per variable; None is system-missing.
        label: of the file.
        notes: lines; long ones are broken.
        day: the only time in it.

    Raises:
        ValueError: a name that SPSS would refuse, or more than three missing codes.
    """
    _check(variables)
    short = [f"V{place:05d}" for place in range(1, len(variables) + 1)]
    return b"".join((
        _header(variables, len(rows), label, day),
        *(_variable(variable, name) for variable, name in zip(variables, short, strict=True)),
        *_value_labels(variables),
        _notes(notes),
        *_extensions(variables, short, len(rows)),
        struct.pack("<ii", 999, 0),
        *(_case(variables, row) for row in rows),
    ))  # fmt: skip


def safe_names(wanted: Sequence[str]) -> list[str]:
    """Names that SPSS takes, in this order: other signs become underscores, and what is there twice gets a number."""
    taken: set[str] = set()
    names: list[str] = []
    for name in wanted:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name)[: _LONGEST_NAME - 4].rstrip("_")
        plain = plain if plain[:1].isalpha() else f"v_{plain}"
        found, number = plain, 1
        while found.lower() in taken:
            number += 1
            found = f"{plain}_{number}"
        taken.add(found.lower())
        names.append(found)
    return names


def _check(variables: Sequence[Variable]) -> None:
    names = [variable.name for variable in variables]
    if names != safe_names(names):
        raise ValueError("a name of a variable is not one that SPSS takes")
    if any(len(variable.missing) > 3 or variable.width > _LONGEST_TEXT for variable in variables):
        raise ValueError("a variable has more missing codes or longer texts than SPSS takes")


def _fixed(text: str, size: int) -> bytes:
    """Exactly so many bytes, never half a letter, spaces at the end."""
    return text.encode()[:size].decode(errors="ignore").encode().ljust(size)


def _header(variables: Sequence[Variable], cases: int, label: str, day: date) -> bytes:
    size = sum(variable.parts for variable in variables)
    when = f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year % 100:02d}00:00:00"
    return b"".join((
        b"$FL2",
        _fixed("@(#) SPSS DATA FILE - lerend", 60),
        struct.pack("<iiiiid", 2, size, 0, 0, cases, 100.0),
        when.encode(),
        _fixed(label, 64),
        b"\0" * 3,
    ))  # fmt: skip


def _variable(variable: Variable, short: str) -> bytes:
    form = (_TEXT << 16 | variable.width << 8) if variable.width else (_NUMBER << 16 | 8 << 8 | variable.decimals)
    text = variable.label.encode()[:_LONGEST_LABEL].decode(errors="ignore").encode()
    head = struct.pack("<iiiiii", 2, variable.width, 1, len(variable.missing), form, form)
    label = struct.pack("<i", len(text)) + text.ljust(-(-len(text) // 4) * 4)
    codes = struct.pack(f"<{len(variable.missing)}d", *variable.missing)
    more = struct.pack("<iiiiii", 2, -1, 0, 0, 0, 0) + b" " * 8
    return head + _fixed(short, 8) + label + codes + more * (variable.parts - 1)


def _value_labels(variables: Sequence[Variable]) -> Iterator[bytes]:
    """Variables with the same labels share them."""
    places: dict[tuple[tuple[float, str], ...], list[int]] = {}
    at = 1
    for variable in variables:
        if variable.labels:
            places.setdefault(variable.labels, []).append(at)
        at += variable.parts
    for labels, where in places.items():
        yield struct.pack("<ii", 3, len(labels))
        for value, words in labels:
            text = words.encode()[:_LONGEST_VALUE_LABEL].decode(errors="ignore").encode()
            size = -(-(len(text) + 1) // 8) * 8
            yield struct.pack("<dB", value, len(text)) + text.ljust(size - 1)
        yield struct.pack(f"<ii{len(where)}i", 4, len(where), *where)


def _notes(notes: Sequence[str]) -> bytes:
    lines = [line for note in notes for line in _broken(note)]
    if not lines:
        return b""
    return struct.pack("<ii", 6, len(lines)) + b"".join(_fixed(line, _NOTE_LINE) for line in lines)


def _broken(note: str) -> Iterator[str]:
    """Lines of at most eighty bytes, broken between words where that is possible."""
    line = ""
    for word in note.split():
        piece = word
        while len(f"{line} {piece}".strip().encode()) > _NOTE_LINE:
            if line:
                yield line
                line = ""
            else:
                head = piece.encode()[:_NOTE_LINE].decode(errors="ignore")
                yield head
                piece = piece[len(head) :]
        line = f"{line} {piece}".strip()
    yield line


def _extensions(variables: Sequence[Variable], short: Sequence[str], cases: int) -> Iterator[bytes]:
    """The machine, how columns are shown, their long names, the number of cases and the encoding."""
    yield struct.pack("<iiii8i", 7, 3, 4, 8, 20, 0, 0, -1, 1, 1, 2, 65001)
    yield struct.pack("<iiiiddd", 7, 4, 8, 3, _NOTHING, sys.float_info.max, _NEXT_LOWEST)
    shown = [part for v in variables for part in (_MEASURES[v.measure], min(max(v.width, 8), 40), 0 if v.width else 1)]
    yield struct.pack(f"<iiii{len(shown)}i", 7, 11, 4, len(shown), *shown)
    names = "\t".join(f"{name}={variable.name}" for name, variable in zip(short, variables, strict=True)).encode()
    yield struct.pack("<iiii", 7, 13, 1, len(names)) + names
    yield struct.pack("<iiiiqq", 7, 16, 8, 2, 1, cases)
    yield struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8"


def _case(variables: Sequence[Variable], row: Sequence[str | float | None]) -> bytes:
    return b"".join(_value(variable, value) for variable, value in zip(variables, row, strict=True))


def _value(variable: Variable, value: str | float | None) -> bytes:
    if variable.width:
        return _fixed(str(value or ""), variable.width).ljust(variable.parts * 8)
    return struct.pack("<d", _NOTHING if value is None else float(value))
