from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lerend.errors import ModelIsWrong
from lerend.model import list_packaged, load_instrument, load_model, load_model_and_instrument
from lerend.model.commands import check, export, translate_in, translate_out
from lerend.model.sheets import rows_of, sheet_of
from lerend.wording import Text
from tests.lerend.model.small_files import EMBEDDED, INSTRUMENT, MODEL, changed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tiny.v1.yaml").write_text(MODEL)
    (tmp_path / "tiny-scan.v1.yaml").write_text(INSTRUMENT)
    (tmp_path / "both.yaml").write_text(EMBEDDED)
    return tmp_path


def edited(sheet: Path, texts: dict[str, Text]) -> Path:
    """The sheet as a translator sends it back."""
    rows = rows_of(sheet)
    assert texts.keys() <= {row.place for row in rows}
    sheet.write_bytes(sheet_of([(row.file, row.place, texts.get(row.place, row.text)) for row in rows]))
    return sheet


def refusal(sheet: Path, out: Path) -> list[str]:
    with pytest.raises(ModelIsWrong) as caught:
        translate_in(sheet, out)
    assert not list(out.glob("*"))
    return [problem.in_language("en") for problem in caught.value.problems]


def test_check_says_nothing_about_right_files(folder: Path) -> None:
    for name in ("tiny.v1.yaml", "tiny-scan.v1.yaml", "both.yaml"):
        assert check(folder / name) == ()


@pytest.mark.parametrize("name", list_packaged())
def test_check_says_nothing_about_packaged_files(name: str) -> None:
    assert [problem.in_language("en") for problem in check(name)] == []


def test_check_names_the_problems_of_the_model_and_of_the_questionnaire_inside_together(folder: Path) -> None:
    (folder / "both.yaml").write_text(
        changed(EMBEDDED, ("layer: work", "layer: x"), ("measures: learning", "measures: y"))
    )
    assert len(check(folder / "both.yaml")) == 3
    assert len(check(folder / "none.yaml")) == 1


def test_export_gives_a_file_that_reads_as_the_same_model(folder: Path) -> None:
    for name in ("both.yaml", "tiny.v1.yaml"):
        (folder / "again.json").write_text(export(folder / name))
        model = load_model(folder / name)
        assert replace(load_model(folder / "again.json"), digest=model.digest) == model
    assert json.loads(export(folder / "tiny-scan.v1.yaml"))["model"] == "tiny@1"


def test_export_refuses_a_wrong_file(folder: Path) -> None:
    (folder / "tiny.v1.yaml").write_text(changed(MODEL, ("layer: work", "layer: x")))
    with pytest.raises(ModelIsWrong, match="There is no layer x"):
        export(folder / "tiny.v1.yaml")


def test_out_and_in_without_changes_writes_nothing(folder: Path) -> None:
    count = translate_out([folder / "tiny.v1.yaml", folder / "tiny-scan.v1.yaml", "lerend"], folder / "t.xlsx")
    assert count == len(rows_of(folder / "t.xlsx")) > 100
    assert translate_in(folder / "t.xlsx", folder / "out") == ()
    assert not (folder / "out").exists() or not list((folder / "out").iterdir())


def test_a_changed_text_gives_a_new_version_in_which_only_that_text_differs(folder: Path) -> None:
    translate_out([folder / "both.yaml"], folder / "t.xlsx")
    edited(folder / "t.xlsx", {"instrument/items/a1/text": Text("Ik beslis.", "I decide.")})
    (path,) = translate_in(folder / "t.xlsx", folder / "out")
    assert path == folder / "out" / "tiny.v2.yaml"
    before, after = load_model_and_instrument(folder / "both.yaml"), load_model_and_instrument(path)
    assert after[1].items[0].text == Text("Ik beslis.", "I decide.")
    same_items = (replace(after[1].items[0], text=before[1].items[0].text), *after[1].items[1:])
    assert replace(after[0], version=1, digest=before[0].digest) == before[0]
    assert replace(after[1], version=1, model="tiny@1", digest=before[1].digest, items=same_items) == before[1]
    assert (folder / "both.yaml").read_text() == EMBEDDED


