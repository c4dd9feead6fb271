"""Door 1 signs what it cannot see, for two ballots an invitation at most, and refuses everybody else alike."""

from __future__ import annotations

import json
import secrets
from functools import partial
from typing import Any

import pytest
from django.test import Client

from lerend_web.core.limits import AMinute
from lerend_web.scans.domain.closing import close_wave
from lerend_web.scans.domain.invitations import replace_address
from lerend_web.scans.models import Invitation, Wave
from lerend_web.urn.domain import boxes
from lerend_web.urn.models import Box
from lerend_web.urn.tokens import Blinding, blind, blind_sign, finalise, new_token_key, public_part
from tests.lerend_web.invited.conftest import Link, link_of
from tests.lerend_web.scans.dairy import CLOSES, OPENS, Dairy, everything_in, new_dairy, opened_by_mail, sheet

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


def post(door: Client, path: str, body: object, **headers: str) -> Any:
    return door.post(f"/start/{path}", json.dumps(body), content_type="application/json", headers=headers)


def ballot(link: Link) -> tuple[bytes, Blinding]:
    secret = secrets.token_bytes(32)
    return secret, blind(link.token_key, secret)


def asked(door: Client, link: Link, blinding: Blinding) -> Any:
    return post(door, "sign", link.asked(blinding.blinded))


