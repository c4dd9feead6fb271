"""SPSS files of our own making, read by a program that is not ours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerend.report.files.sav import Variable, safe_names, sav_of
from tests.lerend.report.files.made import made, one_company
from tests.lerend.report.files.reading import sav

pytestmark = pytest.mark.spss
DAY = date(2026, 9, 18)


def test_a_row_is_a_unit_and_a_column_a_scale() -> None:
    release = one_company()
    data, facts = sav(made("spss", release))
    assert facts.number_rows == len(release.diagnosis.companies) + len(release.diagnosis.teams)
    means = [name for name in facts.column_names if name.startswith("m_")]
    assert means == facts.column_names[4 : 4 + len(means)]
    assert facts.column_names_to_labels["m_mobility"] == "Moving between workplaces: mean"
    assert facts.variable_value_labels["unit_id"][1.0] == " / ".join(release.diagnosis.companies[0].path)
    assert facts.variable_measure["unit_id"] == "nominal"
    assert facts.variable_measure["m_mobility"] == "scale"
    assert len(data["unit_id"]) == facts.number_rows


def test_codes_that_are_no_values_are_declared_missing() -> None:
    raw, facts = sav(made("spss", one_company()))
    assert facts.variable_value_labels["m_mobility"] == {-1.0: "not shown", -2.0: "very low", -3.0: "very high"}
    assert facts.variable_value_labels["nhi_mobility"] == {-1.0: "not shown", -4.0: "this many or more"}
    hidden = [name for name, values in raw.items() if name.startswith("m_") and -1.0 in values]
    assert hidden
    read, _ = sav(made("spss", one_company()), user_missing=False)
    for name in hidden:
        kept = [value for value in read[name] if value is not None and value == value]
        assert kept == [value for value in raw[name] if value > 0]


def test_bands_of_people_have_both_ends() -> None:
    data, _ = sav(made("spss", one_company()))
    pairs = set(zip(data["nlo_mobility"], data["nhi_mobility"], strict=True))
    assert pairs <= {(-1, -1), (5, 9), (10, 19), (20, 49), (50, 99)}


def test_the_file_is_of_the_day_of_the_release() -> None:
    _, facts = sav(made("spss", one_company()))
    assert facts.creation_time.date() == DAY
    assert facts.file_label == "lerend Voorbeeld: Najaar"
    assert facts.file_encoding == "UTF-8"


texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(texts, st.one_of(st.none(), st.floats(-1e9, 1e9, allow_nan=False))), min_size=1, max_size=6),
    st.sampled_from([1, 7, 8, 9, 120, 255]),
)
def test_another_reader_gets_back_what_was_written(rows: list[tuple[str, float | None]], width: int) -> None:
    variables = [
        Variable("word", "Wörter — a label", width=width),
        Variable("a_rather_long_name_of_a_number", "Number"),
    ]
    data, _ = sav(sav_of(variables, rows, label="Überschrift", notes=["één " * 60], day=DAY))
    for (word, number), found, value in zip(rows, data["word"], data["a_rather_long_name_of_a_number"], strict=True):
        expected = word.encode()[:width].decode(errors="ignore").rstrip(" ")
        assert (found or "").rstrip(" ") == expected
        assert (value is None or value != value) if number is None else value == number


def test_names_become_ones_that_spss_takes_and_stay_apart() -> None:
    found = safe_names(["m_a-b", "m_a.b", "M_A_B", "1st", "=x", "a" * 90, "a" * 91])
    assert found == ["m_a_b", "m_a_b_2", "M_A_B_3", "v_1st", "v__x", "a" * 60, "a" * 60 + "_2"]
    with pytest.raises(ValueError, match="name"):
        sav_of([Variable("a b", "")], [], label="", notes=[], day=DAY)


def test_more_missing_codes_than_spss_has_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        sav_of([Variable("a", "", missing=(1, 2, 3, 4))], [], label="", notes=[], day=DAY)
