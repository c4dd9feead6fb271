"""How long closing, releasing, a page and a file of an outcome take.

    python -m benchmarks.outcomes [--people 500] [--times 20]

A company of made-up people is frozen, released and attacked as at closing, and then every page of its outcome is asked for
and every file taken along, in a database in memory. Prints a Markdown table; times are seconds of the processor,
so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

TEAM = 12


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    _ready()
    print("| what | seconds |\n|---|---|")
    for name, seconds in measured(options.people, options.times):
        print(f"| {name} | {seconds:.3f} |")


def measured(people: int, times: int) -> Iterator[tuple[str, float]]:
    """Every figure, the first asking for a page apart from the later ones."""
    from django.urls import reverse  # noqa: PLC0415 -- Django has to be set up first

    from lerend_web.people.enums import OrganisationRole  # noqa: PLC0415 -- see above
    from lerend_web.scans.domain.releasing import release_wave  # noqa: PLC0415 -- see above
    from lerend_web.workbench.domain.ahead import load_ahead  # noqa: PLC0415 -- see above
    from tests.lerend_web.actors import client_of, place  # noqa: PLC0415 -- see above
    from tests.lerend_web.released import closed_wave  # noqa: PLC0415 -- see above

    load_ahead().join()  # as a server does when it starts
    where = place("A")
    teams = tuple((f"Team {number:02d}", TEAM) for number in range(people // TEAM))
    # The sums are made once before, so that making people up does not count.
    closed_wave(where.organisation, where.programme, name="Warm", people=teams)
    wave = closed_wave(where.organisation, where.programme, name="Round", closed_on=date(2026, 9, 1), people=teams)
    yield f"freeze the answers of {people}", _freezing(where.organisation.name, teams)
    yield "declared tables of five questions", _tabling(where.organisation.name, teams)
    moment = wave.closed_at
    if moment is not None:
        yield "release and attack them", _once(partial(release_wave, wave.frozen, at=moment))
    client = client_of(where.people[OrganisationRole.COMPANY_CONTACT])
    for name, more in PAGES:
        address = reverse(name, args=[wave.pk, *more])
        yield f"{name}, first time", _once(partial(client.get, address))
        later = [_once(partial(client.get, address)) for _time in range(times)]
        yield f"{name}, later (median of {times})", statistics.median(later)
    for slug in ("report", "slides", "workbook"):
        address = reverse("wave-outcome-file", args=[wave.pk, slug])
        yield f"file: {slug}", _once(partial(client.get, address))


PAGES = (
    ("wave-outcome", ()),
    ("wave-outcome-topic", ("psychological_safety",)),
    ("wave-outcome-team", (1,)),
    ("wave-outcome-map", ()),
    ("wave-outcome-rounds", ()),
    ("wave-outcome-trail", ()),
    ("wave-outcome-files", ()),
)


def _freezing(organisation: str, teams: tuple[tuple[str, int], ...]) -> float:
    from lerend.diagnosis.freezing import freeze  # noqa: PLC0415 -- see above
    from tests.lerend_web.released import made_up_answers  # noqa: PLC0415 -- see above

    batch, model, instrument = made_up_answers(organisation, teams, seed=1)
    return _once(lambda: freeze(batch, model=model, instrument=instrument, k=5))


def _tabling(organisation: str, teams: tuple[tuple[str, int], ...]) -> float:
    import numpy as np  # noqa: PLC0415 -- see above

    from lerend.diagnosis.freezing import freeze  # noqa: PLC0415 -- see above
    from lerend_web.scans.domain.declared_tables import declared_questions, frozen_tables  # noqa: PLC0415 -- see above
    from tests.lerend_web.released import made_up_answers  # noqa: PLC0415 -- see above

    batch, model, instrument = made_up_answers(organisation, teams, seed=1)
    frozen = freeze(batch, model=model, instrument=instrument, k=5)
    generator = np.random.default_rng(1)
    chosen = {
        question: generator.choice([option for option, _text in question.options], len(batch.codes)).tolist()
        for question in declared_questions(instrument)
    }
    everybody = np.ones(len(batch.codes), dtype=bool)
    return _once(partial(frozen_tables, batch, frozen, chosen, instrument=instrument, who=everybody))


def _once(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def _ready() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.setdefault("LEREND_VAR", tempfile.mkdtemp())
    import django  # noqa: PLC0415 -- only a benchmark that runs needs it

    django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415 -- see above

    setup_test_environment()
    from django.conf import settings  # noqa: PLC0415 -- see above
    from django.test.runner import DiscoverRunner  # noqa: PLC0415 -- see above

    settings.ALLOWED_HOSTS = ["testserver"]
    DiscoverRunner(verbosity=0).setup_databases()


if __name__ == "__main__":
    main()
