"""What gives a person away by its form: addresses, telephone and account numbers, citizen service numbers, dates.

The Dutch citizen service number (BSN) is told from other numbers by its *elfproef*: nine digits times 9, 8, … 2, −1 add
up to a multiple of 11. An IBAN is one when its number modulo 97 is 1 (ISO 13616).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from lerend.comments.folding import plain

Place: TypeAlias = tuple[int, int]

_EMAIL: Final = re.compile(
    r"[\w.+-]+(?:@|\s*[(\[]\s*(?:at|@)\s*[)\]]\s*|\s+apenstaart(?:je)?\s+)[\w-]+(?:(?:\.|\s+(?:punt|dot)\s+)[\w-]+)+",
    re.IGNORECASE,
)
_URL: Final = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)]|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:nl|com|org|net|eu|info)\b(?:/(?:[^\s<>\"]*[^\s<>\".,;:!?)])?)?"
)
_IBAN: Final = re.compile(r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}\b", re.IGNORECASE)
_DUTCH_IBAN: Final = re.compile(r"\bNL ?\d{2} ?[A-Z]{4}(?: ?\d){10}\b", re.IGNORECASE)
_IBAN_LENGTHS: Final = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "GB": 22, "IE": 22, "ES": 24, "PT": 25, "IT": 27, "AT": 20, "CH": 21, "LU": 20,
    "PL": 28, "RO": 24, "BG": 22, "HU": 28, "CZ": 24, "SK": 24, "LT": 20, "LV": 21, "EE": 20, "UA": 29, "TR": 26, "GR": 27,
}  # fmt: skip
"""Signs of an account number by country, of those whose accounts are commonest here; the others by their check alone."""
_NINE: Final = re.compile(r"(?<![\w+])\d(?:[ .-]?\d){8}(?![\d])")
_BSN_NAMED: Final = re.compile(
    r"\b(?:bsn|sofi(?:nummer)?|burgerservicenummer)\D{0,12}(\d(?:[ .-]?\d){7,8})\b", re.IGNORECASE
)
_PHONE: Final = re.compile(r"(?<![\w+])(?:\+|00|\(?0)\d?(?:[ ./()\-\u2013]{0,3}\d){7,13}(?!\w)")
_STAFF_NUMBER: Final = re.compile(
    r"\b(?:personeels?|medewerkers?|werknemers?|pers\w*|badge|pas|staff|employee|payroll|clock|badge)[ .-]{0,2}"
    r"(?:nummer|nr|no|number|id|code)?\b\D{0,8}?([a-z]{0,3}-?\d{3,9})\b",
    re.IGNORECASE,
)
_AMOUNT: Final = (
    r"(?! ?(?:stuks|euro|eur|km|kg|kilo|ton|uur|mensen|producten|onderdelen|pieces|parts|units|people|hours|per)\b)"
)
_LONG_NUMBER: Final = re.compile(
    rf"(?<![\w,.+€$£-])(?<![€$£] )[A-Z]{{0,3}}-?\d{{5,9}}(?![\w,-]|\.\d){_AMOUNT}", re.IGNORECASE
)
_MONTHS: Final = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march|may"
    "|june|july|august|october|jan|feb|mrt|mar|apr|jun|jul|aug|sept|sep|okt|oct|nov|dec"
)
_DAYS: Final = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_DATE: Final = re.compile(
    rf"\b(?:{_DAYS},? )?\d{{1,2}}(?:e|de|ste|st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b\.?(?: '?\d{{2,4}}\b)?"
    rf"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
    r"|(?<![\d.-])\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})(?![\d.-]\d|\d)|\b(?:19|20)\d\d-\d\d-\d\d\b",
    re.IGNORECASE,
)
_DIGIT_WORDS: Final = {
    "nul": "0", "zero": "0", "oh": "0", "een": "1", "one": "1", "twee": "2", "two": "2", "drie": "3", "three": "3",
    "vier": "4", "four": "4", "vijf": "5", "five": "5", "zes": "6", "six": "6", "zeven": "7", "seven": "7",
    "acht": "8", "eight": "8", "negen": "9", "nine": "9",
}  # fmt: skip
_TOKEN: Final = re.compile(r"[^\W_]+")
_SENTENCE_ENDS: Final = re.compile(r"[?!:\n]")
FEWEST_SPOKEN: Final = 8
"""Digits; nobody counts to eight from nought in a comment for another reason."""


def emails(text: str) -> Iterator[Place]:
    """E-mail addresses, also with *apenstaartje* and *punt*."""
    yield from (match.span() for match in _EMAIL.finditer(text))


def urls(text: str) -> Iterator[Place]:
    """Addresses of web pages."""
    yield from (match.span() for match in _URL.finditer(text))


def ibans(text: str) -> Iterator[Place]:
    """Account numbers that pass their check; of the Dutch form also with a mistake in them."""
    for match in _IBAN.finditer(text):
        end = _end_of_iban(match[0])
        if end:
            yield match.start(), match.start() + end
    yield from (match.span() for match in _DUTCH_IBAN.finditer(text))


def _end_of_iban(written: str) -> int:
    """Where the account number at the start of `written` ends, 0 when there is none; what follows may be a word."""
    wanted = _IBAN_LENGTHS.get(written[:2].upper())
    for end in range(1, len(written) + 1):
        number = written[:end].replace(" ", "").upper()
        at_its_end = end == len(written) or written[end] == " "
        if (len(number) == wanted if wanted else at_its_end and len(number) >= 15) and _is_iban(number):
            return end
    return 0


def _is_iban(number: str) -> bool:
    if len(number) > 34 or not number.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def citizen_numbers(text: str) -> Iterator[Place]:
    """Dutch citizen service numbers: nine digits that pass the proof, or eight or nine that are called so."""
    yield from (match.span() for match in _NINE.finditer(text) if passes_elfproef(_digits(match[0])))
    yield from (match.span(1) for match in _BSN_NAMED.finditer(text))


def passes_elfproef(digits: str) -> bool:
    """Whether nine digits can be a BSN."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and int(digits) > 0


def phones(text: str) -> Iterator[Place]:
    """Telephone numbers, with any signs in between or in words."""
    yield from (match.span() for match in _PHONE.finditer(text) if 9 <= len(_digits(match[0])) <= 15)
    yield from _spoken(text)


def _spoken(text: str) -> Iterator[Place]:
    """Digits in words (``nul zes …``), mixed with written ones."""
    digits, start, end, in_words = "", 0, 0, False
    for match in [*_TOKEN.finditer(text), None]:
        token = plain(match[0]) if match else ""
        value = _DIGIT_WORDS.get(token, token if token.isascii() and token.isdigit() else "")
        goes_on = value and not (digits and match and _SENTENCE_ENDS.search(text, end, match.start()))
        if not goes_on:
            if in_words and len(digits) >= FEWEST_SPOKEN and digits[0] == "0":
                yield start, end
            digits, in_words = "", False
        if value and match:
            start = start if digits else match.start()
            digits, end, in_words = digits + value, match.end(), in_words or not token.isdigit()


def dates(text: str) -> Iterator[Place]:
    """Days of the calendar: a day and a month, in words or in figures with the year."""
    yield from (match.span() for match in _DATE.finditer(text))


def staff_numbers(text: str) -> Iterator[Place]:
    """Numbers such as a company gives to its people: called so, or five digits and more."""
    yield from (match.span(1) for match in _STAFF_NUMBER.finditer(text))
    yield from (match.span() for match in _LONG_NUMBER.finditer(text))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


Pattern: TypeAlias = Callable[[str], Iterator[Place]]