def test_a_version_that_is_taken_is_never_written_over(folder: Path) -> None:
    translate_out([folder / "both.yaml"], folder / "t.xlsx")
    edited(folder / "t.xlsx", {"name": Text("Heel klein", "Very tiny")})
    first = translate_in(folder / "t.xlsx", folder / "out")
    content = first[0].read_bytes()
    second = translate_in(folder / "t.xlsx", folder / "out")
    assert [path.name for path in (*first, *second)] == ["tiny.v2.yaml", "tiny.v3.yaml"]
    assert first[0].read_bytes() == content


def test_a_questionnaire_in_the_sheet_moves_along_with_its_model(folder: Path) -> None:
    translate_out([folder / "tiny-scan.v1.yaml", folder / "tiny.v1.yaml"], folder / "t.xlsx")
    edited(folder / "t.xlsx", {"factors/autonomy/name": Text("Zelf kiezen", "Choosing yourself")})
    written = translate_in(folder / "t.xlsx", folder / "out")
    assert sorted(path.name for path in written) == ["tiny-scan.v2.yaml", "tiny.v2.yaml"]
    assert load_instrument(folder / "out" / "tiny-scan.v2.yaml").model == "tiny@2"


def test_a_questionnaire_alone_keeps_its_model(folder: Path) -> None:
    translate_out([folder / "tiny-scan.v1.yaml"], folder / "t.xlsx")
    edited(folder / "t.xlsx", {"introduction": Text("Dank je wel.", "Thank you.")})
    translate_in(folder / "t.xlsx", folder)
    assert load_instrument(folder / "tiny-scan.v2.yaml").model == "tiny@1"


def test_a_packaged_file_is_translated_into_a_new_version_elsewhere(folder: Path) -> None:
    translate_out(["lerend"], folder / "t.xlsx")
    edited(folder / "t.xlsx", {"name": Text("Ons model", "Our model")})
    (path,) = translate_in(folder / "t.xlsx", folder / "out")
    before, after = load_model("lerend"), load_model(path)
    assert path.name == f"lerend.v{before.version + 1}.yaml"
    assert replace(after, version=before.version, name=before.name, digest=before.digest) == before
    assert after.name == Text("Ons model", "Our model")


def test_all_that_is_wrong_in_a_sheet_is_named_with_its_row_and_nothing_is_written(folder: Path) -> None:
    name = str(folder / "tiny.v1.yaml")
    rows = [
        (name, "name", Text("a", "b")),
        (name, "nme", Text("a", "b")),
        (name, "name", Text("c", "d")),
        ("gone.yaml", "name", Text("a", "b")),
    ]
    (folder / "t.xlsx").write_bytes(sheet_of(rows))
    said = refusal(folder / "t.xlsx", folder / "out")
    assert len(said) == 4
    assert "t.xlsx:5: The file gone.yaml cannot be read. Put its name back as it was." in said
    assert any(each.startswith("t.xlsx:3: tiny.v1.yaml has no text at nme.") for each in said)
    assert any(each.startswith("t.xlsx:4: Row 2 has another text for name.") for each in said)


def test_a_text_that_would_make_the_file_wrong_is_refused(folder: Path) -> None:
    translate_out([folder / "both.yaml"], folder / "t.xlsx")
    edited(folder / "t.xlsx", {"instrument/answer_scales/agreement/labels/1": Text("Eens", "Disagree")})
    (folder / "out").mkdir()
    assert "twice" in refusal(folder / "t.xlsx", folder / "out")[0]


def test_a_json_file_is_translated_into_a_json_file(folder: Path) -> None:
    (folder / "both.json").write_text(export(folder / "both.yaml"))
    translate_out([folder / "both.json"], folder / "t.xlsx")
    edited(folder / "t.xlsx", {"name": Text('Met "aanhaling"', "Tiny")})
    (path,) = translate_in(folder / "t.xlsx", folder / "out")
    assert json.loads(path.read_text())["name"]["nl"] == 'Met "aanhaling"'
