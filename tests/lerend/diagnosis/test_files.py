"""The main job on a real file: read, count, compare with management, diagnose."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from lerend.diagnosis.files import Source, diagnose_file
from lerend.errors import AnswersAreWrong
from lerend.model import load_instrument
from lerend.simulate.programme import simulate_programme
from lerend.simulate.world import WorldSettings
from lerend.simulate.writing import answers_as_csv
from tests.lerend.diagnosis.made_up import INSTRUMENT, MODEL

FORM = load_instrument("company-form", MODEL)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = WorldSettings(companies=5, people=(40, 60), leaders_see_more=0.6)
    path = tmp_path_factory.mktemp("answers") / "programme.csv"
    path.write_text(answers_as_csv(simulate_programme(MODEL, INSTRUMENT, settings, seed=2)), newline="")
    return path


def test_a_simulated_file_gives_a_report_that_says_so(answers: Path) -> None:
    shares: list[float] = []
    found = diagnose_file(
        Source(answers), model=MODEL, instrument=INSTRUMENT, draws=200, progress=lambda _, share: shares.append(share)
    )
    assert found.simulated
    assert found.reading.people == found.reading.rows - sum(found.reading.left_out.values())
    assert found.reading.not_asked > 0
    assert len(found.companies) == 5
    assert len(found.trail.inputs_digest) == 64
    assert shares[-1] == pytest.approx(1.0)


def test_leaders_who_see_more_make_a_gap(answers: Path) -> None:
    source = Source(answers, leaders=("leads", "yes"))
    found = diagnose_file(source, model=MODEL, instrument=INSTRUMENT, draws=200, k=2)
    gaps = [gap for unit in found.companies for gap in unit.gaps]
    assert gaps
    assert {gap.seen_by for gap in gaps} == {"leaders"}
    assert np.mean([gap.difference.value for gap in gaps]) > 0.2
    assert {gap.factor for gap in gaps} <= {factor.id for factor in MODEL.factors if factor.gap_sensitive}


def test_few_leaders_make_no_gap(answers: Path) -> None:
    source = Source(answers, leaders=("leads", "yes"))
    found = diagnose_file(source, model=MODEL, instrument=INSTRUMENT, draws=200, k=12)
    assert all(unit.gaps == () for unit in found.companies)


def test_the_company_form_makes_a_gap_of_its_own_and_moves_no_score(answers: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.csv"
    with form.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["company", *(item.id for item in FORM.items)])
        writer.writerows([["Voorbeeld 01", *["5"] * len(FORM.items)], ["Voorbeeld 01", *["4"] * len(FORM.items)]])
    plain = diagnose_file(Source(answers), model=MODEL, instrument=INSTRUMENT, draws=200)
    found = diagnose_file(
        Source(answers),
        model=MODEL,
        instrument=INSTRUMENT,
        company_form=Source(form, by=("company",)),
        company_instrument=FORM,
        draws=200,
    )
    first, second = found.companies[:2]
    assert {gap.seen_by for gap in first.gaps} == {"company_form"}
    assert all(gap.management == pytest.approx(4.5) for gap in first.gaps)
    assert any(not gap.can_be_chance and gap.difference.value > 0 for gap in first.gaps)
    assert second.gaps == ()
    for one, other in zip(plain.companies, found.companies, strict=True):
        assert one.findings == other.findings


def test_a_file_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AnswersAreWrong) as caught:
        diagnose_file(Source(tmp_path / "none.csv"), model=MODEL, instrument=INSTRUMENT)
    assert caught.value.problems
