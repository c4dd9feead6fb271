"""Boxes become one table: every answer in its place, nobody in the order of the urn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lerend.answers.table import NOT_APPLICABLE, NOT_ASKED, SKIPPED
from lerend_web.scans.domain.opened import batch_of, opened
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.urn.domain.sheet import Sheet, packed
from lerend_web.urn.sealing import new_key_pair, seal
from tests.lerend_web.scans.dairy import sheet

INSTRUMENT = instrument_of("employee-scan@1")
FORM = INSTRUMENT.forms[0]


def test_answers_stand_in_the_column_of_their_item() -> None:
    said = {FORM.items[0]: "1", FORM.items[1]: "5", FORM.items[2]: "na", FORM.items[3]: ""}
    batch = batch_of(
        [("b", Sheet(FORM.id, "nl", said, {}, {}))],
        instrument=INSTRUMENT,
        paths={"a": ("Dairy", "A"), "b": ("Dairy", "B")},
    )
    columns = [batch.items.index(item) for item in FORM.items]
    assert batch.codes[0, columns[:5]].tolist() == [1, 5, NOT_APPLICABLE, SKIPPED, SKIPPED]
    outside = sorted(set(range(len(batch.items))) - set(columns))
    assert set(batch.codes[0, outside].tolist()) == {NOT_ASKED}
    assert batch.paths[batch.group[0]] == ("Dairy", "B")
    assert batch.reading.answered == 2


def test_item_that_is_put_the_other_way_round_is_turned() -> None:
    first = FORM.items[0]
    turned = replace(
        INSTRUMENT,
        items=tuple(replace(item, reversed=True) if item.id == first else item for item in INSTRUMENT.items),
    )
    batch = batch_of([("a", sheet("1"))], instrument=turned, paths={"a": ("Dairy", "A")})
    column = batch.items.index(first)
    assert batch.codes[0, column] == 5
    assert np.delete(batch.codes[0], column).min() == 1


def test_people_and_remarks_come_out_mixed_each_on_their_own() -> None:
    holder, server = new_key_pair(), new_key_pair()
    boxes = [
        ("group", seal(packed(sheet(comment=f"{number:02d}")), holders=[holder.public], server=server.public))
        for number in range(40)
    ]
    found = opened(boxes, holder=holder.private, server=server.private, instrument=INSTRUMENT)
    people = [filled.comments["general"] for _group, filled in found.sheets]
    remarks = [text for _about, text in found.comments]
    in_order = [f"{number:02d}" for number in range(40)]
    assert sorted(people) == sorted(remarks) == in_order
    assert in_order not in (people, remarks)
    assert people != remarks


def test_nobody_answered_is_an_empty_table() -> None:
    batch = batch_of([], instrument=INSTRUMENT, paths={"a": ("Dairy", "A")})
    assert batch.codes.shape == (0, len(INSTRUMENT.items))
