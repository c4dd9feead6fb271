"""Slides that can be read aloud, fit their frame, and say how sure we are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PIL import ImageFont
from pptx.enum.dml import MSO_FILL_TYPE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.util import Emu

from lerend.diagnosis.result import Band
from lerend.release.value import Release
from lerend.release.writing import sealed
from lerend.report.files import kind_of
from lerend.report.words import BANDS
from lerend.wording import Language, say
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL
from tests.lerend.report.files.made import collected_here, hostile, made, one_company, three_companies
from tests.lerend.report.files.reading import deck, every_text

RELEASES = pytest.mark.parametrize("release_of", [one_company, three_companies, hostile], ids=lambda f: f.__name__)


_OPENED: dict[tuple[str, Language], list[Any]] = {}


def slides_of(release: Release, language: Language = "en") -> list[Any]:
    """The slides, opened once for all tests: none of them changes one."""
    key = (release.digest, language)
    if key not in _OPENED:
        _OPENED[key] = list(deck(made("slides", release, language)).slides)
    return _OPENED[key]


def titled(release: Release, start: str) -> list[Any]:
    return [slide for slide in slides_of(release) if slide.shapes.title.text_frame.text.startswith(start)]


def words_on(slide: Any) -> str:
    return " ".join(shape.text_frame.text for shape in every_shape(slide.shapes) if shape.has_text_frame)


def every_shape(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if shape.shape_type == 6:  # a group
            yield from every_shape(shape.shapes)
        else:
            yield shape


def test_the_deck_is_wide() -> None:
    found = deck(made("slides", one_company()))
    assert found.slide_width is not None
    assert found.slide_height is not None
    assert found.slide_width / found.slide_height == pytest.approx(16 / 9, abs=0.001)


def test_the_slides_come_in_the_order_of_the_talk() -> None:
    found = [slide.shapes.title.text_frame.text for slide in slides_of(one_company())]
    starts = [
        "Results of the learning scan", "The answer in five sentences", "Who took part", "The model", "What goes well",
        "Room for improvement", "What we agree", "How to read this", "Where the numbers come from",
    ]  # fmt: skip
    order = [next(place for place, start in enumerate(starts) if title.startswith(start)) for title in found]
    assert order == sorted(order)
    assert set(order) == set(range(len(starts)))


@RELEASES
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_slide_has_a_title_notes_and_its_origin(release_of: Any, language: Language) -> None:
    release = release_of()
    titles = []
    for slide in slides_of(release, language):
        titles.append(slide.shapes.title.text_frame.text)
        assert slide.shapes.title.is_placeholder
        notes = slide.notes_slide.notes_text_frame.text
        assert len(notes.splitlines()) >= 3
        foot = next(place for place in slide.placeholders if place.placeholder_format.type == 15)
        assert release.digest[:16] in foot.text_frame.text
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_notes_are_short_sentences() -> None:
    for slide in slides_of(one_company()):
        *said, _ = slide.notes_slide.notes_text_frame.text.splitlines()
        for sentence in " ".join(said).replace("?", ".").replace(":", ".").split(". "):
            assert len(sentence.split()) <= 22, sentence


def test_every_topic_is_one_sentence_for_a_screen_reader_and_striped_where_it_may_be_chance() -> None:
    release = one_company()
    findings = {finding.scale: finding for finding in release.diagnosis.companies[0].findings}
    seen = set()
    for slide in slides_of(release):
        for group in (shape for shape in slide.shapes if shape.name.startswith("topic ")):
            finding = findings[group.name.removeprefix("topic ")]
            said = group.element.xpath("./p:nvGrpSpPr/p:cNvPr/@descr")[0]
            assert MODEL.name_of(finding.scale).en in said
            bars = [shape for shape in group.shapes if shape.shape_type == 1]
            striped = any(bar.fill.type == MSO_FILL_TYPE.PATTERNED for bar in bars)
            assert striped == ("can be chance" in said)
            if finding.score:
                assert f"{finding.score.value:.1f}" in said
                assert f"{finding.score.low:.1f}" in said
            seen.add(striped)
    assert seen == {True, False}


def test_points_stand_where_their_scores_are_on_one_axis() -> None:
    release = one_company()
    findings = {finding.scale: finding for finding in release.diagnosis.companies[0].findings}
    places = []
    for slide in slides_of(release):
        for group in (shape for shape in slide.shapes if shape.name.startswith("topic ")):
            score = findings[group.name.removeprefix("topic ")].score
            marks = [shape for shape in group.shapes if shape.shape_type == 1]
            if score is not None:
                bar, point = marks
                middle = point.left + point.width / 2
                places.append((score.value, middle))
                assert bar.left - 1 <= middle <= bar.left + bar.width + 1
    values, middles = zip(*sorted(places), strict=True)
    assert list(middles) == sorted(middles)
    first, last = values[0], values[-1]
    step = (middles[-1] - middles[0]) / (last - first)
    assert all(abs(middles[0] + (v - first) * step - m) < 20 for v, m in zip(values, middles, strict=True))


def test_a_bottleneck_slide_says_how_sure_in_words_and_never_in_percent() -> None:
    release = one_company()
    found = titled(release, "Room for improvement")
    company = release.diagnosis.companies[0]
    assert len(found) == min(len(company.bottlenecks), 3)
    for slide in found:
        words = words_on(slide)
        assert any(BANDS[band].in_language("en") in words.lower() for band in (Band.VERY_LIKELY, Band.POSSIBLY))
        assert "%" not in words
        assert "What is known to help" in words
        assert words.count("?") >= 3
        numbered = slide.shapes.element.xpath(".//a:buAutoNum")
        assert len(numbered) == 3


def test_the_notes_speak_of_managers_only_where_a_topic_is_about_them() -> None:
    about = {MODEL.name_of(factor.id).en: factor.about_manager for factor in MODEL.factors}
    for release in (one_company(), three_companies(), hostile()):
        for slide in titled(release, "Room for improvement"):
            topic = slide.shapes.title.text_frame.text.removeprefix("Room for improvement: ")
            notes = slide.notes_slide.notes_text_frame.text
            assert ("This is about managers." in notes) == about[topic]
            assert f"‘{topic}’ means:" in notes


@pytest.mark.parametrize(
    ("release_of", "said"),
    [(one_company, "Say what was promised when people answered."), (collected_here, "Say that nobody can find out")],
)
def test_the_welcome_names_the_promise_that_holds(release_of: Any, said: str) -> None:
    assert said in slides_of(release_of())[0].notes_slide.notes_text_frame.text


def test_agreements_have_space_to_write() -> None:
    (slide,) = titled(one_company(), "What we agree")
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    cells = [cell.text_frame.text for row in table.rows for cell in row.cells]
    assert cells[:3] == ["We will try:", "Who sees to it:", "On this date we look again:"]
    assert not any(cells[3:])
    assert all(row.height > Emu(914400) for row in list(table.rows)[1:])


@RELEASES
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_stands_inside_the_slide_and_texts_fit(release_of: Any, language: Language) -> None:
    found = deck(made("slides", release_of(), language))
    assert found.slide_width
    assert found.slide_height
    for slide in found.slides:
        for shape in every_shape(slide.shapes):
            if shape.is_placeholder:
                continue
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= found.slide_width
            assert shape.top + shape.height <= found.slide_height
            if shape.has_text_frame and shape.text_frame.text:
                assert height_of(shape.text_frame, shape.width) <= shape.height / 12700 * 1.05 + 1, (
                    shape.text_frame.text
                )


def height_of(frame: Any, width: int) -> float:
    """Points that the text takes, measured with letters of another face than the maker reckons with."""
    total = 0.0
    for paragraph in frame.paragraphs:
        size = paragraph.runs[0].font.size.pt
        indent = int((paragraph._p.pPr.get("marL") if paragraph._p.pPr is not None else None) or 0)
        font = ImageFont.load_default(size)
        lines, line = 1, ""
        for word in paragraph.text.split():
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > (width - indent) / 12700:
                lines, line = lines + 1, word
            else:
                line = longer
        after = paragraph.space_after.pt if paragraph.space_after else 0.0
        total += lines * size * 1.2 + after
    return total


@RELEASES
def test_boxes_with_words_do_not_lie_over_each_other(release_of: Any) -> None:
    for slide in slides_of(release_of()):
        boxes = [
            shape
            for shape in every_shape(slide.shapes)
            if shape.has_text_frame and shape.text_frame.text and not shape.is_placeholder
        ]
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = (
                    one.left + one.width <= other.left + 9144
                    or other.left + other.width <= one.left + 9144
                    or one.top + one.height <= other.top + 9144
                    or other.top + other.height <= one.top + 9144
                )
                assert apart, (one.text_frame.text, other.text_frame.text)


def test_nothing_of_the_template_or_of_its_maker_is_left() -> None:
    content = made("slides", one_company())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
    assert not any("thumbnail" in name or "printer" in name for name in names)
    found = deck(content)
    assert found.core_properties.author == "lerend"
    assert found.core_properties.created is not None
    assert found.core_properties.created.date().isoformat() == "2026-09-18"
    assert "Steve" not in every_text(content)
    assert len(found.slide_layouts) == 2


@pytest.mark.parametrize(("language", "spoken"), [("nl", MSO_LANGUAGE_ID.DUTCH), ("en", MSO_LANGUAGE_ID.ENGLISH_UK)])
def test_all_text_is_marked_with_its_language(language: Language, spoken: MSO_LANGUAGE_ID) -> None:
    for slide in slides_of(one_company(), language):
        for shape in every_shape(slide.shapes):
            if shape.has_text_frame and not (shape.is_placeholder and shape.placeholder_format.type == 13):
                for run in (run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs):
                    assert run.font.language_id == spoken


def test_a_hidden_company_gets_slides_without_any_figure() -> None:
    release = three_companies()
    whole = replace(release.diagnosis.programme, hidden=say("{text}", text="Too few people."), findings=())
    hidden = sealed(replace(release, diagnosis=replace(release.diagnosis, programme=whole)))
    found = list(deck(kind_of("slides").make(hidden, model=MODEL, instrument=INSTRUMENT, language="en")).slides)
    assert [slide.shapes.title.text_frame.text for slide in found] == [
        "Results of the learning scan", "The answer in brief", "How to read this", "Where the numbers come from",
    ]  # fmt: skip
    assert "Too few people." in words_on(found[1])


def test_very_long_names_stay_inside() -> None:
    release = one_company()
    wave = replace(release.wave, organisation="Koninklijke Maatschappij " * 9, name="Najaarsronde " * 9)
    content = kind_of("slides").make(
        sealed(replace(release, wave=wave)), model=MODEL, instrument=INSTRUMENT, language="nl"
    )
    for slide in deck(content).slides:
        foot = next(place for place in slide.placeholders if place.placeholder_format.type == 15)
        size = foot.text_frame.paragraphs[0].runs[0].font.size
        assert size is not None
        assert ImageFont.load_default(size.pt).getlength(foot.text_frame.text) < foot.width / 12700
