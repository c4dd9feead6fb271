from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from lerend.model.document import document_of
from lerend.model.shape import KINDS, schema, shape_problems, typed
from tests.lerend.model.small_files import EMBEDDED, INSTRUMENT, MODEL, changed, line_of


def problems(text: str) -> list[str]:
    return [problem.in_language("en") for problem in shape_problems(document_of(text.encode(), "m.yaml"))]


@pytest.mark.parametrize("text", [MODEL, INSTRUMENT, EMBEDDED])
def test_a_right_file_has_no_problems(text: str) -> None:
    assert problems(text) == []


def test_values_get_the_type_that_the_schema_asks_for() -> None:
    data = typed(document_of(EMBEDDED.encode(), "m.yaml"))
    assert data["version"] == 1
    assert data["target"] == 4.0
    assert data["factors"][1]["ranked"] is False
    assert data["factors"][0]["correlations"]["learning"]["value"] == 0.3
    scan = typed(document_of(INSTRUMENT.encode(), "i.yaml"))
    assert scan["answer_scales"][0]["codes"] == ["0", "no"]
    assert scan["background"][0]["options"][1]["id"] == "no"


@pytest.mark.parametrize("number", ["nan", "inf", "1e3", "0x1", "1_0", "0,3", ""])
def test_what_only_python_calls_a_number_is_no_number(number: str) -> None:
    said = problems(changed(MODEL, ("value: 0.1,", f"value: '{number}',")))
    assert len(said) == 1
    assert "value must be a number" in said[0]


def test_all_problems_are_named_at_once_in_the_order_of_the_lines() -> None:
    text = changed(
        MODEL,
        ("version: 1", "version: one"),
        ("target: 4.0", "target: 7"),
        ("layer: work", "layr: work"),
        ("level: team", "level: crew"),
        ("en: Learning}", "fr: Apprendre}"),
    )
    said, crew = problems(text), line_of(text, "level: crew")
    assert said == [
        f"m.yaml:{line_of(text, 'version: one')}: version must be a whole number. Write only digits, such as 3.",
        f"m.yaml:{line_of(text, 'purpose')}: The key fr is not known here. Take it out, or use one of: nl and en.",
        f"m.yaml:{line_of(text, 'purpose')}: The key en is missing here. Add a line that starts with `en:`.",
        f"m.yaml:{line_of(text, 'target')}: target is 7, which is too high. Use 5 or less.",
        f"m.yaml:{line_of(text, '- id: autonomy')}: The key layer is missing here. Add a line that starts with `layer:`.",
        f"m.yaml:{line_of(text, 'layr')}: The key layr is not known here. Did you mean layer?",
        f"m.yaml:{crew}: crew is not a known value of level. Use one of: individual, job, team and organisation.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nl: Klein", "nl: ' '", "nl is empty."),
        ("nl: Klein", 'nl: "a\\x01b"', "nl holds a sign that is not allowed"),
        ("nl: Klein", "nl: " + "a" * 4001, "nl is too long. Use at most 4000 characters."),
        ("nl: Klein", "nl: [Klein]", "nl must be text."),
        ("name: {nl: Klein, en: Tiny}", "name: Klein", "name must be a group of keys"),
        ("id: tiny", "id: Tiny Model", "id holds a sign that is not allowed"),
        ("version: 1", "version: 0", "version is 0, which is too low. Use 1 or more."),
        ("ranked: false", "ranked: perhaps", "ranked must be true or false."),
        ("value: 0.3", "value: -1.2", "value is -1.2, which is too low. Use -1 or more."),
        ("value: 0.2,", "value: 1.2,", "value is 1.2, which is too high. Use 1 or less."),
        ("source: M", "source: X", "X is not a known value of source. Use one of: V, M, J and C."),
        ("primary: [autonomy]", "primary: autonomy", "primary must be a list."),
        ("primary: [autonomy]", "primary: []", "The list primary is too short. Put at least 1 in it."),
    ],
)
def test_each_kind_of_problem_has_a_sentence_of_its_own(old: str, new: str, said: str) -> None:
    text = changed(MODEL, (old, new))
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(f"m.yaml:{line_of(text, new)}: {said}")


def test_a_list_that_is_too_long_is_named() -> None:
    labels = ", ".join(f"{{nl: a{n}, en: b{n}}}" for n in range(11))
    said = problems(changed(EMBEDDED, ("[{nl: Oneens, en: Disagree}, {nl: Weet niet, en: Not sure}, {nl: Eens, en: Agree}]",
                                       f"[{labels}]")))  # fmt: skip
    assert "The list labels is too long. Put at most 10 in it." in said[0]


def test_a_questionnaire_says_which_version_of_which_model_it_belongs_to() -> None:
    said = problems(changed(INSTRUMENT, ("model: tiny@1", "model: tiny")))
    assert "Write the id of the model, @ and its version, such as `lerend@1`." in said[0]


@pytest.mark.parametrize("text", ["id: x\n", "kind: survey\n", "[kind, model]\n", "just words\n", "kind: [model]\n"])
def test_a_file_that_does_not_say_what_it_is_is_told_how(text: str) -> None:
    assert "does not say what it is. Write `kind: model`" in problems(text)[0]


def test_a_file_that_is_wrong_as_a_whole_does_not_give_a_million_lines() -> None:
    said = problems(MODEL + "".join(f"key{n}: x\n" for n in range(300)))
    assert len(said) == 201
    assert said[-1] == "m.yaml: There are more problems than these. Mend these first."


def test_a_repeated_key_is_among_the_problems() -> None:
    assert "The key id is there twice" in problems(changed(MODEL, ("id: tiny", "id: tiny\nid: tiny")))[0]


def rules(part: Any) -> list[dict[str, Any]]:
    found = [part] if isinstance(part, dict) and "properties" in part and "type" in part else []
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return found + [rule for each in inside for rule in rules(each)]


@pytest.mark.parametrize("name", KINDS.values())
def test_the_schemas_are_schemas_and_allow_no_unknown_key_anywhere(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert len(rules(schema(name))) >= 6
    assert all(rule["additionalProperties"] is False for rule in rules(schema(name)))


def described(rule: dict[str, Any]) -> bool:
    return "description" in rule or "$ref" in rule


@pytest.mark.parametrize("name", KINDS.values())
def test_the_schemas_document_the_format(name: str) -> None:
    undescribed = {
        key
        for rule in rules(schema(name))
        for key, value in rule["properties"].items()
        if not described(value) and value.get("type") in {"array", "boolean"}
    }
    assert undescribed == set()
