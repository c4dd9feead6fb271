"""Blind-signed tokens: door 1 says "one vote" without ever seeing which vote.

RFC 9474, variant RSABSSA-SHA384-PSS-Randomized (SHA-384, MGF1-SHA-384, a salt of 48 bytes, 32 random bytes before the
message). `cryptography` makes the keys and checks signatures; blinding and the bare private operation, which it does
not offer, are here.

A finished token is those 32 random bytes and then the RSA signature: whoever checks it needs both.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

MODULUS_BITS: Final = 2048
PREFIX_BYTES: Final = 32
SALT_BYTES: Final = 48
TOKEN_BYTES: Final = PREFIX_BYTES + MODULUS_BITS // 8
"""Length of a finished token under a key of `new_token_key`."""

_PADDING: Final = padding.PSS(padding.MGF1(hashes.SHA384()), SALT_BYTES)
_EXPONENT_MASK_BITS: Final = 64


class NotABlindedMessage(ValueError):
    """What came to be signed cannot be a blinded message: its length is wrong or its number is too large."""


class TokenIsWrong(ValueError):
    """The signature that came back does not belong to what was blinded."""


class SigningFailed(RuntimeError):
    """The private operation gave a wrong number (a damaged key or a faulty machine); it is never let out."""


@dataclass(frozen=True, slots=True)
class Blinding:
    """A message on its way to be signed. Only `blinded` may leave the person's hands.

    `inverse` takes the blinding off again; `prepared` is the message with its random bytes in front.
    """

    blinded: bytes
    inverse: bytes
    prepared: bytes


def new_token_key() -> bytes:
    """A new private key, as DER (PKCS #8)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=MODULUS_BITS)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def public_part(private: bytes) -> bytes:
    """The public half of a key, as DER (SubjectPublicKeyInfo)."""
    return _private(private).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def blind(public: bytes, message: bytes) -> Blinding:
    """Hide a message, so that it can be signed unseen (RFC 9474, 4.1 and 4.2)."""
    prepared = secrets.token_bytes(PREFIX_BYTES) + message
    n = _public(public).n
    r = secrets.randbelow(n - 2) + 2
    return _blinded(_public(public), prepared, salt=secrets.token_bytes(SALT_BYTES), r=r)


def blind_sign(private: bytes, blinded: bytes) -> bytes:
    """Sign what is hidden (RFC 9474, 4.3). Raises `NotABlindedMessage`.

    Python's `pow` takes longer for some numbers than for others. So neither the number that came in nor the exponents
    of the key are ever used bare: both are masked with fresh randomness each time, and what a clock could tell is about
    the masks. The result is checked before it leaves, for one faulty CRT signature would give the key away.
    """
    numbers = _private(private).private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    m = _number_below(n, blinded)
    if m is None:
        raise NotABlindedMessage
    r = secrets.randbelow(n - 2) + 2
    s = _power_of_private(numbers, m * pow(r, e, n) % n) * pow(r, -1, n) % n
    if pow(s, e, n) != m:
        raise SigningFailed
    return s.to_bytes(_length(n), "big")


def finalise(public: bytes, blinding: Blinding, blind_signature: bytes) -> bytes:
    """Take the blinding off: the finished token (RFC 9474, 4.4). Raises `TokenIsWrong`."""
    n = _public(public).n
    z = _number_below(n, blind_signature)
    if z is None:
        raise TokenIsWrong
    s = z * int.from_bytes(blinding.inverse, "big") % n
    token = blinding.prepared[:PREFIX_BYTES] + s.to_bytes(_length(n), "big")
    if not verify(public, blinding.prepared[PREFIX_BYTES:], token):
        raise TokenIsWrong
    return token


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a finished token belongs to this message under this key. No content of `signature` makes it raise.

    What cannot be a signature (wrong length, too large a number) costs a check as well: the time gives no reason away.
    """
    key = _public(public)
    prefix, bare = signature[:PREFIX_BYTES], signature[PREFIX_BYTES:]
    is_number = _number_below(key.n, bare) is not None
    tried = bare if is_number else b"\x02".rjust(_length(key.n), b"\0")
    try:
        key.key.verify(tried, prefix + message, _PADDING, hashes.SHA384())
    except InvalidSignature:
        return False
    return is_number


@dataclass(frozen=True, slots=True)
class _Public:
    key: rsa.RSAPublicKey
    n: int
    e: int


def _public(spki: bytes) -> _Public:
    key = load_der_public_key(spki)
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("this is not an RSA key")
    numbers = key.public_numbers()
    return _Public(key, numbers.n, numbers.e)


def _private(der: bytes) -> rsa.RSAPrivateKey:
    # The validation costs more than the signature; a key that is damaged fails the check of the result.
    key = load_der_private_key(der, password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("this is not an RSA key")
    return key


def _length(n: int) -> int:
    return (n.bit_length() + 7) // 8


def _number_below(n: int, octets: bytes) -> int | None:
    """The number that these octets are, if they are exactly as long as the modulus and below it."""
    if len(octets) != _length(n):
        return None
    number = int.from_bytes(octets, "big")
    return number if number < n else None


def _blinded(public: _Public, prepared: bytes, *, salt: bytes, r: int) -> Blinding:
    n, e, length = public.n, public.e, _length(public.n)
    m = int.from_bytes(_encoded(prepared, salt, bits=n.bit_length() - 1), "big")
    if math.gcd(m, n) != 1:
        raise ValueError("this number shares a factor with the key")  # as likely as guessing the key
    blinded = m * pow(r, e, n) % n
    return Blinding(blinded.to_bytes(length, "big"), pow(r, -1, n).to_bytes(length, "big"), prepared)


def _power_of_private(numbers: rsa.RSAPrivateNumbers, base: int) -> int:
    """`base` to the private exponent, modulo n, by the Chinese remainder theorem with masked exponents."""
    p, q = numbers.p, numbers.q
    of_p = pow(base % p, numbers.dmp1 + secrets.randbits(_EXPONENT_MASK_BITS) * (p - 1), p)
    of_q = pow(base % q, numbers.dmq1 + secrets.randbits(_EXPONENT_MASK_BITS) * (q - 1), q)
    return of_q + (of_p - of_q) * numbers.iqmp % p * q


def _encoded(prepared: bytes, salt: bytes, *, bits: int) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with SHA-384."""
    length = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(prepared).digest() + salt).digest()
    block = bytes(length - len(salt) - len(digest) - 2) + b"\x01" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + b"\xbc"


def _mask(seed: bytes, length: int) -> bytes:
    """MGF1 of RFC 8017, appendix B.2.1, with SHA-384."""
    blocks = -(-length // hashlib.sha384().digest_size)
    return b"".join(hashlib.sha384(seed + count.to_bytes(4, "big")).digest() for count in range(blocks))[:length]
