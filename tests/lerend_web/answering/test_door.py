"""Door 2 from outside: pages, deliveries, refusals, headers.

Attack T05 (one pass twice, from two addresses), attack T06 (forged tokens), attack T08 (sizes), attack T33 (requests and
frames of other sites). How long refusals take is measured in benchmarks/guessing.py.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import get_resolver

from lerend_web.answering.domain.signing import QUESTIONNAIRES
from lerend_web.answering.domain.wording import texts
from lerend_web.urn import passes, sealing
from lerend_web.urn.domain import boxes
from lerend_web.urn.models import Box
from tests.lerend_web.urn.waves import INSTRUMENT, MadeWave, filled_in, made_wave, new_secret, signature_over

pytestmark = pytest.mark.django_db(databases=["urn"])

FORM = "application/x-www-form-urlencoded"


def send(door: Client, wave: MadeWave, data: dict[str, Any], where: str = "deliver", **headers: str) -> Any:
    return door.post(f"/{wave.code}/{where}", json.dumps(data), content_type="application/json", headers=headers)


def by_card(wave: MadeWave, secret: bytes, card: str | None = None, **sheet: Any) -> dict[str, Any]:
    return filled_in(**sheet) | {"secret": secret.hex(), "card": card or wave.cards[wave.packers][0]}


def post(door: Client, address: str, fields: dict[str, str], **headers: str) -> Any:
    return door.post(address, urlencode(fields), content_type=FORM, headers=headers)


def test_door_has_at_most_ten_routes() -> None:
    assert len(get_resolver("lerend_web.answering.urls").url_patterns) <= 9, "the tenth is for static files"


@pytest.mark.parametrize("page", ["", "answer", "promise", "received", "withdraw"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_there_in_the_language_asked_for(door: Client, wave: MadeWave, page: str, language: str) -> None:
    answer = door.get(f"/{wave.code}/{page}?lang={language}")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_language_that_the_questionnaire_lacks_falls_back_to_dutch(door: Client, wave: MadeWave) -> None:
    has_polish = "Polski" in door.get(f"/{wave.code}/").content.decode()
    page = door.get(f"/{wave.code}/answer?lang=pl").content.decode()
    assert f'<html lang="{"pl" if has_polish else "nl"}"' in page


def test_browsers_own_language_counts_when_none_is_asked_for(door: Client, wave: MadeWave) -> None:
    assert '<html lang="en"' in door.get(f"/{wave.code}/", headers={"accept-language": "de, en;q=0.5"}).content.decode()


def test_document_holds_exactly_the_items_of_its_form(door: Client, wave: MadeWave) -> None:
    page = door.get(f"/{wave.code}/answer?form=short&lang=nl").content.decode()
    asked = next(form.items for form in INSTRUMENT.forms if form.id == "short")
    assert all((f'name="a.{item.id}"' in page) == (item.id in asked) for item in INSTRUMENT.items)


def test_forms_are_drawn_by_lot_and_a_shared_device_gets_the_short_one(door: Client, wave: MadeWave) -> None:
    def drawn(query: str) -> str:
        page = door.get(f"/{wave.code}/answer{query}").content.decode()
        return page.partition('data-form="')[2].partition('"')[0]

    assert {drawn("") for _ in range(60)} > {"a", "g"}
    assert {drawn("?kiosk=1") for _ in range(5)} == {"short"}


@pytest.mark.parametrize("address", ["/{0}/answer?form=z", "/" + "0" * 26 + "/", "/nothing", "/{0}/deliver/x"])
def test_what_is_not_there_is_404_in_words(door: Client, wave: MadeWave, address: str) -> None:
    answer = door.get(address.format(wave.code), headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "Perhaps the address has a typing error" in answer.content.decode()


def test_same_pass_again_is_one_box_the_same_receipt_and_the_last_answers(door: Client, wave: MadeWave) -> None:
    secret = new_secret()
    first = send(door, wave, by_card(wave, secret, answer="1"))
    again = send(door, wave, by_card(wave, secret, answer="1"))
    other = door.post(
        f"/{wave.code}/deliver",
        json.dumps(by_card(wave, secret, answer="5")),
        content_type="application/json",
        REMOTE_ADDR="192.0.2.7",
    )
    assert {(one.status_code, one.content) for one in (first, again, other)} == {
        (200, json.dumps({"receipt": passes.receipt_of(secret)}).encode())
    }
    [(_group, sealed)] = boxes.sealed_boxes(key_groups=wave.key_groups)
    assert set(wave.opened(sealed).answers.values()) == {"5"}


def test_closed_wave_says_410_to_everything_but_its_promise(door: Client, wave: MadeWave) -> None:
    boxes.stop_intake(code=wave.code)
    for step in ("stopped", "destroyed"):
        assert send(door, wave, by_card(wave, new_secret())).status_code == 410, step
        assert send(door, wave, by_card(wave, new_secret()), "withdraw").status_code == 410
        assert door.get(f"/{wave.code}/answer").status_code == 410
        assert door.get(f"/{wave.code}/").status_code == 410
        assert door.get(f"/{wave.code}/promise").status_code == 200
        boxes.destroy(code=wave.code)
    assert Box.objects.count() == 0


def refusals(wave: MadeWave) -> dict[str, dict[str, Any]]:
    """Everything that is no pass: forged tokens, unknown, void, taken and foreign cards."""
    secret, other = new_secret(), made_wave()
    good = signature_over(secret)
    taken, void = wave.cards[wave.packers][:2]
    mail = filled_in() | {"secret": secret.hex(), "key_group": wave.office}
    card = filled_in() | {"secret": secret.hex()}
    boxes.void_cards(key_groups=[wave.packers])
    return {
        "flipped bit": mail | {"signature": (good[:-1] + bytes([good[-1] ^ 1])).hex()},
        "other wave's key": mail | {"signature": signature_over(secret, key="other").hex()},
        "other key group": mail | {"signature": good.hex(), "key_group": wave.packers},
        "length 255": mail | {"signature": good[:-1].hex()},
        "length 257": mail | {"signature": good.hex() + "00"},
        "not below n": mail | {"signature": (good[:32] + b"\xff" * 256).hex()},
        "empty": mail | {"signature": ""},
        "no hex": mail | {"signature": "zz"},
        "a number": mail | {"signature": 5, "secret": 7},
        "secret of 31 bytes": mail | {"signature": good.hex(), "secret": secret[:31].hex()},
        "secret of 33 bytes": mail | {"signature": good.hex(), "secret": secret.hex() + "00"},
        "nothing": filled_in(),
        "unknown card": card | {"card": passes.new_card_code()},
        "no code": card | {"card": ""},
        "card of another kind": card | {"card": ["x"]},
        "taken card": card | {"card": taken},
        "void card": card | {"card": void},
        "other wave's card": card | {"card": other.cards[other.packers][0]},
    }


def test_every_refused_pass_gets_the_same_words_and_stores_nothing(door: Client, wave: MadeWave) -> None:
    send(door, wave, by_card(wave, new_secret()))
    found = {name: send(door, wave, data) for name, data in refusals(wave).items()}
    assert {(one.status_code, one.content) for one in found.values()} == {(400, found["unknown card"].content)}, (
        "a reason can be told from another"
    )
    assert Box.objects.count() == 1
    assert send(door, wave, refusals(wave)["taken card"], "withdraw").content == found["unknown card"].content


def test_refused_code_on_the_first_page_says_the_same_too(door: Client, wave: MadeWave) -> None:
    void = wave.cards[wave.packers][1]
    boxes.void_cards(key_groups=[wave.packers])
    unknown, known = (post(door, "/", {"code": code, "lang": "en"}) for code in (passes.new_card_code(), void))
    assert unknown.status_code == known.status_code == 400
    assert unknown.content == known.content


def test_code_never_comes_back_in_an_address(door: Client, wave: MadeWave) -> None:
    code = wave.cards[wave.packers][0]
    page = post(door, "/", {"code": passes.shown(code)})
    assert page.status_code == 200
    assert not any(
        code in part or passes.shown(code) in part for part in page.content.decode().split('"') if "/" in part
    )
    found = door.post("/", json.dumps({"code": code}), content_type="application/json")
    assert found.json() == {"wave": wave.code}


EMPTY = {"form": "a", "language": "nl", "answers": {}}
TEXT = "Het was druk, en we hebben het samen opgelost. " * 11
FULL = filled_in(comments=dict.fromkeys(("general", *(f"part_{n}" for n in range(1, 12))), TEXT[:500]))
"""Somebody without a word, and somebody with as many as there can be."""


def sizes(door: Client, wave: MadeWave) -> tuple[set[Any], set[int]]:
    """Of the responses with their headers, and of the boxes, when both of them send."""
    seen = set()
    for sheet, card in zip((EMPTY, FULL), wave.cards[wave.packers], strict=False):
        answer = send(door, wave, sheet | {"secret": new_secret().hex(), "card": card})
        assert answer.status_code == 200
        seen.add((len(answer.content), tuple(sorted(answer.headers.items()))))
    return seen, {len(sealed) for _group, sealed in boxes.sealed_boxes(key_groups=wave.key_groups)}


def test_box_request_and_response_have_one_size_whatever_was_written(door: Client, wave: MadeWave) -> None:
    responses, stored = sizes(door, wave)
    assert len(responses) == len(stored) == 1
    assert send(door, wave, EMPTY | {"padding": "x" * 60_000}).status_code == 400
    assert len(json.dumps(FULL)) < 16 * 1024, "the fullest form fits into the first size that requests are padded to"


def test_sizes_tell_who_wrote_where_nothing_is_padded(
    door: Client, wave: MadeWave, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of T08: boxes as long as what is in them."""
    monkeypatch.setattr(sealing, "_padded", bytes)
    assert len(sizes(door, wave)[1]) == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://testserver"}, 200),
        ({"origin": "http://testserver", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "null"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver", "sec-fetch-site": "none"}, 403),
    ],
)
def test_only_our_own_pages_may_send(door: Client, wave: MadeWave, headers: dict[str, str], status: int) -> None:
    assert send(door, wave, by_card(wave, new_secret()), **headers).status_code == status
    assert Box.objects.count() == (status == 200)


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "", "application/xml"])
def test_body_of_another_kind_is_refused(door: Client, wave: MadeWave, kind: str) -> None:
    body = json.dumps(by_card(wave, new_secret()))
    assert door.post(f"/{wave.code}/deliver", body, content_type=kind).status_code == 403
    assert Box.objects.count() == 0


