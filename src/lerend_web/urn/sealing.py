"""Boxes that open only with two keys: one of a key holder, in a file of their own, and the server's share.

    box = version | ephemeral public key | number of holders | per holder a wrapped content key | sealed plaintext

X25519, HKDF-SHA256 and ChaCha20-Poly1305. The plaintext is padded to `BOX_SIZE` first, so that all boxes of a wave are
equally long, whatever somebody wrote. The ephemeral private key and the content key are forgotten at once: from then
on nobody without both keys can open the box, neither the process that made it nor a copy of every disk.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BOX_SIZE: Final = 8192
"""Bytes of every plaintext once it is padded."""
LONGEST_PLAINTEXT: Final = BOX_SIZE - 2
MOST_HOLDERS: Final = 16

KEY_BYTES: Final = 32
LONGEST_KEY_FILE: Final = 4096

_VERSION: Final = b"\x01"
_TAG_BYTES: Final = 16
_WRAPPED_BYTES: Final = KEY_BYTES + _TAG_BYTES
_HEAD_BYTES: Final = 1 + KEY_BYTES + 1
# Each key seals one thing only: the wrapping keys because the ephemeral key is new, the content key because it is.
_NONCE: Final = bytes(12)


class TooLongToSeal(ValueError):
    """These answers do not fit into a box of the one size that all boxes have."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} bytes do not fit into a box: the most is {LONGEST_PLAINTEXT}")
        self.length = length


class CannotOpen(Exception):
    """The keys do not belong to this box, or the box is damaged. Which of the two cannot be told."""


class KeyFileFault(StrEnum):
    """What is wrong with a key file, for whoever must say it to its holder."""

    NOT_A_KEY_FILE = "not_a_key_file"
    DAMAGED = "damaged"
    OTHER_WAVE = "other_wave"


class WrongKeyFile(ValueError):
    """A file that cannot be used as a key file. It says nothing of its content."""

    def __init__(self, fault: KeyFileFault) -> None:
        super().__init__(fault.value.replace("_", " "))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An X25519 key pair, both halves 32 raw bytes."""

    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"KeyPair(public={self.public.hex()})"


@dataclass(frozen=True, slots=True)
class HolderFile:
    """What a key holder's file says."""

    wave: str
    label: str
    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"HolderFile(wave={self.wave!r}, label={self.label!r}, public={self.public.hex()})"


def new_key_pair() -> KeyPair:
    """A new key pair, for the server's share or for a holder without a browser."""
    key = X25519PrivateKey.generate()
    return KeyPair(key.private_bytes_raw(), key.public_key().public_bytes_raw())


def seal(plaintext: bytes, *, holders: Sequence[bytes], server: bytes) -> bytes:
    """A box that any one holder's private key opens, together with the server's.

    `holders` and `server` are public keys. Raises `TooLongToSeal`.
    """
    if not 1 <= len(holders) <= MOST_HOLDERS:
        raise ValueError(f"a box has 1 to {MOST_HOLDERS} holders")
    padded = _padded(plaintext)
    ephemeral, content_key = X25519PrivateKey.generate(), secrets.token_bytes(KEY_BYTES)
    public = ephemeral.public_key().public_bytes_raw()
    of_server = ephemeral.exchange(X25519PublicKey.from_public_bytes(server))
    wrapped = b""
    for holder in holders:
        of_holder = ephemeral.exchange(X25519PublicKey.from_public_bytes(holder))
        wrapping = _wrapping_key(of_holder + of_server, ephemeral=public, holder=holder, server=server)
        wrapped += wrapping.encrypt(_NONCE, content_key, None)
    head = _VERSION + public + bytes([len(holders)]) + wrapped
    return head + ChaCha20Poly1305(content_key).encrypt(_NONCE, padded, head)


def unseal(sealed: bytes, *, holder: bytes, server: bytes) -> bytes:
    """The plaintext of a box, with one holder's and the server's private key. Raises `CannotOpen`."""
    head, wrapped, content = _parts(sealed)
    try:
        wrapping = _wrapping_key_of_opener(head[1 : 1 + KEY_BYTES], holder=holder, server=server)
        padded = ChaCha20Poly1305(_content_key(wrapping, wrapped)).decrypt(_NONCE, content, head)
    except (InvalidTag, ValueError):
        raise CannotOpen from None
    return _unpadded(padded)


