"""A round's invitations sent by real workers that somebody kills, to a mail server on this machine."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.lerend_web.scans.mail_server import MailServer, mail_server

Ask = Callable[[str], list[tuple[Any, ...]]]
"""Runs a statement in the register and gives its rows."""
JOBS: Final = "django_tasks_database_dbtaskresult"
EARLIER: Final = "'2026-09-07 06:00:00'"
"""As SQLite keeps it, where moments are compared as texts."""
PATIENCE: Final = 60
_HOME: Final = Path(__file__).parents[3]
# Not what tests are run with: a worker must read the settings that an operator has.
_OURS: Final = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{_HOME / 'src'}:{_HOME}", "LEREND_DEMO": "no"}


@dataclass
class Outcome:
    """What arrived, and what a reader of the table of jobs and of everything that workers print found in between."""

    kills: int = 0
    got: Counter[str] = field(default_factory=Counter)
    seen: str = ""
    jobs_seen: int = 0
    jobs_left: int = -1
    states: Counter[str] = field(default_factory=Counter)
    secrets: set[str] = field(default_factory=set)

    @property
    def doubled(self) -> int:
        return sum(self.got.values()) - len(self.got)

    @property
    def leaked(self) -> list[str]:
        return [trace for trace in {*self.got, *self.secrets} if trace in self.seen]


def send_and_kill(folder: Path, ask: Ask, environment: Mapping[str, str], *, people: int, kills: int) -> Outcome:
    """Kill the worker at random moments, let the claim and the lease run out, and start another."""
    outcome = Outcome()
    with mail_server() as server, (folder / "said").open("ab") as said:
        server.handle_error = _hung_up  # type: ignore[method-assign]  # its own prints a traceback
        own = {**_OURS, **environment, "LEREND_MAIL_URL": f"smtp://127.0.0.1:{server.port}"}
        seeding = [sys.executable, "-m", __name__, str(people)]
        subprocess.run(seeding, env=own, stdout=said, stderr=said, check=True)
        for number in range(kills):
            with _worker(own, said):
                _wait_for_mails(server, people * (number + random.random()) / kills)  # noqa: S311 -- a moment, not a secret
            outcome.kills += 1
            _look(ask, outcome)
            _let_time_pass(ask)
        with _worker(own, said):
            _wait_until_nothing_waits(ask)
        outcome.got = Counter(server.recipients)
        outcome.secrets = {_secret(str(message.get_content())) for message in server.taken}
    outcome.jobs_left = _count(ask, f"SELECT count(*) FROM {JOBS}")  # noqa: S608 -- our own words only
    outcome.states = Counter(str(row[0]) for row in ask("SELECT state FROM scans_invitation"))
    outcome.seen += (folder / "said").read_text()
    return outcome


def in_file(path: Path) -> Ask:
    def ask(statement: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(path, timeout=20)
        try:
            with connection:
                return connection.execute(statement).fetchall()
        finally:
            connection.close()

    return ask


@contextmanager
def _worker(environment: Mapping[str, str], said: Any) -> Iterator[None]:
    """Killed at the end, whatever it is doing then."""
    command = [sys.executable, "-m", "lerend_web", "work", "--every=0.2"]
    worker = subprocess.Popen(command, env=dict(environment), stdout=said, stderr=said)
    try:
        yield
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()


def _hung_up(request: object, client_address: object) -> None:
    """A killed worker hangs up on the mail server, which is no fault of it."""


def _wait_for_mails(server: MailServer, mails: float) -> None:
    end = time.monotonic() + PATIENCE
    while len(server.taken) <= mails:
        assert time.monotonic() < end, f"{len(server.taken)} mails after {PATIENCE} seconds, not more than {mails:.0f}"
        time.sleep(0.0005)


def _wait_until_nothing_waits(ask: Ask) -> None:
    end = time.monotonic() + PATIENCE
    while _count(ask, "SELECT count(*) FROM scans_invitation WHERE next_try_at IS NOT NULL") or _count(
        ask,
        f"SELECT count(*) FROM {JOBS}",  # noqa: S608 -- our own words only
    ):
        assert time.monotonic() < end, "mails or jobs are left"
        time.sleep(0.2)


def _look(ask: Ask, outcome: Outcome) -> None:
    rows = ask(f"SELECT * FROM {JOBS}")  # noqa: S608 -- our own words only
    outcome.jobs_seen += len(rows)
    outcome.seen += "\n".join(str(row) for row in rows)


def _let_time_pass(ask: Ask) -> None:
    """Ten minutes, as far as what the killed one had claimed can tell."""
    ask(f"UPDATE scans_invitation SET next_try_at = {EARLIER} WHERE next_try_at IS NOT NULL RETURNING id")  # noqa: S608 -- our own words only
    ask(f"UPDATE {JOBS} SET started_at = {EARLIER} WHERE status = 'RUNNING' RETURNING id")  # noqa: S608 -- our own words only


def _count(ask: Ask, statement: str) -> int:
    return int(ask(statement)[0][0])


def _secret(text: str) -> str:
    return text.partition("/start/#")[2].split()[0].partition(".")[2]


def seed(people: int) -> None:
    """A round by mail with everybody's invitation in the outbox; on files the databases are made first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lerend_web.conf.settings")
    import django  # noqa: PLC0415 -- the other half of this file knows no Django

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- only after Django is set up

    from lerend_web.ops.upgrade import bring_up_to_date  # noqa: PLC0415 -- only after Django is set up
    from lerend_web.scans.domain.outbox import send_invitations  # noqa: PLC0415 -- only after Django is set up
    from tests.lerend_web.scans.dairy import OPENS, new_dairy, opened_by_mail  # noqa: PLC0415 -- the same

    if not settings.DATABASE_ROLES:
        bring_up_to_date()
    dairy = new_dairy({f"Team {number}": people // 5 for number in range(5)})
    send_invitations(wave=opened_by_mail(dairy), by=dairy.contact, at=OPENS)


if __name__ == "__main__":
    seed(int(sys.argv[1]))
