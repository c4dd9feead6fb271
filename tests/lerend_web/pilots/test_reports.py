"""Reports of a pilot: one or two tagged pages, slides, and data; all say what the page says, and the same bytes each time."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.utils.translation import override
from pptx import Presentation

from lerend.evidence.design.kinds import Kind
from lerend_web.pilots.domain.finding import finding_of
from lerend_web.pilots.domain.reported import outcome_of
from lerend_web.pilots.domain.reports import looks_of, report_data, report_of, slides_of
from lerend_web.pilots.domain.results import look
from lerend_web.pilots.domain.verdicts import sign_verdict
from lerend_web.pilots.enums import PilotState
from lerend_web.pilots.models import Pilot
from lerend_web.pilots.rules import PilotRefused
from tests.lerend_web.pilots.world import World, build, moment_at

pytestmark = pytest.mark.django_db


OVER = World(state=PilotState.FINISHED)


def finished(wish: World = OVER, *, looks: tuple[int, ...] = (1, 2)) -> Pilot:
    """Looked at and signed."""
    pilot = build(wish).pilot
    for number in looks:
        look(pilot, number, at=moment_at(number))
    sign_verdict(pilot, by=None, at=moment_at(2))
    return pilot


@pytest.mark.parametrize("language", ["nl", "en"])
def test_report_is_one_or_two_tagged_pages_and_always_the_same(language: str) -> None:
    pilot = finished()
    with override(language):
        made, again = report_of(pilot), report_of(Pilot.objects.get(pk=pilot.pk))
    assert made == again
    assert made.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made.content
    assert len(re.findall(rb"/Type\s*/Page\b", made.content)) <= 2


def test_report_says_what_the_page_says() -> None:
    pilot = finished()
    with override("en"):
        finding, data = finding_of(pilot), report_data(outcome_of(pilot))
    assert finding is not None
    assert (data["headline"], data["answer"]) == (finding.headline, list(finding.answer))
    assert data["picture"]["cells"][-1][2] == finding.looks[-1].said  # type: ignore[index,call-overload]  # a tree of plain values
    said = json.dumps(data)
    assert all(one in said for one in (*finding.cannot_say, *finding.assumptions, finding.plan_digest))


def test_no_file_holds_the_name_of_a_team_or_a_score() -> None:
    pilot = finished()
    with override("en"):
        said = json.dumps(report_data(outcome_of(pilot))) + looks_of(pilot).content.decode()
    for team in pilot.teams.all():
        assert not re.search(rf"\b{team.name}\b", said)


def test_before_and_after_is_never_called_an_effect() -> None:
    pilot = finished(World(state=PilotState.FINISHED, kind=Kind.BEFORE_AFTER, effect=1.0))
    with override("en"):
        data = report_data(outcome_of(pilot))
        texts = _words(slides_of(pilot).content)
    assert "effect" not in json.dumps(data).lower()
    assert not any("effect" in text.lower() for text in texts)


def test_slides_hold_the_answer_and_notes() -> None:
    pilot = finished()
    with override("en"):
        finding = finding_of(pilot)
        made = slides_of(pilot)
        assert made.content == slides_of(pilot).content
    deck = Presentation(io.BytesIO(made.content))
    assert finding is not None
    assert deck.slides[1].shapes.title.text == finding.headline
    assert all(slide.notes_slide.notes_text_frame.text.strip() for slide in deck.slides)
    assert any(finding.looks[-1].said in text for text in _words(made.content))


def test_data_let_somebody_check_the_digests() -> None:
    pilot = finished()
    kept = json.loads(looks_of(pilot).content)
    assert kept["plan"] == pilot.plan.digest
    assert [one["digest"] for one in kept["looks"]] == [one.digest for one in pilot.effects.all()]


def test_a_look_that_is_not_the_last_is_marked() -> None:
    pilot = build(World(measured=2)).pilot
    look(pilot, 1, at=moment_at(1))
    with override("en"):
        assert "Not final" in " ".join(outcome_of(pilot).marks)


def test_without_a_look_there_is_nothing_to_take_along() -> None:
    with pytest.raises(PilotRefused):
        report_of(build(World(measured=1)).pilot)


def _words(content: bytes) -> list[str]:
    deck = Presentation(io.BytesIO(content))
    shapes = [shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    return [*(shape.text_frame.text for shape in shapes), *notes]


def test_no_chance_is_given_where_no_limits_can_be() -> None:
    pilot = build(World(teams=3, effect=0.8)).pilot
    look(pilot, 2, at=moment_at(2))
    with override("en"):
        finding = finding_of(pilot)
    assert finding is not None
    assert "cannot be told" in finding.headline
    assert not any("probability that it is larger" in one for one in finding.answer)
    assert finding.looks[0].chance is None
