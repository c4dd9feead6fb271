"""What a reader finds in a PDF, and which figures stand in a text."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

PDFTOTEXT = shutil.which("pdftotext")
needs_pdftotext = pytest.mark.skipif(
    PDFTOTEXT is None, reason="no pdftotext here (on Debian: apt-get install poppler-utils): PDF was not read back"
)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_DECIMAL = re.compile(r"(?<![\w.,])[+\N{MINUS SIGN}]?\d+[.,]\d+(?![\w.,]*\d)")
_WHOLE = re.compile(r"(?<![\w.,])\d+(?!\w|[.,]\d)")


def pages_of(paper: bytes) -> int:
    return len(_PAGE.findall(paper))


def text_of(paper: bytes) -> str:
    """All text; line breaks inside a sentence become spaces."""
    return " ".join(texts_of_pages(paper))


def texts_of_pages(paper: bytes) -> list[str]:
    assert PDFTOTEXT is not None
    done = subprocess.run([PDFTOTEXT, "-raw", "-", "-"], input=paper, capture_output=True, check=True, timeout=60)
    return [" ".join(page.split()) for page in done.stdout.decode("utf-8").split("\f")[:-1]]


def squeezed(text: str) -> str:
    """Letters and digits only: how a PDF breaks lines and writes quotes says nothing."""
    return "".join(sign for sign in text.lower() if sign.isalnum())


def decimals_in(text: str) -> set[float]:
    found = (figure.lstrip("+").replace("\N{MINUS SIGN}", "-").replace(",", ".") for figure in _DECIMAL.findall(text))
    return {float(figure) for figure in found}


def wholes_in(text: str) -> set[int]:
    return {int(figure) for figure in _WHOLE.findall(text)}
