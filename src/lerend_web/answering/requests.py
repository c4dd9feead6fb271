"""What somebody sent, read without trusting any of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from lerend_web.urn.domain.boxes import BadToken, Pass

_HEX: Final = re.compile(r"(?:[0-9a-fA-F]{2})*")
LONGEST_CODE: Final = 40
LONGEST_SIGNATURE: Final = 2048

SHEET_FIELDS: Final = {"answers": "a", "background": "b", "comments": "c"}
"""Parts of a sheet, and how the names of their form fields begin."""


@dataclass(frozen=True, slots=True, repr=False)
class Sent:
    """A pass and the sheet's raw content."""

    shown: Pass
    sheet: Mapping[str, Any]


def sent_json(request: HttpRequest) -> Mapping[str, Any]:
    """The JSON object in the body.

    Raises:
        SuspiciousOperation: it is none.
    """
    try:
        found = json.loads(request.body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise SuspiciousOperation from None  # its text would quote the body
    if not isinstance(found, dict):
        raise SuspiciousOperation
    return found


def pass_in(data: Mapping[str, Any]) -> Pass:
    """The pass in JSON: a secret with either a card or a signature.

    Raises:
        BadToken: nothing here can be a pass.
    """
    secret, card = _bytes(data.get("secret"), most=128), data.get("card")
    if card is not None:
        return Pass(secret, card=card[:LONGEST_CODE] if isinstance(card, str) else "")
    group = data.get("key_group")
    signature = _bytes(data.get("signature"), most=LONGEST_SIGNATURE)
    return Pass(secret, signature=signature, key_group=group if isinstance(group, str) else "")


def pass_in_form(request: HttpRequest) -> Pass:
    """The pass in form fields: always a card. Raises BadToken."""
    return Pass(_bytes(request.POST.get("secret"), most=128), card=request.POST.get("code", "")[:LONGEST_CODE])


def sheet_in_form(fields: Mapping[str, str], *, form: str, language: str) -> dict[str, Any]:
    """The sheet in form fields ``a.…``, ``b.…`` and ``c.…``."""
    data: dict[str, Any] = {"form": form, "language": language}
    for name, first in SHEET_FIELDS.items():
        data[name] = {key[2:]: value for key, value in fields.items() if key.startswith(f"{first}.")}
    return data


def fields_of(request: HttpRequest) -> dict[str, str]:
    """The fields of the sheet among all form fields; line ends as browsers keep them, not as they send them."""
    begin = tuple(f"{first}." for first in SHEET_FIELDS.values())
    sent = request.POST.dict()
    return {name: str(value).replace("\r\n", "\n") for name, value in sent.items() if name.startswith(begin) and value}


def field_name(problem: str) -> str:
    """The form field of a problem: ``answers.variety_1`` is ``a.variety_1``."""
    part, _, key = problem.partition(".")
    return f"{SHEET_FIELDS[part]}.{key}" if part in SHEET_FIELDS and key else problem


def pass_in_receipt(text: str, *, wave: str) -> Pass:
    """The pass on a full receipt: ``lerend <wave> <secret> <card>`` or ``lerend <wave> <secret> <group> <signature>``.

    Raises:
        BadToken: this is no full receipt of this wave.
    """
    match text[:4096].split():
        case ["lerend", code, secret, card] if code == wave:
            return Pass(_bytes(secret, most=128), card=card[:LONGEST_CODE])
        case ["lerend", code, secret, group, signature] if code == wave:
            return Pass(_bytes(secret, most=128), signature=_bytes(signature, most=LONGEST_SIGNATURE), key_group=group)
    raise BadToken


def full_receipt(shown: Pass, *, wave: str) -> str:
    """The line with which a person can change or withdraw until closing."""
    if shown.card is not None:
        return f"lerend {wave} {shown.secret.hex()} {shown.card}"
    return f"lerend {wave} {shown.secret.hex()} {shown.key_group} {(shown.signature or b'').hex()}"


def _bytes(text: object, *, most: int) -> bytes:
    if not isinstance(text, str) or len(text) > most or not _HEX.fullmatch(text):
        return b""
    return bytes.fromhex(text)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
