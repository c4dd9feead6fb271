"""Numbers that other software computed, and the data that it computed them from; see SOURCES.md."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HERE = Path(__file__).parent


@cache
def reference(method: str) -> Mapping[str, Any]:
    """The cases of one method by name, 15 significant digits each."""
    values: Mapping[str, Any] = json.loads((_HERE / f"{method}.json").read_text("utf-8"))["values"]
    return values


@cache
def _rows(file: str) -> tuple[Mapping[str, str], ...]:
    with (_HERE / file).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def column(file: str, name: str) -> list[str]:
    return [row[name] for row in _rows(file)]


def numbers(file: str, names: Sequence[str]) -> NDArray[np.float64]:
    """(rows, names) values; NaN where a cell is empty."""
    return np.array([[float(row[name]) if row[name] else np.nan for name in names] for row in _rows(file)])


def codes(file: str, names: Sequence[str]) -> NDArray[np.uint8]:
    """(rows, names) answers from 1; 0 where a cell is empty."""
    return np.nan_to_num(numbers(file, names)).astype(np.uint8)


def complete_case(case: Mapping[str, Any]) -> NDArray[np.uint8]:
    """The answers of a case of `alpha` or `omega_cfa`: rows with an empty cell left out, 1 to 6 items turned."""
    items: list[str] = case["items"]
    answers = codes(case["file"], items)
    answers = answers[(answers > 0).all(axis=1)]
    if case["prep"].startswith("reverse "):
        for item in case["prep"].split()[1].split(","):
            answers[:, items.index(item)] = 7 - answers[:, items.index(item)]
    return answers
