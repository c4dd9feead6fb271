from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lerend.diagnosis.result import Diagnosis, Finding, UnitDiagnosis
from lerend.report import render_html, terminal_table, to_json, write_workbook
from lerend.report.visible import finding_of, visible

from .diagnoses import HIDDEN_CELL, HIDDEN_UNIT, Shape, made_diagnosis
from .models import made_instrument, made_model


def with_secrets(diagnosis: Diagnosis, shift: float) -> Diagnosis:
    """The diagnosis as a careless caller may hand it in: marked hidden, with the numbers still there."""
    source = made_diagnosis(Shape(companies=4, teams=3, seed=99, hidden_units=False, hidden_cells=False))
    filled = tuple(_shifted(unit, shift) for unit in source.companies)
    first, second, *others = filled
    second = replace(second, findings=tuple(_hide_some(finding) for finding in second.findings))
    return replace(diagnosis, companies=(replace(first, hidden=HIDDEN_UNIT), second, *others[:0]))


def _shifted(unit: UnitDiagnosis, shift: float) -> UnitDiagnosis:
    findings = tuple(
        replace(finding, score=replace(finding.score, value=2.0 + shift), people=40 + int(10 * shift))
        if finding.score and finding.scale == "reflection"
        else finding
        for finding in unit.findings
    )
    return replace(unit, findings=findings)


def _hide_some(finding: Finding) -> Finding:
    return replace(finding, hidden=HIDDEN_CELL) if finding.scale == "reflection" else finding


@pytest.fixture
def pair() -> tuple[Diagnosis, Diagnosis]:
    base = made_diagnosis(Shape(companies=4, teams=2))
    return with_secrets(base, 0.0), with_secrets(base, 2.3)


def test_hidden_numbers_do_not_change_a_byte_of_html_json_or_terminal(pair: tuple[Diagnosis, Diagnosis]) -> None:
    model, instrument = made_model(), made_instrument()
    for unit in (None, ("Bedrijf 1",), ("Bedrijf 2",)):
        pages = {
            render_html(d, model=model, instrument=instrument, language="en", unit=unit, made_on="today") for d in pair
        }
        assert len(pages) == 1
        assert len({terminal_table(d, model, "en", 80, unit=unit) for d in pair}) == 1
    assert len({to_json(d, model) for d in pair}) == 1


def test_hidden_numbers_do_not_change_a_byte_of_the_workbook(pair: tuple[Diagnosis, Diagnosis], tmp_path: Path) -> None:
    for place, diagnosis in enumerate(pair):
        write_workbook(diagnosis, made_model(), "nl", tmp_path / f"{place}.xlsx")
    assert (tmp_path / "0.xlsx").read_bytes() == (tmp_path / "1.xlsx").read_bytes()


def test_numbers_that_are_not_hidden_do_reach_the_faces(pair: tuple[Diagnosis, Diagnosis]) -> None:
    first, second = (
        replace(d, companies=tuple(replace(c, hidden=None, findings=_unhidden(c)) for c in d.companies)) for d in pair
    )
    assert to_json(first, made_model()) != to_json(second, made_model())


def _unhidden(unit: UnitDiagnosis) -> tuple[Finding, ...]:
    return tuple(replace(finding, hidden=None) for finding in unit.findings)


def test_a_hidden_unit_loses_everything_but_its_name_and_reason() -> None:
    unit = next(company for company in made_diagnosis(Shape(hidden_units=False)).companies)
    seen = visible(replace(made_diagnosis(), companies=(replace(unit, hidden=HIDDEN_UNIT),))).companies[0]
    assert (seen.people, seen.findings, seen.strengths, seen.bottlenecks, seen.gaps, seen.headline) == (
        None,
        (),
        (),
        (),
        (),
        (),
    )
    assert seen.label == unit.label


def test_a_hidden_factor_is_no_strength_no_bottleneck_and_has_no_gap() -> None:
    diagnosis = made_diagnosis(Shape(companies=1, hidden_cells=False))
    unit = diagnosis.companies[0]
    factor = unit.strengths[0].factor
    hidden = tuple(replace(f, hidden=HIDDEN_CELL) if f.scale == factor else f for f in unit.findings)
    seen = visible(replace(diagnosis, companies=(replace(unit, findings=hidden),))).companies[0]
    assert factor not in {strength.factor for strength in seen.strengths}
    assert finding_of(seen, factor).score is None


def test_showing_twice_changes_nothing() -> None:
    once = visible(made_diagnosis())
    assert visible(once) == once
