"""What all files have in common: the same bytes each time, and where they come from."""

from __future__ import annotations

import subprocess
import sys
from unittest.mock import patch

import pytest

from lerend.errors import LerendError
from lerend.report.files import FILES, kind_of
from lerend.wording import Language
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL
from tests.lerend.report.files.made import SLUGS, collected_here, hostile, made, one_company
from tests.lerend.report.files.reading import csv_rows, every_text, sav, unzipped

ELSEWHERE = "collected elsewhere, not under this promise"
ALL = pytest.mark.parametrize("slug", SLUGS)


def text_of(slug: str, content: bytes) -> str:
    if slug == "spss":
        _, facts = sav(content)
        return " ".join(facts.notes)
    return " ".join(every_text(content).split())


def test_every_file_has_a_name_of_its_own() -> None:
    assert len(set(SLUGS)) == len(FILES)
    with pytest.raises(KeyError):
        kind_of("rows")


@ALL
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_same_release_gives_the_same_bytes(slug: str, language: Language) -> None:
    again = kind_of(slug).make(one_company(), model=MODEL, instrument=INSTRUMENT, language=language)
    assert again == made(slug, one_company(), language)


@ALL
def test_every_file_says_where_it_comes_from(slug: str) -> None:
    release = one_company()
    words = text_of(slug, made(slug, release))
    for said in (release.digest, "Najaar", "Voorbeeld", "18 September 2026", "Simulated data", ELSEWHERE):
        assert said in words, said


def test_every_row_of_a_csv_file_tells_its_release() -> None:
    release = one_company()
    for name, text in unzipped(made("tables", release)).items():
        if name not in ("README.txt", "codebook.csv"):
            assert {row["release"] for row in csv_rows(text, "en")} == {release.digest}


@ALL
def test_what_was_collected_here_and_is_real_is_not_called_otherwise(slug: str) -> None:
    words = text_of(slug, made(slug, collected_here()))
    assert ELSEWHERE not in words
    assert "Simulated data" not in words


@ALL
def test_a_download_has_a_safe_name(slug: str) -> None:
    kind = kind_of(slug)
    assert kind.name_of(hostile()) == f"lerend-{slug}-w1-2026-09-18-{hostile().digest[:8]}.{kind.extension}"


def test_nothing_heavy_is_loaded_before_a_file_is_made() -> None:
    code = "import sys, lerend.report.files as f; print([m for m in ('pptx','lxml','xlsxwriter','PIL','scipy','pyreadstat') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_its_extra_a_file_says_what_to_install() -> None:
    with (
        patch.dict(sys.modules, {"pptx": None, "lerend.report.files.slides": None}),
        pytest.raises(LerendError, match=r"lerend\[slides\]"),
    ):
        kind_of("slides").make(one_company(), model=MODEL, instrument=INSTRUMENT, language="en")
