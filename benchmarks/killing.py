"""Kills the answering processes many times while people deliver; nothing acknowledged may be lost.

python -m benchmarks.killing [--kills 200] [--clients 6]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.lerend_web.answering.killing import kill_often
from tests.lerend_web.answering.running import running_door


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=6)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_door(Path(folder), cards=150 * chosen.kills) as door:
        outcome = kill_often(door, kills=chosen.kills, clients=chosen.clients)
    doubled = len(outcome.stored) - len(set(outcome.stored))
    print(f"kills {chosen.kills}, acknowledged {len(outcome.acknowledged)}, tried again {outcome.tries_again}")
    print(f"lost {len(outcome.lost)}, refused {len(outcome.refused)}, doubled {doubled}")
    return 1 if outcome.lost or outcome.refused or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
