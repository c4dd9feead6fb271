"""What a reader of a PDF finds in it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

PDFTOTEXT = shutil.which("pdftotext")
needs_pdftotext = pytest.mark.skipif(
    PDFTOTEXT is None, reason="no pdftotext here (on Debian: apt-get install poppler-utils): PDF was not read back"
)


def text_of(paper: bytes, *, layout: bool = False) -> str:
    """The text of a PDF; line breaks inside a sentence become spaces unless its layout is asked for."""
    assert PDFTOTEXT is not None
    options = ["-layout"] if layout else ["-raw"]
    done = subprocess.run([PDFTOTEXT, *options, "-", "-"], input=paper, capture_output=True, check=True, timeout=60)
    text = done.stdout.decode("utf-8")
    return text if layout else " ".join(text.split())
