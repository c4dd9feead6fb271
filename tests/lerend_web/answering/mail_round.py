"""A round by mail that is open now, for measuring: teams of twenty, and what every invitation shows at door 1."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

from lerend_web.scans.domain.invitation_secrets import mail_key_of, secret_for, shown_for
from lerend_web.scans.domain.opening import open_wave
from lerend_web.urn.tokens import public_part
from tests.lerend_web.scans.dairy import add_holders, invite_everybody, new_dairy, plan


def open_mail_round(people: int, *, at: datetime) -> dict[str, Any]:
    dairy, today = new_dairy({f"Team {number}": 20 for number in range(-(-people // 20))}), at.date()
    dates = {"opens_on": today, "closes_on": today + timedelta(21), "heard_back_on": today + timedelta(42)}
    wave = plan(dairy, mode="mail", **dates)
    add_holders(wave, dairy)
    invite_everybody(wave, dairy)
    wave = open_wave(wave=wave, by=dairy.contact, at=at)
    key = mail_key_of(wave)
    rows = wave.invitations.select_related("key_group").order_by("pk")[:people]
    invited = [(row.key_group.code, shown_for(secret_for(row.address, key)).hex()) for row in rows if row.key_group]
    keys = {
        group.code: base64.b64encode(public_part(bytes(group.token_key or b""))).decode()
        for group in wave.key_groups.all()
    }
    return {"wave": wave.code, "invited": invited, "keys": keys}
