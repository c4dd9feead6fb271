from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lerend.model import list_packaged, load_instrument, load_model, load_model_and_instrument
from lerend.model.exporting import instrument_as_json, model_as_json
from tests.lerend.model.small_files import EMBEDDED, INSTRUMENT, MODEL


def test_a_model_with_its_questionnaire_comes_back_the_same(tmp_path: Path) -> None:
    (tmp_path / "both.yaml").write_text(EMBEDDED)
    model, instrument = load_model_and_instrument(tmp_path / "both.yaml")
    (tmp_path / "both.json").write_text(model_as_json(model, instrument))
    again = load_model_and_instrument(tmp_path / "both.json")
    assert replace(again[0], digest=model.digest) == model
    assert replace(again[1], digest=instrument.digest) == instrument


def test_a_questionnaire_comes_back_the_same(tmp_path: Path) -> None:
    (tmp_path / "tiny.v1.yaml").write_text(MODEL)
    (tmp_path / "scan.yaml").write_text(INSTRUMENT)
    scan = load_instrument(tmp_path / "scan.yaml")
    (tmp_path / "scan.json").write_text(instrument_as_json(scan))
    assert replace(load_instrument(tmp_path / "scan.json"), digest=scan.digest) == scan


@pytest.mark.parametrize("name", list_packaged())
def test_every_packaged_file_comes_back_the_same(tmp_path: Path, name: str) -> None:
    path = tmp_path / "again.json"
    if name.startswith("lerend@"):
        model = load_model(name)
        path.write_text(model_as_json(model))
        assert replace(load_model(path), digest=model.digest) == model
    else:
        instrument = load_instrument(name)
        path.write_text(instrument_as_json(instrument))
        assert replace(load_instrument(path), digest=instrument.digest) == instrument
