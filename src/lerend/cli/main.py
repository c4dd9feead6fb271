"""One entry for all commands, and what happens when something is wrong."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from lerend import __version__
from lerend.cli.attack import add_attack
from lerend.cli.diagnose import add_diagnose
from lerend.cli.estimate import add_estimate
from lerend.cli.model import add_model
from lerend.cli.simulate import add_simulate
from lerend.errors import LerendError, Problem
from lerend.wording import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all went well, 2 when there is something to mend."""
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # more threads make small products slower, and much slower on a busy machine
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except LerendError as error:
        for problem in error.problems:
            print(problem.in_language(options.language), file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except OSError as error:
        where = str(error.filename or "-")
        what = say("This file cannot be read or written ({reason}).", reason=error.strerror or str(error))
        print(
            Problem(where, what, say("Check the name and the rights, and try again.")).in_language(options.language),
            file=sys.stderr,
        )
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lerend", description="Where is most room for improvement, and how sure are we?"
    )
    parser.add_argument("--version", action="version", version=f"lerend {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_attack(commands)
    add_diagnose(commands)
    add_estimate(commands)
    add_model(commands)
    add_simulate(commands)
    return parser