def face(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """Everything that somebody can see of an answer, but for the second in which it was given."""
    return answer.status_code, answer.content, {k: v for k, v in answer.headers.items() if k != "Expires"}


def test_link_becomes_a_ballot_that_door_two_takes(door: Client, wave: Wave, link: Link) -> None:
    found = post(door, "key", {"group": link.group}).json()
    assert found["wave"] == wave.code
    secret, blinding = ballot(link)
    signature = bytes.fromhex(asked(door, link, blinding).json()["signature"])
    token = finalise(link.token_key, blinding, signature)
    deliver = partial(boxes.deliver, wave=wave.code, secret=secret, card=None, signature=token, key_group=link.group)
    assert deliver(sheet=sheet()) == deliver(sheet=sheet("2"))  # the same ballot again replaces
    assert Box.objects.count() == 1


def test_opening_the_page_does_nothing(door: Client, wave: Wave) -> None:
    before = everything_in("default")
    for answer in (door.get("/start/"), door.head("/start/"), door.get("/start/?lang=en")):
        assert answer.status_code == 200
        assert answer.cookies == {}
        assert answer["Referrer-Policy"] == "no-referrer"
    assert door.get("/start/sign").status_code == door.get("/start/key").status_code == 405
    assert everything_in("default") == before


def test_signing_sets_no_cookie_and_writes_no_moment_and_no_history(door: Client, link: Link) -> None:
    before = everything_in("default").splitlines()
    answer = asked(door, link, ballot(link)[1])
    after = everything_in("default").splitlines()
    assert answer.cookies == {}
    assert len(set(after) - set(before)) == 1  # the digest of a random number
    assert len(after) == len(before)


def test_two_ballots_and_no_third_but_the_same_one_as_often_as_asked(door: Client, link: Link) -> None:
    first, second, third = (ballot(link)[1] for _ in range(3))
    assert [asked(door, link, one).status_code for one in (first, second, third)] == [200, 200, 400]
    signatures = {asked(door, link, first).json()["signature"] for _ in range(3)}
    assert len(signatures) == 1
    assert Invitation.objects.get(issued=2)


def test_every_refusal_looks_the_same(door: Client, link: Link, dairy: Dairy, wave: Wave) -> None:
    other = link_of(opened_by_mail(new_dairy()).invitations.get(address="lab.0@mail.example"))
    office = link_of(wave.invitations.get(address="office.0@mail.example"))
    corrected = link_of(wave.invitations.get(address="office.1@mail.example"))
    replace_address(wave=wave, before="office.1@mail.example", after="o@mail.example", by=dairy.contact, at=OPENS)
    for _ in range(2):
        asked(door, link, ballot(link)[1])
    blinded = ballot(link)[1].blinded
    used = link.asked(blinded)
    bodies = {
        "used": used,
        "unknown": used | {"invitation": secrets.token_hex(32)},
        "other wave": other.asked(blinded, group=link.group),
        "other group": office.asked(blinded, group=link.group),
        "corrected": corrected.asked(blinded),
        "short number": office.asked(blinded[1:]),
        "too large a number": office.asked(b"\xff" * 256),
        "zero length": office.asked(b""),
        "no hex": used | {"invitation": "zz"},
        "the secret itself": used | {"invitation": link.secret.hex()},
        "what the register keeps": used | {"invitation": bytes(Invitation.objects.get(issued=2).name or b"").hex()},
        "numbers": {"group": 1, "invitation": 2, "blinded": 3},
        "list": [1],
        "text": "text",
        "NaN": {"group": float("nan")},
    }
    faces = {name: face(post(door, "sign", body)) for name, body in bodies.items()}
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        good = json.dumps(office.asked(blinded))
        faces[content_type] = face(door.post("/start/sign", good, content_type=content_type))
    faces["another site"] = face(post(door, "sign", office.asked(blinded), **{"Sec-Fetch-Site": "cross-site"}))
    faces["deep"] = face(door.post("/start/sign", "[" * 4000, content_type="application/json"))
    faces["long"] = face(door.post("/start/sign", " " * 5000 + "{}", content_type="application/json"))
    odd = {name: found for name, found in faces.items() if found != faces["used"]}
    assert odd == {}
    assert faces["used"][0] == 400
    assert asked(door, office, ballot(office)[1]).status_code == 200  # control: nothing was used up by it


def test_closed_round_signs_nothing_and_says_so(door: Client, link: Link, wave: Wave, dairy: Dairy) -> None:
    close_wave(wave=wave, holder_file=dairy.files[0], by=dairy.contact, at=CLOSES)
    assert asked(door, link, ballot(link)[1]).status_code == 400
    assert post(door, "key", {"group": link.group}).status_code == 410
    assert post(door, "key", {"group": "0" * 26}).status_code == 410


def test_forged_and_borrowed_signatures_open_nothing(door: Client, wave: Wave, link: Link) -> None:
    secret, blinding = ballot(link)
    token = finalise(link.token_key, blinding, bytes.fromhex(asked(door, link, blinding).json()["signature"]))
    own = new_token_key()
    wrong = {
        "flipped": token[:-1] + bytes([token[-1] ^ 1]),
        "short": token[:-1],
        "long": token + b"\0",
        "empty": b"",
        "own key": _signed_by(own, secret),
    }
    office = wave.invitations.get(address="office.0@mail.example").key_group
    assert office is not None
    for signature, group in [*((one, link.group) for one in wrong.values()), (token, office.code)]:
        with pytest.raises(boxes.BadToken):
            boxes.deliver(wave=wave.code, secret=secret, card=None, signature=signature, key_group=group, sheet=sheet())
    assert not Box.objects.exists()


def _signed_by(private: bytes, secret: bytes) -> bytes:
    blinding = blind(public_part(private), secret)
    return finalise(public_part(private), blinding, blind_sign(private, blinding.blinded))


def test_guesser_is_told_to_wait_and_colleagues_in_the_same_building_still_get_in(door: Client, link: Link) -> None:
    body = link.asked(ballot(link)[1].blinded)
    seen = [post(door, "sign", body | {"invitation": secrets.token_hex(32)}).status_code for _ in range(125)]
    assert seen == [400] * 120 + [429] * 5
    assert post(door, "sign", body).status_code == 200


def test_one_invitation_cannot_keep_the_machine_busy(door: Client, link: Link) -> None:
    body = link.asked(ballot(link)[1].blinded)
    assert [post(door, "sign", body).status_code for _ in range(22)] == [200] * 20 + [429] * 2


def test_minute_passes() -> None:
    now = [0.0]
    limit = AMinute(2, clock=lambda: now[0])
    limit.count("a")
    limit.count("a")
    assert limit.is_over("a")
    assert not limit.is_over("b")
    now[0] = 61.0
    assert not limit.is_over("a")
