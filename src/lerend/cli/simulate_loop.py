"""`lerend simulate loop`: whole programmes by today's practice and by this library, with a known truth."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lerend.cli.options import add_language
from lerend.errors import LerendError, Problem
from lerend.wording import Language, say

if TYPE_CHECKING:
    from lerend.cli.options import Commands
    from lerend.loop.comparing import Spread
    from lerend.loop.plan import Section
    from lerend.loop.world.numbers import Stress

_ALL = "all"
_FEWEST = 2


def add_simulate_loop(commands: Commands) -> None:
    """The command below `lerend simulate`."""
    parser = commands.add_parser("loop", help="compare today's practice with lerend over five years")
    parser.add_argument("--programmes", type=int, default=200, help="how many (default: 200)")
    parser.add_argument(
        "--world", default=_ALL, help="all, none, no_effects, attrition, hunch, growing, ceiling (default: all)"
    )
    parser.add_argument("--companies", type=int, default=20, help="companies in a programme (default: 20)")
    parser.add_argument("--years", type=int, default=5, help="years of a programme (default: 5)")
    parser.add_argument("--seed", type=int, default=0, help="of the first programme (default: 0)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processors to use (default: all)")
    add_language(parser)
    parser.set_defaults(run=_simulate_loop)


def _simulate_loop(options: argparse.Namespace) -> int:
    from lerend.loop.comparing import compare  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.loop.plan import sections_of  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.loop.table import aim_told, table_of  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.loop.world.numbers import Numbers, Stress  # noqa: PLC0415 -- each command loads only what it needs

    _check(options)
    sections = sections_of(options.programmes, _worlds(options.world))
    progress = _Progress(sections, options.language)
    with _spread(options.workers) as spread:
        for section in sections:
            found = compare(
                section.practices,
                numbers=Numbers(companies=options.companies, years=options.years, stress=section.stress),
                programmes=section.programmes,
                seed=options.seed,
                spread=spread,
                done=progress.step,
            )
            progress.clear()
            print(table_of(found, options.language), end="\n\n", flush=True)
            if section is sections[0] and section.stress is Stress.NONE:
                print(aim_told(found).in_language(options.language), end="\n\n")
    return 0


class _Progress:
    """How many programmes are done, on the line of errors, so that the tables can go to a file."""

    def __init__(self, sections: tuple[Section, ...], language: Language) -> None:
        self._all = sum(section.programmes for section in sections)
        self._done = 0
        self._language = language

    def step(self) -> None:
        self._done += 1
        told = say("{done} of {all} programmes", done=self._done, all=self._all)
        print(f"\r{told.in_language(self._language)}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        print("\r", end="", file=sys.stderr, flush=True)


@contextmanager
def _spread(workers: int) -> Iterator[Spread]:
    if workers == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 -- each command loads only what it needs
    from multiprocessing import get_context  # noqa: PLC0415 -- each command loads only what it needs

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool.map


def _check(options: argparse.Namespace) -> None:
    if options.programmes < _FEWEST:
        what = say("There must be at least two programmes, or there is no interval.")
        raise LerendError([Problem("--programmes", what, say("Use 200, for example."))])
    if options.companies < _FEWEST:
        what = say("There must be at least two companies.")
        raise LerendError([Problem("--companies", what, say("Use 20, for example."))])
    if min(options.years, options.workers) < 1:
        what = say("There must be at least one year, and one processor.")
        where = "--years" if options.years < 1 else "--workers"
        raise LerendError([Problem(where, what, say("Use 2, for example."))])


def _worlds(name: str) -> tuple[Stress, ...]:
    from lerend.loop.world.numbers import Stress  # noqa: PLC0415 -- each command loads only what it needs

    names = tuple(stress.value for stress in Stress)
    if name == _ALL:
        return tuple(Stress)
    if name not in names:
        what = say("There is no world called “{world}”.", world=name)
        raise LerendError([Problem("--world", what, say("There are: {names}.", names=(_ALL, *names)))])
    return (Stress(name),)
