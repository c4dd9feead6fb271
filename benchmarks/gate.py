"""Whether what is released withstands the attackers, and how much of it is left to show.

    python -m benchmarks.gate --companies 5000

Makes up companies, releases each through the command line (`lerend diagnose --release`), and sets `lerend.attack` on the
file, with the truth at hand so that the attackers know exactly how many people answered what. The same attackers have to
break a naive release: every unit with k answers, exact means. Prints a Markdown table; ends with 1 on a breach.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.gate_companies import Company, company
from lerend.attack.attack import attack, bounded, derivable
from lerend.attack.breach import Outcome
from lerend.attack.crowd import Truth, read_truth
from lerend.attack.shown import read_shown
from lerend.cli import main as lerend

K = 5
ABOUT_A_MANAGER = ("supervisor_support", "participative_leadership", "learning_role_models")


@dataclass(slots=True)
class Tally:
    """What became of all companies together."""

    companies: int = 0
    breached: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    nothing: int = 0
    naive: int = 0
    naive_broken: int = 0
    naive_bounded: int = 0
    naive_cells: int = 0
    numbers: int = 0
    words: int = 0
    leader_cells: int = 0
    leader_shown: int = 0
    figures: int = 0
    seconds_release: float = 0.0
    seconds_attack: float = 0.0


def released(made: Company, folder: Path) -> str | None:
    """The file that the gate lets through; None where it lets through nothing."""
    answers, out = folder / "answers.csv", folder / "release.json"
    answers.write_text(made.csv, encoding="utf-8", newline="")
    out.unlink(missing_ok=True)
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = lerend(
            ["diagnose", str(answers), "--by", made.by, "--draws", "100", "--language", "en", "--release", str(out)]
        )
    if code != 0 and "few" not in said.getvalue():
        raise RuntimeError(said.getvalue())
    return out.read_text("utf-8") if out.exists() else None


def naive_release(truth: Truth, k: int = K) -> str:
    """What a threshold alone lets through: every unit with k answers to a scale, exact means, no atoms."""
    cells = []
    for scale in truth.items:
        for name, groups, members in _units(truth, scale):
            if len(members) >= k:
                cells.append(_cell(name, groups, scale, members))
    return json.dumps({"kind": "lerend/release", "format": 1, "wave": {"code": "naive"}, "k": k, "cells": cells})


def rounded_release(truth: Truth, k: int = K) -> str:
    """Whole atoms and rounded means, but numbers too where everybody answered the same: the gate without its last rule."""
    found = json.loads(naive_release(truth, k))
    leaves = {tuple(group) for cell in found["cells"] for group in cell["groups"]}
    found["cells"] = [cell for cell in found["cells"] if tuple(cell["name"]) in leaves]
    for cell in found["cells"]:
        cell["mean"] = round(cell["mean"], 1)
    return json.dumps(found)


def _units(truth: Truth, scale: str) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]], list[dict[str, int]]]]:
    people = [(place, person.answers) for person in truth.answered(scale) if (place := person.places[0]) is not None]
    names = {place[:depth] for place, _ in people for depth in range(len(place) + 1)}
    for name in sorted(names):
        inside = [(place, dict(answers)) for place, answers in people if place[: len(name)] == name]
        items = truth.items[scale]
        yield (
            name,
            sorted({place for place, _ in inside}),
            [{item: answers[item] for item in items if item in answers} for _, answers in inside],
        )


def _cell(
    name: tuple[str, ...], groups: list[tuple[str, ...]], scale: str, members: list[dict[str, int]]
) -> dict[str, Any]:
    means = []
    for item in {item for answers in members for item in answers}:
        given = [answers[item] for answers in members if item in answers]
        means.append(sum(given) / len(given))
    mean = sum(means) / len(means)
    people = {"low": len(members), "high": len(members)}
    return {"table": "units", "name": name, "groups": groups, "scale": scale, "people": people, "mean": mean}


def judge(tally: Tally, seed: int, folder: Path) -> Outcome | None:
    """One company through the gate, and all attackers on what came out."""
    made = company(seed)
    truth = read_truth([made.truth], 1)
    began = time.perf_counter()
    text = released(made, folder)
    middle = time.perf_counter()
    outcome = attack(read_shown([text]), truth) if text else None
    tally.seconds_release += middle - began
    tally.seconds_attack += time.perf_counter() - middle
    tally.companies += 1
    if text is None or outcome is None:
        tally.nothing += 1
        return None
    tally.figures += outcome.tried
    tally.breached += [seed] if outcome.breaches else []
    tally.wrong += [seed] if outcome.wrong else []
    _count_shown(tally, json.loads(naive_release(truth)), json.loads(text))
    return outcome


def judge_naive(tally: Tally, seed: int) -> None:
    """The same attackers on a naive release, and on one without the rule on the ends of the scale."""
    truth = read_truth([company(seed).truth], 1)
    tally.naive += 1
    tally.naive_broken += next(derivable(read_shown([naive_release(truth)]), truth), None) is not None
    tally.naive_bounded += next(bounded(read_shown([rounded_release(truth)]), truth), None) is not None


def _count_shown(tally: Tally, naive: Mapping[str, Any], real: Mapping[str, Any]) -> None:
    kept = {(tuple(cell["name"]), cell["scale"]): cell for cell in real["cells"] if cell["table"] == "units"}
    for cell in naive["cells"]:
        shown = kept.get((tuple(cell["name"]), cell["scale"]))
        if cell["scale"] in ABOUT_A_MANAGER:
            tally.leader_cells += 1
            tally.leader_shown += shown is not None
            continue
        tally.naive_cells += 1
        tally.numbers += shown is not None and "mean" in shown
        tally.words += shown is not None and "words" in shown


def table(tally: Tally) -> str:
    def share(part: int, whole: int) -> str:
        return f"{100 * part / max(whole, 1):.1f} %"

    made = max(tally.companies, 1)
    rows = [
        ("companies", str(tally.companies)),
        ("of which nothing could be released", str(tally.nothing)),
        ("figures attacked", str(tally.figures)),
        ("**breaches** (companies)", str(len(tally.breached))),
        ("figures that are not those of the truth (companies)", str(len(tally.wrong))),
        ("naive release broken by subtraction or row space", share(tally.naive_broken, tally.naive)),
        ("without the rule on the ends of the scale: somebody bounded", share(tally.naive_bounded, tally.naive)),
        ("naive cells published as numbers", share(tally.numbers, tally.naive_cells)),
        ("naive cells published in words", share(tally.words, tally.naive_cells)),
        ("the same of scales about a manager (from 10)", share(tally.leader_shown, tally.leader_cells)),
        ("seconds per company, release", f"{tally.seconds_release / made:.2f}"),
        ("seconds per company, attack", f"{tally.seconds_attack / made:.2f}"),
    ]
    return "\n".join(["| what | how much |", "|---|---|", *(f"| {what} | {much} |" for what, much in rows)])


def run(companies: int, first: int = 0) -> Tally:
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + companies):
            outcome = judge(tally, seed, Path(folder))
            for breach in (outcome.breaches if outcome else ())[:3]:
                print(
                    f"seed {seed}: [{breach.attacker}] {breach.about}: {breach.how.in_language('en')}", file=sys.stderr
                )
            for wrong in (outcome.wrong if outcome else ())[:3]:
                print(f"seed {seed}: not as in the truth: {wrong}", file=sys.stderr)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=500)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    tally = run(options.companies, options.first)
    for seed in range(options.first, options.first + options.companies):
        judge_naive(tally, seed)
    print(table(tally))
    return 1 if tally.breached or tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
