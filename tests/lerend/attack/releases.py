"""Small releases and people by hand, in the form of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lerend.attack.attack import attack
from lerend.attack.breach import Attacker, Outcome
from lerend.attack.crowd import Headcount, Truth, read_truth
from lerend.attack.shown import Shown, read_shown


def cell(name: Sequence[str], groups: Sequence[Sequence[str]], mean: float | str, **more: Any) -> dict[str, Any]:
    """A mean (or a word) about a group; `people` is a pair of ends."""
    what = {"words": mean} if isinstance(mean, str) else {"mean": mean}
    low, high = more.pop("people", (5, 9))
    band = {"low": low, "high": high}
    return {"table": "units", "name": name, "groups": groups, "scale": "trust", "people": band, **what, **more}


def release(*cells: Mapping[str, Any], wave: str = "w1", **more: Any) -> str:
    whole = {"kind": "lerend/release", "format": 1, "wave": {"code": wave}, "k": 5, "cells": cells, **more}
    return json.dumps(whole)


def people(**teams: Sequence[int]) -> list[dict[str, Any]]:
    """Everybody's answers to the one item of the scale, by team; ids are the team and a number."""
    return [
        {"id": f"{team}{index}", "path": ["A", team], "answers": [answer]}
        for team, answers in teams.items()
        for index, answer in enumerate(answers)
    ]


def truth(*waves: Sequence[Mapping[str, Any]]) -> Truth:
    files = [json.dumps({"scales": {"trust": ["t1"]}, "items": ["t1"], "people": wave}) for wave in waves]
    return read_truth(files, len(files))


def found(texts: Sequence[str], known: Truth | Headcount | None = None) -> Outcome:
    return attack(read_shown(texts), known)


def attackers(outcome: Outcome) -> set[Attacker]:
    return {breach.attacker for breach in outcome.breaches}


def shown(*texts: str) -> Shown:
    return read_shown(texts)
