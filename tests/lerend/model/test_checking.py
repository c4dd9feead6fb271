from __future__ import annotations

import pytest

from lerend.model.building import instrument_of, model_of
from lerend.model.checking import instrument_problems, model_problems
from lerend.model.document import document_of
from lerend.model.shape import typed
from tests.lerend.model.small_files import INSTRUMENT, MODEL, changed, line_of


def model_says(text: str) -> list[str]:
    document = document_of(text.encode(), "m.yaml")
    found = model_problems(model_of(typed(document), ""), document.where)
    return [problem.in_language("en") for problem in found]


def instrument_says(text: str, model: str = MODEL) -> list[str]:
    document, other = document_of(text.encode(), "i.yaml"), document_of(model.encode(), "m.yaml")
    found = instrument_problems(instrument_of(typed(document), ""), model_of(typed(other), ""), document.where)
    return [problem.in_language("en") for problem in found]


def test_a_model_and_a_questionnaire_that_fit_have_no_problems() -> None:
    assert model_says(MODEL) == []
    assert instrument_says(INSTRUMENT) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: workload", "id: autonomy", "The id autonomy is used twice."),
        ("id: learning", "id: autonomy", "The id autonomy is used twice."),
        ("layer: work", "layer: werk", "There is no layer werk. Did you mean work?"),
        ("correlations: {learning", "correlations: {lerning", "There is no outcome lerning. Did you mean learning?"),
        (
            "secondary: [workload]",
            "secondary: [payment]",
            "There is no factor payment. Use one of: autonomy and workload.",
        ),
        ("secondary: [workload]", "secondary: [autonomy]", "The theme room names autonomy twice."),
        ("ranked: false", "ranked: true", "workload is read as inverted U, and such a factor cannot be ranked."),
    ],
)
def test_what_cannot_be_in_a_model_is_named_with_its_line(old: str, new: str, said: str) -> None:
    text = changed(MODEL, (old, new))
    line = line_of(text, "direction") if new == "ranked: true" else line_of(text, new)
    if said.startswith("The id"):
        line = line_of(text, new) if new == "id: learning" else text[: text.rindex(new)].count("\n") + 1
    assert any(found.startswith(f"m.yaml:{line}: {said}") for found in model_says(text)), model_says(text)


def test_a_ranked_factor_needs_a_correlation_with_every_outcome() -> None:
    said = model_says(changed(MODEL, ("correlations: {learning: {value: 0.3, source: J}}", "correlations: {}")))
    assert len(said) == 1
    assert "autonomy is ranked, but has no correlation with learning." in said[0]
    assert "Add `learning: {value: 0.2, source: J}`" in said[0]


def test_a_factor_that_is_not_measured_needs_no_correlation() -> None:
    assert model_says(changed(MODEL, ("ranked: false", "measured: false"), ("inverted_u", "plain"))) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("model: tiny@1", "model: tiny@2", "This questionnaire belongs to tiny@2, not to tiny@1."),
        ("measures: workload", "measures: worklod", "There is no factor or outcome worklod. Did you mean workload?"),
        ("text: {nl: Ik leer., en: I learn.}, answers: agreement", "text: {nl: a, en: b}, answers: agree",
         "There is no answer scale agree. Did you mean agreement?"),
        ('codes: ["0", no]', 'codes: ["0", "1", "2"]', "agreement has 2 labels and 3 codes."),
        ('codes: ["0", no]', 'codes: ["0", "0"]', "agreement uses the code 0 twice."),
        ('codes: ["0", no]', 'codes: ["0", "9"]', "agreement uses the code 9 twice."),
        ("items: [l1]", "items: [l1, l1]", "The form short names l1 twice."),
        ("items: [l1]", "items: [l11]", "There is no item l11. Did you mean l1?"),
        ("rotation: [a]", "rotation: [a, b]", "There is no form b."),
        ("rotation: [a]", "rotation: [a, a]", "The rotation names a twice."),
        ("- {id: short,", "- {id: a,", "The id a is used twice."),
        ("- {id: w1,", "- {id: Q1,", "Q1 is already the name of a column at i.yaml:"),
        ("- {id: staff,", "- {id: leads,", "leads is already the name of a column at i.yaml:"),
        ("{id: no, text", "{id: yes, text", "The id yes is used twice."),
        ("kind: number", "kind: choice", "staff is a choice without options."),
        ("kind: choice", "kind: text", "leads has options, but is no choice."),
    ],
)  # fmt: skip
def test_what_cannot_be_in_a_questionnaire_is_named_with_its_line(old: str, new: str, said: str) -> None:
    text = changed(INSTRUMENT, (old, new))
    # The line that was changed; options are named by their question, which starts one line higher.
    position = next(
        n for n, pair in enumerate(zip(text, INSTRUMENT + " " * len(text), strict=False)) if len(set(pair)) > 1
    )
    line = text[:position].count("\n") + (0 if new == "{id: yes, text" else 1)
    found = instrument_says(text)
    assert any(each.startswith(f"i.yaml:{line}: {said}") for each in found), found


def test_two_answers_with_one_label_cannot_be_told_apart() -> None:
    assert "twice" in instrument_says(changed(INSTRUMENT, ("nl: Eens", "nl: Oneens")))[0]
    assert "twice" in instrument_says(changed(INSTRUMENT, ("en: Not for me", "en: Agree")))[0]


def test_an_employee_questionnaire_asks_about_every_measured_scale_and_that_of_management_need_not() -> None:
    text = changed(INSTRUMENT, ("measures: workload", "measures: autonomy"))
    assert "No item measures workload." in instrument_says(text)[0]
    assert instrument_says(changed(text, ("respondent: employee", "respondent: management"))) == []
    unmeasured = changed(MODEL, ("ranked: false", "ranked: false\n    measured: false"))
    assert instrument_says(text, unmeasured) == []


def test_an_item_about_an_unmeasured_factor_is_a_problem() -> None:
    unmeasured = changed(MODEL, ("ranked: false", "ranked: false\n    measured: false"))
    assert "w1 measures workload, which the model does not measure." in instrument_says(INSTRUMENT, unmeasured)[0]


def test_an_item_that_nobody_is_asked_is_a_problem() -> None:
    said = instrument_says(changed(INSTRUMENT, ("items: [a1, w1, l1]", "items: [a1, l1]")))
    where = f"i.yaml:{line_of(INSTRUMENT, '{id: w1')}"
    assert said == [f"{where}: w1 is on no form, so nobody is asked it. Put it on a form, or take it out."]


def test_all_problems_are_named_at_once() -> None:
    text = changed(INSTRUMENT, ("model: tiny@1", "model: tiny@2"), ("rotation: [a]", "rotation: [b]"), ("[l1]", "[l2]"))
    assert len(instrument_says(text)) == 3
