"""People who deliver and try again until they hear "received", while somebody kills the processes that listen."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.lerend_web.answering.running import RunningDoor, full_sheet, new_person


@dataclass
class Outcome:
    """Serials whose delivery was acknowledged, serials in the urn, and how often somebody had to try again."""

    acknowledged: list[bytes] = field(default_factory=list)
    stored: list[bytes] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)
    tries_again: int = 0

    @property
    def lost(self) -> set[bytes]:
        return set(self.acknowledged) - set(self.stored)


def kill_often(door: RunningDoor, *, kills: int, clients: int = 4, whole_every: int = 7) -> Outcome:
    """Kill a worker (every seventh time all processes) at random moments while people deliver."""
    outcome, done = Outcome(), threading.Event()
    people = [threading.Thread(target=_deliver_until, args=(door, outcome, done)) for _ in range(clients)]
    for person in people:
        person.start()
    for number in range(1, kills + 1):
        door.wait_until_it_answers()
        time.sleep(random.uniform(0.02, 0.25))  # noqa: S311 -- a moment, not a secret
        if number % whole_every == 0:
            door.kill()
            door.start()
        else:
            for pid in door.workers()[:1]:
                os.kill(pid, signal.SIGKILL)
    door.wait_until_it_answers()
    done.set()
    for person in people:
        person.join()
    outcome.stored = door.serials()
    return outcome


def _deliver_until(door: RunningDoor, outcome: Outcome, done: threading.Event) -> None:
    while not done.is_set() and len(door.cards) > 8:
        card, secret, serial = new_person(door)
        while True:
            try:
                status, _body = door.deliver(full_sheet(card, secret))
            except (OSError, HTTPException):
                status = 0
            if status == 200:
                outcome.acknowledged.append(serial)
                break
            if status == 400:
                outcome.refused.append(serial)
                break
            outcome.tries_again += 1
            time.sleep(0.01)
