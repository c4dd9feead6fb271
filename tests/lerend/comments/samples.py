"""The labelled comments beside this file: for sorting `samples.yaml` and `later_samples.yaml`, for hints another one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import yaml

from lerend.comments.hints import Hint, HintKind
from lerend.comments.judging import Label
from lerend.wording import Language

HERE = Path(__file__).parent
MAKING, JUDGING = "making", "judging"


class Sample(NamedTuple):
    """A comment, and what it is about as a person says."""

    id: str
    language: Language
    half: str
    text: str
    label: Label


class HintSample(NamedTuple):
    """A comment, and the marks that a person would set."""

    id: str
    language: Language
    half: str
    text: str
    hints: tuple[Hint, ...]


def samples(file: str = "samples.yaml") -> list[Sample]:
    rows = yaml.safe_load((HERE / file).read_text("utf-8"))
    return [
        Sample(
            row["id"],
            row["language"],
            row["half"],
            row["text"],
            Label(row["factor"], (row["also"],) if "also" in row else ()),
        )
        for row in rows
    ]


def hint_samples() -> list[HintSample]:
    rows = yaml.safe_load((HERE / "hint_samples.yaml").read_text("utf-8"))
    return [HintSample(row["id"], row["language"], row["half"], *unmarked(row["text"])) for row in rows]


def unmarked(marked: str) -> tuple[str, tuple[Hint, ...]]:
    """The text and the marks in ``Vraag [[name:Karin]] eens``."""
    text, hints, read = "", [], 0
    for match in re.finditer(r"\[\[(\w+):(.*?)\]\]", marked):
        text += marked[read : match.start()]
        hints.append(Hint(HintKind(match[1]), len(text), len(text) + len(match[2])))
        text += match[2]
        read = match.end()
    return text + marked[read:], tuple(hints)
