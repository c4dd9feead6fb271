from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from lerend.diagnosis.result import Finding
from lerend.report import to_json

from .diagnoses import Shape, made_diagnosis
from .models import made_model

DEFAULT = Shape()


def read(shape: Shape = DEFAULT) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(to_json(made_diagnosis(shape), made_model()))
    return content


def test_the_keys_are_the_documented_ones() -> None:
    assert list(read()) == [
        "format", "format_version", "model", "trail", "reading", "programme", "companies", "teams", "quality", "listed",
        "target_is_stated", "shareable", "simulated", "notes",
    ]  # fmt: skip
    assert list(read()["programme"]) == [
        "path", "level", "label", "people", "findings", "own_mean", "strengths", "bottlenecks", "gaps", "joined_with",
        "hidden", "why_not_ranked", "headline",
    ]  # fmt: skip


def test_every_number_reads_back_to_the_last_digit() -> None:
    diagnosis = made_diagnosis()
    for unit, found in zip(diagnosis.companies, read()["companies"], strict=True):
        shown = {finding["scale"]: finding for finding in found["findings"]}
        for finding in unit.findings:
            assert shown[finding.scale]["score"] == _estimate(finding)
            if finding.score is not None:
                assert shown[finding.scale]["score_0_100"]["value"] == 25 * (finding.score.value - 1)
            if finding.room is not None:
                assert shown[finding.scale]["room"]["top_five"] == finding.room.top_five


def _estimate(finding: Finding) -> dict[str, float] | None:
    if finding.score is None:
        return None
    return {"value": finding.score.value, "low": finding.score.low, "high": finding.score.high}


def test_every_sentence_stands_there_in_both_languages() -> None:
    headline = read()["programme"]["headline"]
    assert headline[0]["nl"].startswith("Dit gaat goed")
    assert headline[0]["en"].startswith("This goes well")


def test_a_hidden_cell_holds_nothing_but_its_reason() -> None:
    teams = read(Shape(companies=3))["teams"]
    hidden = [f for team in teams for f in team["findings"] if f["hidden"] is not None]
    assert hidden
    for finding in hidden:
        told = {key for key, value in finding.items() if value not in (None, False)}
        assert told == {"scale", "hidden"}


def test_a_number_that_is_no_number_becomes_null() -> None:
    diagnosis = made_diagnosis(Shape(companies=1))
    unit = diagnosis.companies[0]
    findings = tuple(replace(f, room=replace(f.room, leaves_with=float("inf"))) if f.room else f for f in unit.findings)
    content = json.loads(to_json(replace(diagnosis, companies=(replace(unit, findings=findings),)), made_model()))
    rooms = [finding["room"] for finding in content["companies"][0]["findings"] if finding["room"]]
    assert rooms
    assert all(room["leaves_with"] is None for room in rooms)


def test_the_same_diagnosis_gives_the_same_text() -> None:
    assert to_json(made_diagnosis(), made_model()) == to_json(made_diagnosis(), made_model())
