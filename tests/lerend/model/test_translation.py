from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.model.document import document_of
from lerend.model.reading import Opened, opened
from lerend.model.shape import shape_problems
from lerend.model.translation import changes_between, texts_of, with_changes
from lerend.wording import Text
from tests.lerend.model.small_files import EMBEDDED, INSTRUMENT, MODEL, changed

words = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
        | st.sampled_from("\n\t\x85\"'\\:#{}[],&*!|>%@`-"),
        min_size=1,
        max_size=30,
    )
    .map(str.strip)
    .filter(bool)
)


def read(source: str) -> Opened:
    document = document_of(source.encode(), "x.yaml")
    assert shape_problems(document) == ()
    return opened(Path("x.yaml"), document)


def test_every_text_has_a_place_that_people_can_read() -> None:
    places = {placed.place: placed.text for placed in texts_of(document_of(INSTRUMENT.encode(), "x.yaml"))}
    assert places["items/w1/text"] == Text("Het is druk.", "It is busy.")
    assert places["answer_scales/agreement/labels/2"] == Text("Eens", "Agree")
    assert places["background/leads/options/no/text"] == Text("Nee", "No")
    assert len(places) == INSTRUMENT.count("nl:")


@pytest.mark.parametrize("source", [MODEL, INSTRUMENT, EMBEDDED])
def test_without_changes_only_the_version_differs(source: str) -> None:
    document = document_of(source.encode(), "x.yaml")
    texts = {placed.place: placed.text for placed in texts_of(document)}
    assert changes_between(document, texts) == {}
    assert with_changes(document, {}, 1) == source
    assert with_changes(document, {}, 2) == changed(source, ("version: 1", "version: 2"))


def test_comments_order_and_layout_stay() -> None:
    document = document_of(MODEL.encode(), "x.yaml")
    changes = changes_between(document, {"outcomes/learning/definition": Text("Eén.", "You learn from your work.")})
    expected = changed(
        MODEL,
        ("version: 1", "version: 2"),
        ("|\n        Je leert van je werk.\n        Ook van elkaar.\n", '"Eén."\n'),
    )
    assert with_changes(document, changes, 2) == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "block",
    [
        "|\n    een\n    twee\n",
        ">-\n    een\n    twee\n\n",
        "een\n    twee\n",
        '"een\n    twee" # said\n',
        "|+\n    een\n\n\n# said\n",
    ],
)
def test_a_text_over_more_lines_is_replaced_whole(block: str, ending: str) -> None:
    source = changed(MODEL, ("name: {nl: Klein, en: Tiny}\n", f"name:\n  nl: {block}  en: Tiny\n"))
    file = read(source.replace("\n", ending))
    after = read(with_changes(file.document, changes_between(file.document, {"name": Text("drie", "Tiny")}), 1))
    assert after.model is not None
    assert file.model is not None
    assert after.model == replace(file.model, name=Text("drie", "Tiny"), digest=after.model.digest)


@given(data=st.data(), source=st.sampled_from([MODEL, INSTRUMENT, EMBEDDED]))
def test_any_texts_put_in_come_out_again_and_nothing_else_changes(data: st.DataObject, source: str) -> None:
    file = read(source)
    before = texts_of(file.document)
    places = data.draw(st.lists(st.sampled_from([placed.place for placed in before]), unique=True, max_size=6))
    texts = {place: Text(data.draw(words), data.draw(words)) for place in places}
    document = document_of(with_changes(file.document, changes_between(file.document, texts), 1).encode(), "x.yaml")
    expected = [(placed.place, texts.get(placed.place, placed.text)) for placed in before]
    assert [(placed.place, placed.text) for placed in texts_of(document)] == expected
    assert shape_problems(document) == ()


def test_a_questionnaire_moves_along_to_the_new_version_of_its_model() -> None:
    document = document_of(INSTRUMENT.encode(), "x.yaml")
    assert 'model: "tiny@2"\n' in with_changes(document, {}, 2, "tiny@2")


def test_the_stated_version_of_a_questionnaire_in_a_model_file_goes_up_too() -> None:
    source = changed(EMBEDDED, ("instrument:\n", "instrument:\n  version: 4\n"))
    after = read(with_changes(document_of(source.encode(), "x.yaml"), {}, 2))
    assert after.instrument is not None
    assert (after.instrument.version, after.instrument.model) == (5, "tiny@2")
