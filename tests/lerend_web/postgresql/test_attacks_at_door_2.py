"""Strangers at door 2, on PostgreSQL: pages (T04), passes (T05, T06), sizes (T08), other sites (T33), oddities (T34)."""

from __future__ import annotations

import pytest
from django.db import connections

from tests.lerend_web.answering.conftest import _as_door_2, door, wave
from tests.lerend_web.answering.test_door import (
    test_body_of_another_kind_is_refused,
    test_box_request_and_response_have_one_size_whatever_was_written,
    test_closed_wave_says_410_to_everything_but_its_promise,
    test_every_refused_pass_gets_the_same_words_and_stores_nothing,
    test_every_response_forbids_and_keeps_nothing,
    test_no_page_loads_or_links_anything_from_elsewhere,
    test_only_our_own_pages_may_send,
    test_same_pass_again_is_one_box_the_same_receipt_and_the_last_answers,
    test_sizes_tell_who_wrote_where_nothing_is_padded,
)
from tests.lerend_web.answering.test_fuzz import (
    test_form_of_any_kind_gets_a_page,
    test_giants_and_oddities_are_400,
    test_json_of_any_kind_gets_an_answer_in_words,
    test_many_fields_in_a_form_are_400,
    test_odd_addresses_are_pages_or_404,
    test_same_oddities_are_500_where_nothing_is_checked,
)

__all__ = [
    "_as_door_2",
    "door",
    "test_body_of_another_kind_is_refused",
    "test_box_request_and_response_have_one_size_whatever_was_written",
    "test_closed_wave_says_410_to_everything_but_its_promise",
    "test_every_refused_pass_gets_the_same_words_and_stores_nothing",
    "test_every_response_forbids_and_keeps_nothing",
    "test_form_of_any_kind_gets_a_page",
    "test_giants_and_oddities_are_400",
    "test_json_of_any_kind_gets_an_answer_in_words",
    "test_many_fields_in_a_form_are_400",
    "test_no_page_loads_or_links_anything_from_elsewhere",
    "test_odd_addresses_are_pages_or_404",
    "test_only_our_own_pages_may_send",
    "test_same_oddities_are_500_where_nothing_is_checked",
    "test_same_pass_again_is_one_box_the_same_receipt_and_the_last_answers",
    "test_sizes_tell_who_wrote_where_nothing_is_padded",
    "wave",
]

pytestmark = pytest.mark.django_db(databases=["urn"])


@pytest.fixture(scope="module", autouse=True)
def _on_postgresql(on_postgresql: str) -> None:
    pass


def test_these_tests_run_on_postgresql() -> None:
    assert connections["urn"].vendor == "postgresql"
