"""Whether the time of a refusal tells its reason: CPU time of a delivery for every kind of wrong pass.

    python -m benchmarks.refusals [--rounds 400]

In one process, kinds in turn, so that everything else on the machine hits all kinds alike. What is compared are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from statistics import median
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "lerend_web.conf.answering_settings"
os.environ["LEREND_VAR"] = tempfile.mkdtemp()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=400)
    rounds = parser.parse_args().rounds
    for family, kinds in _kinds().items():
        times = _measured(kinds, rounds)
        middle = median(times.values())
        print(f"{family}: median {middle:.3f} ms")
        for name, value in times.items():
            print(f"  {name:24} {value:.3f} ms  {100 * (value / middle - 1):+.1f} %")


def _kinds() -> dict[str, dict[str, Any]]:
    import django  # noqa: PLC0415 -- after the settings are chosen

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- Django must be set up first

    call_command("migrate", "urn", database="urn", verbosity=0)
    from lerend_web.urn import passes  # noqa: PLC0415 -- Django must be set up first
    from lerend_web.urn.domain import boxes  # noqa: PLC0415 -- Django must be set up first
    from lerend_web.urn.domain.sheet import checked_sheet  # noqa: PLC0415 -- Django must be set up first
    from tests.lerend_web.urn import waves  # noqa: PLC0415 -- Django must be set up first

    wave, other = waves.made_wave(), waves.made_wave()
    taken, void = wave.cards[wave.packers][:2]
    sheet = checked_sheet(waves.INSTRUMENT, waves.filled_in())
    boxes.deliver(wave=wave.code, secret=waves.new_secret(), card=taken, signature=None, key_group=None, sheet=sheet)
    boxes.void_cards(key_groups=[wave.packers])
    secret = waves.new_secret()
    good = waves.signature_over(secret)
    mail = {**waves.filled_in(), "wave": wave.code, "secret": secret.hex(), "key_group": wave.office}
    card = {**waves.filled_in(), "wave": wave.code, "secret": secret.hex()}
    return {
        "signatures": {
            "flipped bit": mail | {"signature": (good[:-1] + bytes([good[-1] ^ 1])).hex()},
            "other key": mail | {"signature": waves.signature_over(secret, key="other").hex()},
            "length 255": mail | {"signature": good[:-1].hex()},
            "length 257": mail | {"signature": good.hex() + "00"},
            "not below n": mail | {"signature": (good[:32] + b"\xff" * 256).hex()},
            "empty": mail | {"signature": ""},
            "other key group": mail | {"signature": good.hex(), "key_group": wave.packers},
            "unknown key group": mail | {"signature": good.hex(), "key_group": "none"},
            "secret of 31 bytes": mail | {"signature": good.hex(), "secret": secret[:31].hex()},
            "secret of 33 bytes": mail | {"signature": good.hex(), "secret": secret.hex() + "00"},
        },
        "cards": {
            "unknown": card | {"card": passes.new_card_code()},
            "taken": card | {"card": taken},
            "void": card | {"card": void},
            "of another wave": card | {"card": other.cards[other.packers][0]},
            "no code": card | {"card": ""},
        },
    }


def _measured(kinds: dict[str, Any], rounds: int) -> dict[str, float]:
    from django.test import Client  # noqa: PLC0415 -- Django must be set up first

    client = Client(headers={"host": "localhost"})
    sent = {name: (f"/{data.pop('wave')}/deliver", json.dumps(data)) for name, data in kinds.items()}
    times: dict[str, list[float]] = {name: [] for name in sent}
    for number in range(rounds + 5):
        for name, (address, body) in sent.items():
            begin = time.process_time()
            answer = client.post(address, body, content_type="application/json")
            spent = 1000 * (time.process_time() - begin)
            assert answer.status_code == 400
            if number >= 5:  # the first ones read what is kept afterwards
                times[name].append(spent)
    return {name: median(values) for name, values in times.items()}


if __name__ == "__main__":
    main()