def test_unknown_host_is_refused(door: Client, wave: MadeWave) -> None:
    assert door.get(f"/{wave.code}/", headers={"host": "evil.example"}).status_code == 400


def addresses(wave: MadeWave) -> list[str]:
    pages = [f"/{wave.code}/{page}" for page in ("", "answer", "promise", "received", "withdraw", "deliver")]
    return ["/", "/health", "/nothing", "/static/nothing.css", *pages]


def test_every_response_forbids_and_keeps_nothing(door: Client, wave: MadeWave) -> None:
    answers = [door.get(address) for address in addresses(wave)]
    answers += [send(door, wave, data) for data in refusals(wave).values()]
    answers += [send(door, wave, by_card(wave, new_secret(), wave.cards[wave.drivers][0]))]
    answers += [post(door, "/", {"code": wave.cards[wave.drivers][0]}), send(door, wave, {}, origin="null")]
    for answer in answers:
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        if not answer.request["PATH_INFO"].startswith("/static/"):
            assert answer.headers["Cache-Control"] == "no-store"


def test_no_page_loads_or_links_anything_from_elsewhere(door: Client, wave: MadeWave) -> None:
    for address in addresses(wave):
        page = door.get(address).content.decode()
        assert "http://" not in page.replace("http://www.w3.org", "")
        assert "https://" not in page
        assert "<style" not in page
        assert " style=" not in page
        assert "csrf" not in page


