"""`lerend simulate`: a made-up programme with a known truth; `lerend simulate loop` runs many of them over five years."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lerend.cli.options import add_language
from lerend.cli.simulate_loop import add_simulate_loop
from lerend.errors import LerendError, Problem
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.cli.options import Commands
    from lerend.simulate.world import WorldSettings


def add_simulate(commands: Commands) -> None:
    parser = commands.add_parser("simulate", help="make up a programme of companies with a known truth")
    parser.add_argument("--companies", type=int, default=12, help="how many companies (default: 12)")
    parser.add_argument(
        "--people", default="30-150", metavar="LOW-HIGH", help="people who answer per company (default: 30-150)"
    )
    parser.add_argument("--out", type=Path, help="write the answers here (.csv)")
    parser.add_argument("--truth", type=Path, help="write what is really so here (.json)")
    parser.add_argument(
        "--world", default="none", help="what the diagnosis does not assume: none, confounded, skewed, careless"
    )
    parser.add_argument(
        "--weakest", default="", help="factors with most room, comma between them (default: left to chance)"
    )
    parser.add_argument("--short", action="store_true", help="everybody answers the short form")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same programme")
    add_language(parser)
    parser.set_defaults(run=_simulate)
    add_simulate_loop(parser.add_subparsers(metavar="loop"))


def _simulate(options: argparse.Namespace) -> int:
    from lerend.model import load_model_and_instrument  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.simulate.programme import simulate_programme  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.simulate.writing import answers_as_csv, truth_as_json  # noqa: PLC0415 -- each command loads only what it needs

    if options.out is None:
        what = say("It is not known where to write the answers.")
        raise LerendError([Problem("--out", what, say("Give a file, such as --out programme.csv."))])
    model, instrument = load_model_and_instrument("lerend")
    programme = simulate_programme(model, instrument, _world(options), seed=options.seed, short=options.short)
    options.out.write_text(answers_as_csv(programme), encoding="utf-8", newline="")
    if options.truth is not None:
        options.truth.write_text(truth_as_json(programme, model), encoding="utf-8")
    people = len(programme.filled.form)
    done = say(
        "A simulated programme: {people} people in {companies} companies, written to {path}.",
        people=people,
        companies=options.companies,
        path=str(options.out),
    )
    print(done.in_language(options.language))
    return 0


def _world(options: argparse.Namespace) -> WorldSettings:
    from lerend.simulate.world import Trouble, WorldSettings  # noqa: PLC0415 -- each command loads only what it needs

    low, _, high = options.people.partition("-")
    troubles = tuple(trouble.value for trouble in Trouble)
    if not (low.isdigit() and (high or low).isdigit() and 1 <= int(low) <= int(high or low)):
        what = say("“{people}” is no number of people.", people=options.people)
        raise LerendError(
            [Problem("--people", what, say("Write the smallest and the largest number, such as 30-150."))]
        )
    if options.companies < 1:
        raise LerendError(
            [Problem("--companies", say("There must be at least one company."), say("Use 12, for example."))]
        )
    if options.world not in troubles:
        what = say("There is no world called “{world}”.", world=options.world)
        raise LerendError([Problem("--world", what, say("There are: {names}.", names=troubles))])
    return WorldSettings(
        companies=options.companies,
        people=(int(low), int(high or low)),
        trouble=Trouble(options.world),
        weakest=tuple(name for name in options.weakest.split(",") if name),
        leaders_see_more=0.35,
    )
