"""What differs between two versions, and what may still be compared over time."""

from __future__ import annotations

from dataclasses import replace

from lerend.model import load_instrument, load_model
from lerend.model.comparing import (
    Comparable,
    InstrumentDifference,
    ItemChange,
    ScaleChange,
    compare_instruments,
    compare_models,
    unchanged_items,
)
from lerend.model.difference import instrument_difference, model_difference
from lerend.model.structure import Instrument, Item
from lerend.wording import Text

MODEL = load_model("lerend@1")
SCAN = load_instrument("employee-scan@1")
FIRST = SCAN.items[0]


def with_item(changed: Item, instrument: Instrument = SCAN) -> Instrument:
    return replace(instrument, items=tuple(changed if item.id == changed.id else item for item in instrument.items))


def compared(after: Instrument) -> InstrumentDifference:
    return compare_instruments(SCAN, after, MODEL.scales)


def test_version_beside_itself_differs_in_nothing() -> None:
    same = compared(SCAN)
    assert same.is_empty
    assert len(same.unchanged) == len(SCAN.items)
    assert all(one.is_whole for one in same.comparable)
    assert compare_models(MODEL, MODEL).is_empty


def test_one_other_word_in_one_language_makes_another_question() -> None:
    after = with_item(replace(FIRST, text=Text(FIRST.text.nl, FIRST.text.en + "!")))
    [changed] = compared(after).changed
    assert (changed.after.id, changed.changes) == (FIRST.id, (ItemChange.WORDING,))
    assert FIRST.id not in unchanged_items(SCAN, after)


def test_other_answers_make_other_questions_of_all_that_use_them() -> None:
    scale = SCAN.answer_scales[0]
    after = replace(SCAN, answer_scales=(replace(scale, labels=tuple(reversed(scale.labels))), *SCAN.answer_scales[1:]))
    changed = {one.after.id for one in compared(after).changed}
    assert changed == {item.id for item in SCAN.items if item.answers == scale.id}


def test_scale_that_is_only_called_something_else_changes_nothing() -> None:
    scale = SCAN.answer_scales[0]
    items = tuple(replace(item, answers="other") if item.answers == scale.id else item for item in SCAN.items)
    after = replace(SCAN, items=items, answer_scales=(replace(scale, id="other"), *SCAN.answer_scales[1:]))
    assert compared(after).changed == ()


def test_question_under_another_factor_is_compared_no_longer() -> None:
    after = with_item(replace(FIRST, measures="workload"))
    found = {one.scale: one for one in compared(after).comparable}
    assert found[FIRST.measures] == Comparable(FIRST.measures, 4, 3, 3)
    assert found["workload"] == Comparable("workload", 3, 4, 3)
    assert not found["workload"].is_whole


def test_new_and_gone_questions_are_told_apart() -> None:
    after = replace(SCAN, items=(*SCAN.items[1:], replace(FIRST, id="new_1")))
    found = compared(after)
    assert [item.id for item in found.added] == ["new_1"]
    assert [item.id for item in found.removed] == [FIRST.id]


def test_factor_in_another_layer_is_said_to_have_moved() -> None:
    factor = MODEL.factors[0]
    other = next(layer.id for layer in MODEL.layers if layer.id != factor.layer)
    after = replace(MODEL, factors=(replace(factor, layer=other), *MODEL.factors[1:]))
    [moved] = compare_models(MODEL, after).moved
    assert moved.changes == (ScaleChange.LAYER,)
    shown = model_difference(MODEL, after, "en")
    [piece] = shown.changed[0].pieces
    assert (piece.what, piece.before, piece.after) == ("Layer", "Environment", "Organisation")


def test_factor_about_the_manager_that_loses_its_guard_is_warned_of() -> None:
    factors = tuple(replace(factor, about_manager=False) for factor in MODEL.factors)
    guarded = {factor.id for factor in MODEL.factors if factor.about_manager}
    after = replace(MODEL, factors=factors)
    assert {factor.id for factor in compare_models(MODEL, after).no_longer_protected} == guarded
    assert "fewer than 10 answers" in model_difference(MODEL, after, "en").warnings[0]
    assert model_difference(after, MODEL, "en").warnings == ()


def test_difference_says_what_it_means_for_trends() -> None:
    after = with_item(replace(FIRST, text=Text("Anders", "Other")))
    shown = instrument_difference((MODEL, SCAN), (MODEL, after), "en")
    assert shown.consequences[0].startswith("80 questions are exactly the same")
    [line] = shown.trends
    assert (line.same, line.before, line.after) == (3, 4, 4)
    assert any("23 of 24" in one for one in shown.consequences)
    assert [piece.after for piece in shown.changed[0].pieces] == ["Anders", "Other"]
