"""Who comes in where, on PostgreSQL: attacks T27 and T28 at every route, and T33, forms from other sites."""

from __future__ import annotations

from collections.abc import Hashable

import pytest
from django.db import connections

from lerend_web.core.access import access_of
from tests.lerend_web.people.test_attacks import (
    marloes,
    test_form_sent_from_another_site_is_refused,
    test_no_page_answers_to_other_sites,
    test_request_without_token_is_refused_whatever_its_kind,
    test_same_form_is_taken_where_nobody_looks_where_it_comes_from,
    test_token_of_somebody_else_is_refused,
)
from tests.lerend_web.people.test_matrix import (
    CLOSED,
    ROUTES,
    Actor,
    Town,
    differing,
    expected,
    test_page_that_declares_too_many_would_be_found,
    test_page_that_forgets_whose_object_it_is_would_be_found,
    test_refusal_that_does_something_all_the_same_would_be_found,
    town,
)
from tests.lerend_web.people.test_reach import *  # noqa: F403 -- every test of it, on the other database

__all__ = [
    "marloes",
    "test_form_sent_from_another_site_is_refused",
    "test_no_page_answers_to_other_sites",
    "test_page_that_declares_too_many_would_be_found",
    "test_page_that_forgets_whose_object_it_is_would_be_found",
    "test_refusal_that_does_something_all_the_same_would_be_found",
    "test_request_without_token_is_refused_whatever_its_kind",
    "test_same_form_is_taken_where_nobody_looks_where_it_comes_from",
    "test_token_of_somebody_else_is_refused",
    "town",
]

pytestmark = pytest.mark.django_db(databases=["default", "urn"])


@pytest.fixture(scope="module", autouse=True)
def _on_postgresql(on_postgresql: str) -> None:
    pass


def one_of_each(name: str, town: Town) -> list[Actor]:
    """Nobody, the operator, and of the people here and elsewhere one who is let in and one who is not.

    The roles of one kind differ in what the view declares, which is no matter of the database: all of them are played
    on the embedded one.
    """
    access, found = access_of(ROUTES[name].callback), dict[Hashable, Actor]()
    assert access is not None
    for actor in town.actors():
        _called, one, roles = actor
        kind = (expected(name, access, one, roles, town.here), bool(roles), one is None or one.is_operator)
        found.setdefault(kind, actor)
    return list(found.values())


@pytest.mark.parametrize("name", CLOSED)
def test_route_lets_in_exactly_those_that_it_names_on_postgresql(name: str, town: Town) -> None:
    actors = one_of_each(name, town)
    assert len(actors) >= 3
    assert differing(name, town, actors) == []


def test_these_tests_run_on_postgresql() -> None:
    assert {connections[alias].vendor for alias in ("default", "urn")} == {"postgresql"}