def holder_file(*, wave: str, label: str, pair: KeyPair) -> bytes:
    """A holder's key file: a few lines of JSON. The page for key holders makes exactly the same in the browser."""
    content = {
        "lerend_key_file": 1,
        "wave": wave,
        "label": label,
        "public": base64.b64encode(pair.public).decode(),
        "private": base64.b64encode(pair.private).decode(),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def read_holder_file(content: bytes, *, wave: str | None = None) -> HolderFile:
    """Read a key file back; given a wave, it must be that wave's. Raises `WrongKeyFile`."""
    fields = _fields(content)
    try:
        found = HolderFile(fields["wave"], fields["label"], _key(fields["private"]), _key(fields["public"]))
    except (KeyError, binascii.Error, ValueError):
        raise WrongKeyFile(KeyFileFault.DAMAGED) from None
    if public_half(found.private) != found.public:
        raise WrongKeyFile(KeyFileFault.DAMAGED)
    if wave is not None and found.wave != wave:
        raise WrongKeyFile(KeyFileFault.OTHER_WAVE)
    return found


def public_half(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _padded(plaintext: bytes) -> bytes:
    if len(plaintext) > LONGEST_PLAINTEXT:
        raise TooLongToSeal(len(plaintext))
    return (len(plaintext).to_bytes(2, "big") + plaintext).ljust(BOX_SIZE, b"\0")


def _unpadded(padded: bytes) -> bytes:
    return padded[2 : 2 + int.from_bytes(padded[:2], "big")]


def _parts(sealed: bytes) -> tuple[bytes, bytes, bytes]:
    """Everything before the content, the wrapped keys within it, and the content."""
    if len(sealed) < _HEAD_BYTES or not sealed.startswith(_VERSION):
        raise CannotOpen
    end = _HEAD_BYTES + sealed[_HEAD_BYTES - 1] * _WRAPPED_BYTES
    if len(sealed) != end + BOX_SIZE + _TAG_BYTES:
        raise CannotOpen
    return sealed[:end], sealed[_HEAD_BYTES:end], sealed[end:]


def _wrapping_key(shared: bytes, *, ephemeral: bytes, holder: bytes, server: bytes) -> ChaCha20Poly1305:
    info = b"lerend box 1\0" + ephemeral + server + holder
    return ChaCha20Poly1305(HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=info).derive(shared))


def _wrapping_key_of_opener(ephemeral: bytes, *, holder: bytes, server: bytes) -> ChaCha20Poly1305:
    """The same key as `seal` had, from the private halves. Raises ValueError for what is not a key."""
    of_holder, of_server = X25519PrivateKey.from_private_bytes(holder), X25519PrivateKey.from_private_bytes(server)
    other = X25519PublicKey.from_public_bytes(ephemeral)
    return _wrapping_key(
        of_holder.exchange(other) + of_server.exchange(other),
        ephemeral=ephemeral,
        holder=of_holder.public_key().public_bytes_raw(),
        server=of_server.public_key().public_bytes_raw(),
    )


def _content_key(wrapping: ChaCha20Poly1305, wrapped: bytes) -> bytes:
    """The content key from whichever of the wrapped keys is this holder's. A box does not say whose is which."""
    for start in range(0, len(wrapped), _WRAPPED_BYTES):
        try:
            return wrapping.decrypt(_NONCE, wrapped[start : start + _WRAPPED_BYTES], None)
        except InvalidTag:
            continue
    raise InvalidTag


def _fields(content: bytes) -> dict[str, str]:
    """The fields of a key file that are text."""
    try:
        read = json.loads(content) if len(content) <= LONGEST_KEY_FILE else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict) or read.get("lerend_key_file") != 1:
        raise WrongKeyFile(KeyFileFault.NOT_A_KEY_FILE)
    return {name: value for name, value in read.items() if isinstance(value, str)}


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key
