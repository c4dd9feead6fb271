"""Kills the worker many times while it sends a round's invitations; nobody may be left out, and no trace may stay.

python -m benchmarks.mailing [--people 1000] [--kills 20]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.lerend_web.scans.killed_mailing import in_file, send_and_kill


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    chosen = parser.parse_args()
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ask = in_file(folder / "register.sqlite3")
        outcome = send_and_kill(folder, ask, {"LEREND_VAR": name}, people=chosen.people, kills=chosen.kills)
    left_out = chosen.people - len(outcome.got)
    print(f"kills {outcome.kills}, mails {sum(outcome.got.values())}, {time.perf_counter() - begin:.0f} s")
    print(f"left out {left_out}, doubled {outcome.doubled}, most to one address {max(outcome.got.values())}")
    print(f"rows of jobs read after a kill {outcome.jobs_seen}, left at the end {outcome.jobs_left}")
    print(f"addresses and secrets in them or in what was printed: {len(outcome.leaked)}")
    is_wrong = left_out or outcome.doubled > outcome.kills or outcome.leaked or outcome.jobs_left
    return 1 if is_wrong else 0


if __name__ == "__main__":
    sys.exit(main())
