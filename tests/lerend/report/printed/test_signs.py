"""Signs that the fonts lack must not stop a report."""

from __future__ import annotations

from datetime import date

from lerend.report.printed.signs import with_signs_of_the_fonts
from lerend.report.printed.typesetting import Plain, pdf_of
from tests.lerend.report.printed.paper import pages_of


def test_letters_of_european_names_stay_as_they_are() -> None:
    for name in ("Søren Ærø", "Łódź", "İzmir & Şişli", "Αθήνα", "Київ", "d’Hondt – ½ €"):
        assert with_signs_of_the_fonts(name) == name


def test_sign_that_no_font_holds_becomes_a_square() -> None:
    assert with_signs_of_the_fonts("Ploeg 🚀 你") == "Ploeg □ □"
    assert with_signs_of_the_fonts("☀\N{VARIATION SELECTOR-16}") == "□"
    assert with_signs_of_the_fonts("x\N{COMBINING ACUTE ACCENT}") == "x"


def test_letter_and_accent_apart_become_one() -> None:
    assert with_signs_of_the_fonts("Rene\N{COMBINING ACUTE ACCENT}e") == "Renée"


def test_fonts_hold_every_sign_that_is_let_through() -> None:
    """The typesetter refuses a file in which a sign has no picture."""
    kept = [
        sign for sign in map(chr, range(0x20, 0x10000)) if sign.isprintable() and with_signs_of_the_fonts(sign) == sign
    ]
    assert len(kept) > 1500
    data: dict[str, Plain] = {
        "language": "en",
        "title": "Signs",
        "name": "Signs",
        "about": "",
        "marks": [" ".join(kept)],
        "foot": "",
        "page_words": "",
        "answer": {"title": "Signs", "sentences": [" ".join(kept), "".join(kept)]},
        "reading": {"title": "-", "sections": [], "trail_title": "-", "purpose": "", "trail": []},
    }
    assert pages_of(pdf_of("company", data, made_on=date(2026, 9, 18))) >= 1
