"""A round by mail that is open, and the links that went out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client, override_settings

from lerend_web.invited import views
from lerend_web.scans.domain.invitation_secrets import mail_key_of, secret_for, shown_for
from lerend_web.scans.models import Invitation, Wave
from lerend_web.urn.tokens import public_part
from tests.lerend_web.scans.dairy import Dairy, new_dairy, opened_by_mail


@pytest.fixture(autouse=True)
def var(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR=tmp_path):
        views.REFUSALS.forget_everything()
        views.SIGNATURES.forget_everything()
        yield tmp_path


@pytest.fixture
def dairy(db: None) -> Dairy:
    return new_dairy()


@pytest.fixture
def wave(dairy: Dairy) -> Wave:
    return opened_by_mail(dairy)


@dataclass(frozen=True)
class Link:
    """What somebody got by mail, and the public key of their group."""

    group: str
    secret: bytes
    token_key: bytes

    def asked(self, blinded: bytes, **other: object) -> dict[str, object]:
        return {"group": self.group, "invitation": shown_for(self.secret).hex(), "blinded": blinded.hex(), **other}


def link_of(invitation: Invitation) -> Link:
    group = invitation.key_group
    assert group is not None
    secret = secret_for(invitation.address, mail_key_of(invitation.wave))
    return Link(group.code, secret, public_part(bytes(group.token_key or b"")))


@pytest.fixture
def link(wave: Wave) -> Link:
    return link_of(wave.invitations.get(address="lab.0@mail.example"))


@pytest.fixture
def door(wave: Wave) -> Client:
    return Client(raise_request_exception=False)
