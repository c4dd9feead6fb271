"""Door 2 started for real: its own process, its own urn, one open wave with cards."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from lerend_web.ops.processes import WHOLE_REQUESTS
from tests.lerend_web.started import started

SOURCE = Path(__file__).parents[3] / "src"
WAVE = "0123456789ABCDEFGHJKMNPQRS"
CLOSES, HEARD_BACK = "2099-11-03", "2099-12-01"

# Runs in a process of its own: door 2's settings and the platform's cannot live in one.
_OPEN_THE_WAVE = """
import base64, json, os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "lerend_web.conf.answering_settings"
django.setup()
from django.core.management import call_command
from lerend_web.urn import passes, sealing, tokens
from lerend_web.urn.domain import intake
call_command("migrate", "urn", database="urn", verbosity=0)
document = json.loads(sys.argv[1])
document["holders"] = [base64.b64encode(sealing.new_key_pair().public).decode()]
document["server"] = base64.b64encode(sealing.new_key_pair().public).decode()
key = tokens.new_token_key()
document["key_groups"][1]["token_key"] = base64.b64encode(tokens.public_part(key)).decode()
intake.start_intake(document=document)
secret = os.urandom(32)
blinding = tokens.blind(tokens.public_part(key), secret)
token = tokens.finalise(tokens.public_part(key), blinding, tokens.blind_sign(key, blinding.blinded))
mail = f"g={document['key_groups'][1]['code']}&s={secret.hex()}&t={token.hex()}"
codes = [passes.new_card_code() for _ in range(int(sys.argv[2]))]
intake.register_cards(key_group=document["key_groups"][0]["code"], hashes=[passes.card_hash(code) for code in codes])
print(json.dumps({"cards": [passes.shown(code) for code in codes], "mail": mail}))
"""


@dataclass
class Door:
    """Where it answers, and what people hold."""

    address: str
    wave: str
    environment: dict[str, str]
    cards: list[str] = field(default_factory=list)
    mail: str = ""
    """The fragment of a link as door 1 leaves it: one finished token."""

    def draw(self) -> str:
        """A card that nobody has used."""
        return self.cards.pop()

    def boxes(self) -> int:
        """How many people's answers lie in the urn."""
        urn = sqlite3.connect(Path(self.environment["LEREND_VAR"]) / "urn.sqlite3")
        try:
            return int(urn.execute("SELECT count(*) FROM urn_box").fetchone()[0])
        finally:
            urn.close()


@contextmanager
def opened_door(folder: Path, *, cards: int = 40) -> Iterator[Door]:
    """Door 2 with one wave that takes answers by card."""
    environment = {"PATH": os.environ["PATH"], "LEREND_VAR": str(folder), "PYTHONPATH": str(SOURCE)}
    cards_made, mail = _opened(environment, cards)
    listening = socket.create_server(("127.0.0.1", 0))
    os.set_inheritable(listening.fileno(), True)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", f"--bind=fd://{listening.fileno()}", "--workers=1", WHOLE_REQUESTS]
    command += ["--threads=4", "--log-level=warning", "lerend_web.conf.answering_wsgi"]
    with started(command, env=environment, pass_fds=[listening.fileno()]):
        listening.close()
        _wait_for(address)
        yield Door(address, WAVE, environment, cards_made, mail)


def open_the_wave(environment: dict[str, str], cards: int) -> list[str]:
    """Make the urn, open the wave in it, and give the codes of its cards."""
    return _opened(environment, cards)[0]


def _opened(environment: dict[str, str], cards: int) -> tuple[list[str], str]:
    document = {
        "wave": WAVE,
        "instrument": "employee-scan@1",
        "k": 5,
        "closes_on": CLOSES,
        "heard_back_on": HEARD_BACK,
        "promise": "Nobody sees who answered what.",
        "promise_digest": "0f1e2d3c4b5a6978" * 4,
        "organisation": "Voorbeeld Zuivel",
        "key_groups": [
            {"code": "GROUP0000000000000000000AA", "mode": "card", "token_key": None},
            {"code": "GROUP0000000000000000000BB", "mode": "mail", "token_key": None},
        ],
    }
    opened = json.loads(run_python(environment, _OPEN_THE_WAVE, json.dumps(document), str(cards)))
    return [str(code) for code in opened["cards"]], str(opened["mail"])


def run_python(environment: dict[str, str], program: str, *arguments: str) -> str:
    command: Sequence[str] = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            with urlopen(f"{address}/health"):  # noqa: S310 -- our own process
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(address)