def test_pages_are_the_same_for_everybody(door: Client, wave: MadeWave) -> None:
    for page in ("", "answer?form=b", "promise", "received"):
        address = f"/{wave.code}/{page}"
        first = door.get(address, headers={"user-agent": "one", "cookie": "x=1"})
        second = Client().get(address, headers={"user-agent": "two"}, REMOTE_ADDR="192.0.2.9")
        assert first.content == second.content


def test_answers_are_withdrawn_with_the_full_receipt_only(door: Client, wave: MadeWave) -> None:
    secret, card = new_secret(), wave.cards[wave.packers][0]
    send(door, wave, by_card(wave, secret))
    address = f"/{wave.code}/withdraw"
    wrong = (
        card,
        passes.receipt_of(secret),
        f"lerend {wave.code} {new_secret().hex()} {card}",
        f"lerend x {secret.hex()} {card}",
    )
    for receipt in wrong:
        assert post(door, address, {"receipt": receipt}).status_code == 400
    assert Box.objects.count() == 1
    assert post(door, address, {"receipt": f"lerend {wave.code} {secret.hex()} {card}\n"}).status_code == 200
    assert Box.objects.count() == 0
    mail = new_secret()
    shown = {"secret": mail.hex(), "signature": signature_over(mail).hex(), "key_group": wave.office}
    assert send(door, wave, filled_in() | shown).status_code == 200
    assert send(door, wave, shown, "withdraw").json() == {"withdrawn": True}
    assert Box.objects.count() == 0


def test_promise_page_shows_the_document_as_it_is(door: Client, wave: MadeWave) -> None:
    page = door.get(f"/{wave.code}/promise?lang=en").content.decode()
    for shown in (wave.document()["promise_digest"][:4], *wave.key_groups, wave.document()["server"].rstrip("=")[:20]):
        assert shown.replace("+", "+") in page


def test_further_language_has_every_text_of_the_questionnaire(door: Client) -> None:
    keys = {key for key, _text in texts(INSTRUMENT)}
    for path in QUESTIONNAIRES.glob(f"{INSTRUMENT.reference}.*.json"):
        content = json.loads(path.read_text("utf-8"))
        assert content["words"].keys() == keys, path.name
