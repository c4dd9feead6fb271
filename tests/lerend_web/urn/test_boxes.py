"""Deliver, change, withdraw, close: what the urn does with a pass."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections, models
from django.test.utils import CaptureQueriesContext

from lerend_web.urn import passes, tokens
from lerend_web.urn.domain import boxes
from lerend_web.urn.domain.intake import OtherDocument
from lerend_web.urn.domain.sheet import Sheet, SheetIsWrong, checked_sheet
from lerend_web.urn.models import Box, Card, OpenWave
from lerend_web.urn.queries import card_is_usable, wave_of_card
from tests.lerend_web.urn.waves import (
    INSTRUMENT,
    MadeWave,
    filled_in,
    made_wave,
    new_secret,
    signature_over,
    token_keys,
)

pytestmark = pytest.mark.django_db(databases=["urn"])


@pytest.fixture
def wave() -> MadeWave:
    return made_wave()


def sheet(answer: str = "4", comments: dict[str, str] | None = None) -> Sheet:
    return checked_sheet(INSTRUMENT, filled_in(answer=answer, comments=comments))


def deliver_card(wave: MadeWave, secret: bytes, card: str, answer: str = "4") -> str:
    return boxes.deliver(wave=wave.code, secret=secret, card=card, signature=None, key_group=None, sheet=sheet(answer))


def deliver_mail(wave: MadeWave, secret: bytes, signature: bytes, key_group: str) -> str:
    return boxes.deliver(
        wave=wave.code, secret=secret, card=None, signature=signature, key_group=key_group, sheet=sheet()
    )


def test_same_pass_again_replaces_the_answers_and_gives_the_same_receipt(wave: MadeWave) -> None:
    secret, card = new_secret(), wave.cards[wave.packers][0]
    first = deliver_card(wave, secret, card, "1")
    assert deliver_card(wave, secret, passes.shown(card).lower(), "5") == first == passes.receipt_of(secret)
    [(group, sealed)] = boxes.sealed_boxes(key_groups=wave.key_groups)
    assert group == wave.packers
    assert set(wave.opened(sealed).answers.values()) == {"5"}


def test_mail_pass_is_taken_once_per_secret(wave: MadeWave) -> None:
    secret = new_secret()
    for _ in range(2):
        assert deliver_mail(wave, secret, signature_over(secret), wave.office) == passes.receipt_of(secret)
    assert boxes.delivered(key_groups=wave.key_groups) == {wave.packers: 0, wave.drivers: 0, wave.office: 1}


def test_card_belongs_to_who_used_it_first(wave: MadeWave) -> None:
    card = wave.cards[wave.packers][0]
    deliver_card(wave, new_secret(), card)
    with pytest.raises(boxes.CardIsBound):
        deliver_card(wave, new_secret(), card)
    assert boxes.delivered(key_groups=[wave.packers]) == {wave.packers: 1}


@pytest.mark.parametrize("code", ["", "0000-0000-00000", "x" * 40, "\N{SNOWMAN}", "a\ud800"])
def test_card_that_nobody_printed_is_refused(wave: MadeWave, code: str) -> None:
    with pytest.raises(boxes.UnknownCard):
        deliver_card(wave, new_secret(), code)


def test_card_of_another_wave_is_refused(wave: MadeWave) -> None:
    other = made_wave()
    with pytest.raises(boxes.UnknownCard):
        deliver_card(wave, new_secret(), other.cards[other.packers][0])
    assert Card.objects.filter(bound_to__isnull=False).count() == 0


def test_unused_cards_are_voided_and_used_ones_are_not(wave: MadeWave) -> None:
    used, spare = wave.cards[wave.packers][:2]
    secret = new_secret()
    deliver_card(wave, secret, used)
    assert boxes.void_cards(key_groups=[wave.packers]) == {wave.packers: 2}
    assert boxes.void_cards(key_groups=[wave.packers]) == {wave.packers: 2}
    with pytest.raises(boxes.UnknownCard):
        deliver_card(wave, new_secret(), spare)
    deliver_card(wave, secret, used)
    assert wave_of_card(wave.cards[wave.drivers][0]) == wave.code
    assert wave_of_card(spare) is None


def forgeries(wave: MadeWave) -> dict[str, dict[str, Any]]:
    secret = new_secret()
    good = signature_over(secret)
    flipped = good[:-1] + bytes([good[-1] ^ 1])
    n = b"\xff" * 256
    return {
        "flipped bit": {"secret": secret, "signature": flipped},
        "flipped prefix": {"secret": secret, "signature": bytes([good[0] ^ 1]) + good[1:]},
        "other key": {"secret": secret, "signature": signature_over(secret, key="other")},
        "other secret": {"secret": new_secret(), "signature": good},
        "shorter": {"secret": secret, "signature": good[:-1]},
        "longer": {"secret": secret, "signature": good + b"\0"},
        "not below n": {"secret": secret, "signature": good[:32] + n},
        "empty": {"secret": secret, "signature": b""},
        "secret of 31 bytes": {"secret": secret[:31], "signature": good},
        "secret of 33 bytes": {"secret": secret + b"\0", "signature": good},
        "key group of cards": {"secret": secret, "signature": good, "key_group": wave.packers},
        "no key group": {"secret": secret, "signature": good, "key_group": ""},
        "salt of length 0": {"secret": secret, "signature": _without_salt(secret)},
    }


def _without_salt(secret: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 -- for this one forgery
    from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: PLC0415 -- as above
    from cryptography.hazmat.primitives.serialization import load_der_private_key  # noqa: PLC0415 -- as above

    key = load_der_private_key(token_keys("office"), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), 0)
    return bytes(32) + key.sign(bytes(32) + secret, pss, hashes.SHA384())


def test_every_forged_token_is_refused_and_stores_nothing(wave: MadeWave) -> None:
    for name, forged in forgeries(wave).items():
        with pytest.raises(boxes.BadToken):
            deliver_mail(wave, forged["secret"], forged["signature"], forged.get("key_group", wave.office))
        assert Box.objects.count() == 0, name


def test_secret_of_another_key_group_never_moves_or_replaces_a_box(wave: MadeWave) -> None:
    secret = new_secret()
    deliver_mail(wave, secret, signature_over(secret), wave.office)
    with pytest.raises(boxes.BadToken):
        deliver_card(wave, secret, wave.cards[wave.packers][0])
    assert boxes.delivered(key_groups=wave.key_groups)[wave.office] == 1
    assert Card.objects.filter(bound_to__isnull=False).count() == 0, "the card was bound by a delivery that failed"


def test_never_more_boxes_than_passes_that_may_exist() -> None:
    wave = MadeWave()
    document = wave.document()
    document["key_groups"][2]["at_most"] = 2
    boxes.start_intake(document=document)
    passes_ = [(secret, signature_over(secret)) for secret in (new_secret() for _ in range(3))]
    for secret, signature in passes_[:2]:
        deliver_mail(wave, secret, signature, wave.office)
    with pytest.raises(boxes.BadToken):
        deliver_mail(wave, *passes_[2], wave.office)
    deliver_mail(wave, *passes_[0], wave.office)
    assert boxes.delivered(key_groups=[wave.office]) == {wave.office: 2}


def test_withdrawn_answers_are_gone_and_can_be_given_again(wave: MadeWave) -> None:
    secret, card = new_secret(), wave.cards[wave.packers][0]
    deliver_card(wave, secret, card)
    shown: dict[str, Any] = {"card": card, "signature": None, "key_group": None}
    with pytest.raises(boxes.CardIsBound):
        boxes.withdraw(wave=wave.code, secret=new_secret(), **shown)
    for _ in range(2):
        boxes.withdraw(wave=wave.code, secret=secret, **shown)
    assert Box.objects.count() == 0
    deliver_card(wave, secret, card)
    assert Box.objects.count() == 1


def test_unused_card_withdraws_nothing_and_stays_unused(wave: MadeWave) -> None:
    card = wave.cards[wave.packers][0]
    with pytest.raises(boxes.UnknownCard):
        boxes.withdraw(wave=wave.code, secret=new_secret(), card=card, signature=None, key_group=None)
    assert Card.objects.filter(bound_to__isnull=False).count() == 0


def test_closed_wave_takes_and_gives_back_nothing(wave: MadeWave) -> None:
    secret, card = new_secret(), wave.cards[wave.packers][0]
    deliver_card(wave, secret, card)
    boxes.stop_intake(code=wave.code)
    with pytest.raises(boxes.NotTaking):
        deliver_card(wave, secret, card)
    with pytest.raises(boxes.NotTaking):
        boxes.withdraw(wave=wave.code, secret=secret, card=card, signature=None, key_group=None)
    assert len(boxes.sealed_boxes(key_groups=wave.key_groups)) == 1


def test_wave_that_never_was_is_told_apart_from_a_closed_one(wave: MadeWave) -> None:
    with pytest.raises(boxes.NoSuchWave):
        boxes.deliver(wave="0" * 26, secret=new_secret(), card="x", signature=None, key_group=None, sheet=sheet())


def test_destroying_leaves_the_public_document_and_the_other_waves(wave: MadeWave) -> None:
    other = made_wave()
    deliver_card(wave, new_secret(), wave.cards[wave.packers][0])
    deliver_card(other, new_secret(), other.cards[other.packers][0])
    for _ in range(2):
        boxes.destroy(code=wave.code)
    assert boxes.delivered(key_groups=[*wave.key_groups, other.packers])[other.packers] == 1
    assert not Card.objects.filter(key_group__in=wave.key_groups).exists()
    assert not OpenWave.objects.get(code=wave.code).is_taking
    boxes.destroy(code="unknown")


def test_opening_again_with_another_document_is_refused(wave: MadeWave) -> None:
    boxes.start_intake(document=wave.document())
    with pytest.raises(OtherDocument):
        boxes.start_intake(document=wave.document() | {"k": 3})


def test_texts_that_fit_into_no_box_are_refused_in_words(wave: MadeWave) -> None:
    # Signs by chance hardly compress: twelve times 500 of them are some 15 kB.
    hard = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(500))
    much = {f"part_{number}": hard[number:] + hard[:number] for number in range(1, 12)}
    much = {
        key: "".join(chr(0x4E00 + (ord(sign) * (place + 3)) % 20000) for sign in text)
        for place, (key, text) in enumerate(much.items())
    }
    with pytest.raises(SheetIsWrong) as found:
        boxes.deliver(
            wave=wave.code,
            secret=new_secret(),
            card=wave.cards[wave.packers][0],
            signature=None,
            key_group=None,
            sheet=sheet(comments=much),
        )
    assert list(found.value.problems) == ["comments"]


def test_hint_before_the_questions_agrees_with_the_delivery(wave: MadeWave) -> None:
    secret, card = new_secret(), wave.cards[wave.packers][0]
    assert card_is_usable(wave.code, card, secret)
    deliver_card(wave, secret, card)
    assert card_is_usable(wave.code, card, secret)
    assert not card_is_usable(wave.code, card, new_secret())
    assert not card_is_usable(made_wave().code, card, secret)
    assert not card_is_usable(wave.code, wave.cards[wave.packers][1], b"too short")


def test_code_that_nobody_knows_is_looked_for_in_as_many_steps_as_a_known_one(wave: MadeWave) -> None:
    bound, spare = wave.cards[wave.packers][:2]
    secret = new_secret()
    deliver_card(wave, secret, bound)
    codes = {"bound": bound, "spare": spare, "unknown": passes.new_card_code(), "no code": "é"}
    steps = {}
    for name, code in codes.items():
        with CaptureQueriesContext(connections["urn"]) as queries:
            assert (wave_of_card(code) == wave.code) == (name in {"bound", "spare"})
            assert card_is_usable(wave.code, code, secret) == (name in {"bound", "spare"})
        steps[name] = [query["sql"].partition(" WHERE ")[0] for query in queries]
    assert len(steps["bound"]) == 4
    assert all(one == steps["bound"] for one in steps.values()), steps


def test_no_table_of_the_urn_has_row_numbers_or_holds_a_time() -> None:
    for model in (Box, Card, OpenWave):
        assert not any(isinstance(field, models.DateField) for field in model._meta.fields)
        assert model._meta.ordering == []
        with connections["urn"].cursor() as cursor:
            if connections["urn"].vendor != "sqlite":
                continue
            cursor.execute("SELECT wr FROM pragma_table_list WHERE name = %s", [model._meta.db_table])
            assert cursor.fetchone() == (1,), model


def test_token_of_the_tests_is_a_good_one() -> None:
    secret = new_secret()
    assert tokens.verify(tokens.public_part(token_keys("office")), secret, signature_over(secret))
