"""A release is a file that keeps everything, and tells when it was changed."""

from __future__ import annotations

import hashlib
import json

import pytest

from lerend.errors import ReleaseIsWrong
from lerend.release.value import Collected, Release, Wave
from lerend.release.writing import read_release, sealed, to_json
from lerend.report import render_html, terminal_table
from lerend.simulate.world import WorldSettings
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL, programme
from tests.lerend.release.waves import released
from tests.lerend.report.diagnoses import made_diagnosis


def made_release() -> Release:
    return sealed(Release(Wave("w1", "Najaar", "Voorbeeld"), "2026-09-18", 5, Collected.HERE, made_diagnosis(), ()))


def test_a_release_comes_back_as_it_was_written() -> None:
    for release in (made_release(), released(programme(WorldSettings(companies=1, people=(60, 60)), 1).filled.batch)):
        assert read_release(to_json(release)) == release
        assert to_json(read_release(to_json(release))) == to_json(release)


def test_anybody_can_check_the_digest_without_our_code() -> None:
    text = to_json(made_release())
    digest = json.loads(text)["digest"]
    blank = text.replace(f'"digest":"{digest}"', '"digest":"' + "0" * 64 + '"', 1)
    assert hashlib.sha256(blank.encode()).hexdigest() == digest


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"k":5', '"k":3', "changed after it was made"),
        ('"format":1', '"format":9', "format 9"),
        ("lerend/release", "lerend/diagnosis", "no release of lerend"),
        ("{", "", "no JSON"),
    ],
)
def test_a_file_that_is_no_release_says_why(old: str, new: str, says: str) -> None:
    with pytest.raises(ReleaseIsWrong, match=says):
        read_release(to_json(made_release()).replace(old, new, 1))


def test_faces_draw_a_release() -> None:
    release = released(programme(WorldSettings(companies=1, people=(60, 60)), 1).filled.batch)
    page = render_html(
        release.diagnosis, model=MODEL, instrument=INSTRUMENT, language="en", made_on="18 September 2026"
    )
    assert "50–99" in page
    assert "What the file held" not in page
    assert "50–99" in terminal_table(release.diagnosis, MODEL, "en", 100)
