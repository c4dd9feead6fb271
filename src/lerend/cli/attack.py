"""`lerend attack`: independent attackers on what was released."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from lerend.cli.options import add_language
from lerend.errors import LerendError, Problem
from lerend.wording import say, say_many

if TYPE_CHECKING:
    from lerend.attack.breach import Breach, Outcome
    from lerend.attack.crowd import Headcount, Truth
    from lerend.cli.options import Commands
    from lerend.wording import Language


def add_attack(commands: Commands) -> None:
    parser = commands.add_parser("attack", help="try to find out from releases what single people answered")
    parser.add_argument("release", type=Path, nargs="+", help="releases of one organisation, oldest first")
    parser.add_argument("--people", type=Path, help="numbers of people per unit (.csv: unit,people)")
    parser.add_argument(
        "--truth", type=Path, action="append", default=[], help="made-up people (.json); once, or once per release"
    )
    parser.add_argument("--json", action="store_true", help="print what was found as data")
    add_language(parser)
    parser.set_defaults(run=_attack)


def _attack(options: argparse.Namespace) -> int:
    from lerend.attack.attack import attack  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.attack.crowd import read_headcount, read_truth  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.attack.shown import read_shown  # noqa: PLC0415 -- each command loads only what it needs

    if options.people and options.truth:
        what = say("Give numbers of people or made-up people, not both.")
        raise LerendError([Problem("--people", what, say("Made-up people hold their own numbers."))])
    shown = read_shown([path.read_text("utf-8") for path in options.release], [str(path) for path in options.release])
    known: Truth | Headcount | None = None
    if options.truth:
        known = read_truth([path.read_text("utf-8") for path in options.truth], len(options.release))
    elif options.people:
        known = read_headcount(options.people.read_text("utf-8"))
    outcome = attack(shown, known)
    print(_data(outcome) if options.json else "\n".join(_words(outcome, options.language)))
    return 1 if outcome.breaches or outcome.wrong else 0


_MOST = 20
"""Breaches in words; more of them say no more."""


def _words(outcome: Outcome, language: Language) -> list[str]:
    lines = [_line(breach, language) for breach in outcome.breaches[:_MOST]]
    rest = len(outcome.breaches) - len(lines)
    if rest > 0:
        lines.append(say_many("And {count} more.", "And {count} more.", rest).in_language(language))
    untrue = [say("Not as in the made-up truth: {figure}.", figure=figure) for figure in outcome.wrong[:_MOST]]
    lines += [message.in_language(language) for message in untrue]
    looked = say("Looked at {figures} figures and {kinds} kinds of people.", figures=outcome.tried, kinds=outcome.asked)
    lines.append(looked.in_language(language))
    if not outcome.asked:
        lines.append(
            say(
                "Without numbers of people (--people) only what is certain for every possible number was found."
            ).in_language(language)
        )
    found = say_many("{count} breach.", "{count} breaches.", len(outcome.breaches))
    none = say("Nothing was found about fewer people than promised.")
    lines.append((found if outcome.breaches else none).in_language(language))
    return lines


def _line(breach: Breach, language: Language) -> str:
    told = (
        "" if breach.right is not False else " " + say("(In the made-up truth this is not so.)").in_language(language)
    )
    return f"[{breach.attacker}] {breach.about}: {breach.how.in_language(language)}{told}"


def _data(outcome: Outcome) -> str:
    breaches = [{**asdict(breach), "how": breach.how.in_language("en")} for breach in outcome.breaches]
    whole = {
        "breaches": breaches,
        "wrong": list(outcome.wrong),
        "figures": outcome.tried,
        "kinds": outcome.asked,
        "unsure": outcome.unsure,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)
