from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from lerend.errors import ModelIsWrong
from lerend.model import list_packaged, load_instrument, load_model, load_model_and_instrument
from lerend.model.structure import Direction, Level, Prior, Source
from lerend.wording import Text
from tests.lerend.model.small_files import EMBEDDED, INSTRUMENT, MODEL, changed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tiny.v1.yaml").write_text(MODEL)
    (tmp_path / "scan.yaml").write_text(INSTRUMENT)
    (tmp_path / "both.yaml").write_text(EMBEDDED)
    return tmp_path


def refusal(name: str | Path) -> str:
    with pytest.raises(ModelIsWrong) as caught:
        load_model_and_instrument(name)
    return str(caught.value)


def test_a_model_is_read_with_its_defaults_filled_in(folder: Path) -> None:
    model = load_model(folder / "tiny.v1.yaml")
    autonomy, workload = model.factors
    assert model.reference == "tiny@1"
    assert model.digest == hashlib.sha256(MODEL.encode()).hexdigest()
    assert model.scales == ("autonomy", "workload", "learning")
    assert autonomy.icc == Prior(0.1, Source.SEEN, "somewhere, 2009")
    assert autonomy.prior_correlation("learning") == 0.3
    assert (autonomy.direction, autonomy.level, autonomy.gap_sensitive) == (Direction.PLAIN, Level.JOB, True)
    assert (workload.direction, workload.ranked, workload.measured) == (Direction.INVERTED_U, False, True)
    assert workload.term == workload.name
    assert model.outcomes[0].definition == Text("Je leert van je werk.\nOok van elkaar.", "You learn from your work.")
    assert model.themes[0].secondary == ("workload",)


def test_a_questionnaire_is_read_and_checked_against_the_model_in_the_same_folder(folder: Path) -> None:
    scan = load_instrument(folder / "scan.yaml")
    assert scan.items[0].columns == ("Q1", "q_1")
    assert scan.items[1].reversed
    assert scan.answer_scales[0].codes == ("0", "no")
    assert scan.answer_scales[0].not_applicable_codes == ("9",)
    assert scan.background[0].options[1] == ("no", Text("Nee", "No"))
    assert not scan.facts[0].optional
    (folder / "tiny.v1.yaml").write_text(changed(MODEL, ("id: workload", "id: workpressure"), ("[workload]", "[]")))
    with pytest.raises(ModelIsWrong, match=r"scan.yaml:\d+: There is no factor or outcome workload"):
        load_instrument(folder / "scan.yaml")


def test_a_questionnaire_whose_model_is_nowhere_says_which_file_is_missing(folder: Path) -> None:
    (folder / "tiny.v1.yaml").unlink()
    with pytest.raises(ModelIsWrong, match=r"the model tiny@1, which is not here.*under the name tiny.v1.yaml"):
        load_instrument(folder / "scan.yaml")


def test_a_questionnaire_for_another_model_is_refused(folder: Path) -> None:
    other = load_model(folder / "tiny.v1.yaml")
    (folder / "scan.yaml").write_text(changed(INSTRUMENT, ("tiny@1", "tiny@2")))
    with pytest.raises(ModelIsWrong, match="belongs to tiny@2, not to tiny@1"):
        load_instrument(folder / "scan.yaml", other)
    with pytest.raises(ModelIsWrong, match="belongs to tiny@2, not to tiny@1"):
        load_model_and_instrument(folder / "tiny.v1.yaml", folder / "scan.yaml")


def test_one_file_is_all_it_takes_to_describe_an_existing_data_set(folder: Path) -> None:
    model, instrument = load_model_and_instrument(folder / "both.yaml")
    assert instrument == load_instrument(folder / "both.yaml")
    assert instrument.model == model.reference == instrument.reference
    assert instrument.name == model.name
    assert instrument.answer_scales[0].codes == ("1", "2", "3")
    assert [form.items for form in instrument.forms] == [("a1", "w1", "l1")]
    assert (instrument.anonymous, instrument.rotation, instrument.background) == (True, (), ())


def test_a_questionnaire_on_its_own_goes_before_the_one_in_the_model_file(folder: Path) -> None:
    _, instrument = load_model_and_instrument(folder / "both.yaml", folder / "scan.yaml")
    assert instrument.id == "tiny-scan"


def test_problems_of_the_questionnaire_in_a_model_file_have_their_own_line(folder: Path) -> None:
    text = changed(EMBEDDED, ("{id: w1, measures: workload", "{id: w1, measures: autonomy"))
    (folder / "both.yaml").write_text(text)
    line = text[: text.index("  items:\n")].count("\n") + 1
    assert refusal(folder / "both.yaml").startswith(f"both.yaml:{line}: No item measures workload.")


def test_a_model_whose_parts_do_not_fit_is_refused(folder: Path) -> None:
    (folder / "tiny.v1.yaml").write_text(changed(MODEL, ("layer: work", "layer: x")))
    with pytest.raises(ModelIsWrong, match=r"tiny.v1.yaml:15: There is no layer x"):
        load_model(folder / "tiny.v1.yaml")


def test_a_model_without_questionnaire_says_so(folder: Path) -> None:
    assert "holds no questionnaire. Add `instrument:`" in refusal(folder / "tiny.v1.yaml")


def test_a_questionnaire_given_as_model_is_told_which_model_to_give(folder: Path) -> None:
    assert "This is a questionnaire, not a model. Give its model, tiny@1." in refusal(folder / "scan.yaml")


def test_files_that_are_not_there_or_not_files_are_said_in_words(folder: Path) -> None:
    assert "There is no such file" in refusal(folder / "none.yaml")
    assert "cannot be read (Is a directory)" in refusal(folder)
    assert "No model or questionnaire with this name comes with the platform" in refusal("nonsense")


def test_a_nearly_right_name_gets_a_suggestion() -> None:
    assert "Did you mean lerend?" in refusal("lerendd")


def test_the_packaged_model_comes_with_the_employee_scan() -> None:
    model, instrument = load_model_and_instrument("lerend")
    assert (model.id, instrument.id, instrument.model) == ("lerend", "employee-scan", model.reference)
    assert load_model_and_instrument(f"lerend@{model.version}", "employee-scan") == (model, instrument)


def test_every_packaged_file_can_be_read_by_name() -> None:
    names = list_packaged()
    assert {"lerend@1", "employee-scan@1", "company-form@1"} <= set(names)
    for name in names:
        file = load_model(name) if name.startswith("lerend@") else load_instrument(name)
        assert file.reference == name


def test_json_files_are_models_too(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"kind": "model", "id": "x"}')
    assert "x.json:1: The key version is missing here." in refusal(path)


def test_importing_the_front_door_loads_no_yaml_and_no_schema_library() -> None:
    code = "import sys, lerend.model; print([m for m in ('yaml', 'jsonschema', 'xlsxwriter', 'scipy') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_packaged_file_on_record_is_read_without_the_schema_library() -> None:
    code = "import sys, lerend.model as m; m.load_model_and_instrument('lerend'); print('jsonschema' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
