"""Blind-signed tokens: as in RFC 9474, the same in Python and in the browser, and nothing else is accepted."""

from __future__ import annotations

import gzip
import json
import secrets
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend_web.urn import tokens
from lerend_web.urn.tokens import (
    PREFIX_BYTES,
    TOKEN_BYTES,
    Blinding,
    NotABlindedMessage,
    SigningFailed,
    TokenIsWrong,
    blind,
    blind_sign,
    finalise,
    new_token_key,
    public_part,
    verify,
)
from tests.lerend_web.urn.javascript import TOKENS, in_node, needs_node

VECTOR: dict[str, str] = json.loads(Path(__file__).with_name("rfc9474.json").read_text("utf-8"))
KEY = new_token_key()
PUBLIC = public_part(KEY)
OTHER_PUBLIC = public_part(new_token_key())
ROUNDS = 20


def octets(name: str) -> bytes:
    return bytes.fromhex(VECTOR[name])


def key_from(p: int, q: int) -> rsa.RSAPrivateKey:
    n, e = p * q, 65537
    d = rsa.rsa_recover_private_exponent(e, p, q)
    crt = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
    return rsa.RSAPrivateNumbers(p, q, d, *crt, rsa.RSAPublicNumbers(e, n)).private_key()


def der(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


VECTOR_KEY = der(key_from(int(VECTOR["p"], 16), int(VECTOR["q"], 16)))
VECTOR_PUBLIC = public_part(VECTOR_KEY)


def private_numbers(private: bytes) -> rsa.RSAPrivateNumbers:
    key = load_der_private_key(private, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key.private_numbers()


def signed(message: bytes) -> bytes:
    """A finished token over a message, the whole way round."""
    blinding = blind(PUBLIC, message)
    return finalise(PUBLIC, blinding, blind_sign(KEY, blinding.blinded))


MESSAGE = secrets.token_bytes(32)
TOKEN = signed(MESSAGE)


# The RFC's own example, step by step


def vector_blinding() -> Blinding:
    r = pow(int(VECTOR["inv"], 16), -1, int(VECTOR["n"], 16))
    return tokens._blinded(
        tokens._public(VECTOR_PUBLIC), octets("msg_prefix") + octets("msg"), salt=octets("salt"), r=r
    )


def test_vector_blinds_as_in_the_rfc() -> None:
    blinding = vector_blinding()
    assert blinding.blinded.hex() == VECTOR["blinded_msg"]
    assert blinding.inverse.hex() == VECTOR["inv"]


def test_vector_is_signed_as_in_the_rfc() -> None:
    assert blind_sign(VECTOR_KEY, octets("blinded_msg")).hex() == VECTOR["blind_sig"]


def test_vector_is_finished_as_in_the_rfc() -> None:
    token = finalise(VECTOR_PUBLIC, vector_blinding(), octets("blind_sig"))
    assert token.hex() == VECTOR["msg_prefix"] + VECTOR["sig"]
    assert verify(VECTOR_PUBLIC, octets("msg"), token)


@needs_node
def test_vector_comes_out_of_the_browsers_client_as_in_the_rfc() -> None:
    found = in_node(
        TOKENS,
        """
        const spki = octets(input.spki);
        const prepared = octets(input.msg_prefix + input.msg);
        const blinding = await module.blindWith(spki, prepared, octets(input.salt), octets(input.inv));
        const token = await module.finalise(spki, blinding, octets(input.blind_sig));
        return { blinded: hex(blinding.blinded), token: hex(token),
                 isRight: await module.verify(spki, octets(input.msg), token) };
        """,
        spki=VECTOR_PUBLIC.hex(),
        **VECTOR,
    )
    assert found == {"blinded": VECTOR["blinded_msg"], "token": VECTOR["msg_prefix"] + VECTOR["sig"], "isRight": True}


# Python and the browser together


@needs_node
def test_browser_blinds_server_signs_browser_finishes() -> None:
    secrets_of_people = [secrets.token_bytes(32).hex() for _ in range(ROUNDS)]
    blindings = in_node(
        TOKENS,
        """
        return Promise.all(input.messages.map(async (message) => {
          const blinding = await module.blind(octets(input.spki), octets(message));
          return Object.fromEntries(Object.entries(blinding).map(([name, value]) => [name, hex(value)]));
        }));
        """,
        spki=PUBLIC.hex(),
        messages=secrets_of_people,
    )
    answers = [blind_sign(KEY, bytes.fromhex(blinding["blinded"])).hex() for blinding in blindings]
    finished = finished_in_node(blindings, answers)
    assert len(set(finished)) == ROUNDS
    for secret, blinding, answer, token in zip(secrets_of_people, blindings, answers, finished, strict=True):
        assert verify(PUBLIC, bytes.fromhex(secret), bytes.fromhex(token))
        read = Blinding(**{name: bytes.fromhex(value) for name, value in blinding.items()})
        assert finalise(PUBLIC, read, bytes.fromhex(answer)).hex() == token


def finished_in_node(blindings: list[dict[str, str]], answers: list[str]) -> list[str]:
    found: list[str] = in_node(
        TOKENS,
        """
        return Promise.all(input.blindings.map(async ({ inverse, prepared }, i) => hex(await module.finalise(
          octets(input.spki), { inverse: octets(inverse), prepared: octets(prepared) }, octets(input.answers[i])))));
        """,
        spki=PUBLIC.hex(),
        blindings=blindings,
        answers=answers,
    )
    return found


@needs_node
def test_python_blinds_server_signs_browser_finishes() -> None:
    messages = [secrets.token_bytes(32) for _ in range(ROUNDS)]
    blindings = [blind(PUBLIC, message) for message in messages]
    answers = [blind_sign(KEY, blinding.blinded).hex() for blinding in blindings]
    as_text = [{"inverse": one.inverse.hex(), "prepared": one.prepared.hex()} for one in blindings]
    for message, token in zip(messages, finished_in_node(as_text, answers), strict=True):
        assert verify(PUBLIC, message, bytes.fromhex(token))


@needs_node
def test_browser_refuses_what_python_refuses() -> None:
    damaged = {name: token.hex() for name, token in wrong_tokens().items()}
    blinding = blind(PUBLIC, MESSAGE)
    answers = {name: answer.hex() for name, answer in wrong_answers(blinding).items()}
    found = in_node(
        TOKENS,
        """
        const spki = octets(input.spki);
        const accepted = [];
        for (const [name, token] of Object.entries(input.damaged))
          if (await module.verify(spki, octets(input.message), octets(token))) accepted.push(name);
        const blinding = { inverse: octets(input.inverse), prepared: octets(input.prepared) };
        for (const [name, answer] of Object.entries(input.answers))
          await module.finalise(spki, blinding, octets(answer)).then(() => accepted.push(name), () => undefined);
        return accepted;
        """,
        spki=PUBLIC.hex(),
        message=MESSAGE.hex(),
        damaged=damaged,
        answers=answers,
        inverse=blinding.inverse.hex(),
        prepared=blinding.prepared.hex(),
    )
    assert found == []


def test_browsers_client_is_small_and_fits_a_strict_policy() -> None:
    code = TOKENS.read_bytes()
    assert len(gzip.compress(code)) < 2000
    assert not any(word in code for word in (b"eval", b"Function(", b"innerHTML", b"import ", b"fetch", b"Storage"))


# What is refused


def with_salt_of(length: int) -> bytes:
    """A token that is right in everything but the length of its salt."""
    key = load_der_private_key(KEY, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    prefix = secrets.token_bytes(PREFIX_BYTES)
    how = padding.PSS(padding.MGF1(hashes.SHA384()), length)
    return prefix + key.sign(prefix + MESSAGE, how, hashes.SHA384())


def wrong_tokens() -> dict[str, bytes]:
    n = private_numbers(KEY).public_numbers.n
    prefix, bare = TOKEN[:PREFIX_BYTES], TOKEN[PREFIX_BYTES:]
    return {
        "empty": b"",
        "only the random bytes": prefix,
        "without the random bytes": bare,
        "a byte short": TOKEN[:-1],
        "a byte long": TOKEN + b"\0",
        "a zero before the number": prefix + b"\0" + bare,
        "flipped bit in the random bytes": bytes([TOKEN[0] ^ 1]) + TOKEN[1:],
        "flipped bit in the number": TOKEN[:-1] + bytes([TOKEN[-1] ^ 1]),
        "all zero": bytes(TOKEN_BYTES),
        "one": prefix + (1).to_bytes(256, "big"),
        "the modulus": prefix + n.to_bytes(256, "big"),
        "the modulus less one": prefix + (n - 1).to_bytes(256, "big"),
        "salt of nothing": with_salt_of(0),
        "salt of 32": with_salt_of(32),
    }


def wrong_answers(blinding: Blinding) -> dict[str, bytes]:
    right = blind_sign(KEY, blinding.blinded)
    n = private_numbers(KEY).public_numbers.n
    return {
        "nothing": b"",
        "a byte short": right[1:],
        "a byte long": b"\0" + right,
        "flipped bit": right[:-1] + bytes([right[-1] ^ 1]),
        "for somebody else": blind_sign(KEY, blind(PUBLIC, MESSAGE).blinded),
        "too large": (n + 1).to_bytes(256, "big"),
    }


def test_token_is_right_for_its_message_and_key_only() -> None:
    assert len(TOKEN) == TOKEN_BYTES
    assert verify(PUBLIC, MESSAGE, TOKEN)
    assert verify(PUBLIC, MESSAGE, with_salt_of(48))
    assert not verify(PUBLIC, MESSAGE[:-1], TOKEN)
    assert not verify(PUBLIC, MESSAGE + b"\0", TOKEN)
    assert not verify(OTHER_PUBLIC, MESSAGE, TOKEN)


@pytest.mark.parametrize("fault", wrong_tokens().keys())
def test_wrong_token_is_refused(fault: str) -> None:
    assert not verify(PUBLIC, MESSAGE, wrong_tokens()[fault])


@pytest.mark.parametrize("fault", wrong_answers(blind(PUBLIC, MESSAGE)).keys())
def test_wrong_answer_of_the_server_is_noticed(fault: str) -> None:
    blinding = blind(PUBLIC, MESSAGE)
    with pytest.raises(TokenIsWrong):
        finalise(PUBLIC, blinding, wrong_answers(blinding)[fault])


def test_same_number_above_the_modulus_is_another_token_and_refused() -> None:
    again = int(VECTOR["sig"], 16) + int(VECTOR["n"], 16)
    assert not verify(VECTOR_PUBLIC, octets("msg"), octets("msg_prefix") + again.to_bytes(512, "big"))


@given(st.binary(max_size=TOKEN_BYTES + 1))
def test_no_made_up_token_is_accepted_or_raises(token: bytes) -> None:
    assert not verify(PUBLIC, MESSAGE, token)


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=100))
def test_every_message_comes_round(message: bytes) -> None:
    assert verify(PUBLIC, message, signed(message))


@pytest.mark.parametrize("length", [0, 1, 255, 257, 512])
def test_server_signs_no_other_length(length: int) -> None:
    with pytest.raises(NotABlindedMessage):
        blind_sign(KEY, bytes(length))


@pytest.mark.parametrize("above", [0, 1])
def test_server_signs_no_number_above_its_modulus(above: int) -> None:
    n = private_numbers(KEY).public_numbers.n
    with pytest.raises(NotABlindedMessage):
        blind_sign(KEY, (n + above).to_bytes(256, "big"))


# What the server learns, and what a fault gives away


def test_same_message_looks_new_each_time() -> None:
    seen = [blind(PUBLIC, MESSAGE) for _ in range(10)]
    assert len({one.blinded for one in seen}) == len({one.prepared for one in seen}) == 10


def test_blinded_message_fits_every_token_equally() -> None:
    """For every blinded message and every token there is a factor that leads from one to the other: nothing to match."""
    n, e = private_numbers(KEY).public_numbers.n, 65537
    token = int.from_bytes(TOKEN[PREFIX_BYTES:], "big")
    for _ in range(5):
        blinded = int.from_bytes(blind(PUBLIC, secrets.token_bytes(32)).blinded, "big")
        blind_signature = int.from_bytes(blind_sign(KEY, blinded.to_bytes(256, "big")), "big")
        factor = blind_signature * pow(token, -1, n) % n
        assert pow(factor, e, n) * pow(token, e, n) % n == blinded


def test_signature_is_always_the_same_whatever_masks_it() -> None:
    blinded = blind(PUBLIC, MESSAGE).blinded
    assert len({blind_sign(KEY, blinded) for _ in range(5)}) == 1


@pytest.mark.parametrize("part", ["dmp1", "dmq1", "iqmp"])
def test_faulty_key_gives_no_signature_out(part: str) -> None:
    """A signature that is right modulo one prime only would give both primes away."""
    right = private_numbers(KEY)
    parts: dict[str, Any] = {name: getattr(right, name) for name in ("p", "q", "d", "dmp1", "dmq1", "iqmp")}
    parts[part] += 2
    faulty = rsa.RSAPrivateNumbers(**parts, public_numbers=right.public_numbers)
    damaged = der(faulty.private_key(unsafe_skip_rsa_key_validation=True))
    with pytest.raises(SigningFailed):
        blind_sign(damaged, blind(PUBLIC, MESSAGE).blinded)


def test_public_part_holds_nothing_private() -> None:
    numbers = private_numbers(KEY)
    assert all(
        value.to_bytes((value.bit_length() + 7) // 8, "big") not in PUBLIC
        for value in (numbers.p, numbers.q, numbers.d)
    )
    assert public_part(KEY) == PUBLIC
