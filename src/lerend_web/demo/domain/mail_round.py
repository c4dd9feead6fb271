"""The round of Voorbeeld Bakkerij: by mail, so that a visitor can walk that way too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from lerend_web.demo.company import BAKKERIJ
from lerend_web.demo.domain.cast import Cast
from lerend_web.demo.domain.open_round import give_keys, plan_round
from lerend_web.organisations.models import Organisation
from lerend_web.scans.domain.invitations import NewAddress, take_addresses
from lerend_web.scans.domain.key_groups import Path, tree_of
from lerend_web.scans.domain.opening import open_wave
from lerend_web.scans.domain.outbox import send_invitations
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave

NOOR: Final = "noor@bakkerij.example"
"""Mails go in the order of addresses, so that hers, the last, is on top of what was kept."""


def make_mail_round(cast: Cast, *, at: datetime) -> Wave:
    """A round that is open, with everybody's invitation in the outbox. Its key files are not kept: nobody closes it."""
    organisation = Organisation.objects.get(name=BAKKERIJ)
    wave = plan_round(cast, organisation, Mode.MAIL, at=at)
    give_keys(wave, cast, at=at)
    addresses = tuple(_addresses(tree_of(organisation).people))
    take_addresses(wave=wave, addresses=addresses, by=cast.marloes, at=at)
    open_wave(wave=wave, by=cast.marloes, at=at)
    send_invitations(wave=wave, by=cast.marloes, at=at)
    return wave


def _addresses(people: Mapping[Path, int]) -> Iterator[NewAddress]:
    """Noor's, in the first team, and numbers for everybody else."""
    places = [path for path, headcount in people.items() for _person in range(headcount)]
    for number, path in enumerate(places):
        yield NewAddress(NOOR if number == 0 else f"collega-{number:02d}@bakkerij.example", path)
