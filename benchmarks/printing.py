"""What printing a release costs: the report of a company and the sheets of its teams, as PDF.

    python -m benchmarks.printing

Seconds of wall time in this process, the smallest and the largest of several runs; the first one includes loading the
typesetter. Prints a Markdown table.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from lerend.answers.table import Reading
from lerend.diagnosis.diagnose import Origin
from lerend.diagnosis.freezing import freeze
from lerend.model import load_model_and_instrument
from lerend.release.gate import release_of
from lerend.release.value import Release, Wave
from lerend.report.printed import report_pdf, team_sheet_pdf
from lerend.simulate.programme import simulate_programme
from lerend.simulate.world import WorldSettings
from lerend.wording import LANGUAGES

MODEL, INSTRUMENT = load_model_and_instrument("lerend")
RUNS = 5


def main() -> None:
    release = made_up(people=300)
    paths = [team.path for team in release.diagnosis.teams]
    print("| what | first s | smallest s | largest s | kB |")
    print("|---|---|---|---|---|")
    for language in LANGUAGES:
        whole: dict[str, Any] = {"model": MODEL, "instrument": INSTRUMENT, "language": language}
        print(_row(f"report of a company, {language}", [partial(report_pdf, release, **whole)] * RUNS))
        sheets = [partial(team_sheet_pdf, release, path, **whole) for path in paths]
        print(_row(f"sheet of a team, {len(paths)} teams, {language}", sheets))


def made_up(*, people: int) -> Release:
    """One company, through the gate."""
    settings = WorldSettings(companies=1, people=(people, people))
    batch = simulate_programme(MODEL, INSTRUMENT, settings, seed=5).filled.batch
    return release_of(
        freeze(batch, model=MODEL, instrument=INSTRUMENT, k=5),
        model=MODEL,
        instrument=INSTRUMENT,
        wave=Wave("w1", "Najaar 2026", "Voorbeeld 01"),
        made_on="2026-09-18",
        origin=Origin(Reading(), "0" * 64, ("company", "team"), simulated=True),
        draws=200,
    )


def _row(what: str, jobs: Sequence[Callable[[], bytes]]) -> str:
    seconds, size = [], 0
    for job in jobs:
        started = time.perf_counter()
        size = max(size, len(job()))
        seconds.append(time.perf_counter() - started)
    return f"| {what} | {seconds[0]:.2f} | {min(seconds):.2f} | {max(seconds):.2f} | {size // 1000} |"


if __name__ == "__main__":
    main()
