"""Door 1: says "one vote" to whoever has an invitation, without ever seeing which vote.

Nothing about when somebody came is written down, and there is no line in the history: both would help to find who
answered what. Every refusal is the same one, whether the link is unknown, used up, or of another wave.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction

from lerend_web.scans import rules
from lerend_web.scans.domain.invitation_secrets import SHOWN_BYTES, name_for
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Invitation, KeyGroup
from lerend_web.urn.tokens import NotABlindedMessage, blind_sign, public_part

_DIGEST_BYTES = hashlib.sha256().digest_size


class NotInvited(Exception):
    """No pass for this, for whatever reason."""


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """What a browser needs before it can blind: public, and the same for everybody of the group."""

    wave: str
    organisation: str
    token_key: bytes


def open_group(code: str) -> OpenGroup | None:
    """The key group of an open wave; none when nobody can take part there (any more)."""
    group = KeyGroup.objects.filter(code=code, wave__state=WaveState.OPEN).select_related("wave__organisation").first()
    if group is None or group.token_key is None:
        return None
    return OpenGroup(group.wave.code, group.wave.organisation.name, public_part(bytes(group.token_key)))


def sign_unseen(*, group: str, shown: bytes, blinded: bytes) -> bytes:
    """Sign a blinded number for an invitation: two different ones at most, the same one as often as it is asked.

    Args:
        shown: the hash of the invitation's secret.

    Raises:
        NotInvited
    """
    digest = hashlib.sha256(blinded).digest()
    found = _found(group, shown)
    if found is None or found.key_group is None or not _may_have(found, digest):
        raise NotInvited
    try:
        signature = blind_sign(bytes(found.key_group.token_key or b""), blinded)
    except (NotABlindedMessage, ValueError) as error:
        raise NotInvited from error
    with transaction.atomic():
        now = Invitation.objects.select_for_update().get(pk=found.pk)
        if not _may_have(now, digest):
            raise NotInvited  # two at once, and another one was faster
        if digest not in _digests(now):
            now.issued, now.blinded = now.issued + 1, bytes(now.blinded) + digest
            now.save(update_fields=("issued", "blinded"))
    return signature


def _found(group: str, shown: bytes) -> Invitation | None:
    if len(shown) != SHOWN_BYTES:
        return None
    wanted = Invitation.objects.filter(name=name_for(shown), key_group__code=group, wave__state=WaveState.OPEN)
    return wanted.select_related("key_group").first()


def _may_have(invitation: Invitation, digest: bytes) -> bool:
    return invitation.issued < rules.TOKENS or digest in _digests(invitation)


def _digests(invitation: Invitation) -> list[bytes]:
    kept = bytes(invitation.blinded)
    return [kept[place : place + _DIGEST_BYTES] for place in range(0, len(kept), _DIGEST_BYTES)]
