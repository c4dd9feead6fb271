"""What forms say: scores with intervals, and answers beside each other."""

from __future__ import annotations

import pytest

from lerend_web.company_form.domain.picture import picture_of, side_by_side
from lerend_web.company_form.enums import InformantRole
from lerend_web.company_form.queries import forms_seen_by
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from tests.lerend_web.company_form.forms import draft_of, sent_by
from tests.lerend_web.workbench.desk import Desk

pytestmark = pytest.mark.django_db(databases=["default", "urn"])

LOW = {"company_safety_1": "1", "company_safety_2": "2"}


def test_one_form_gives_a_picture_with_the_interval_of_one_informant(director: Person, dairy: Organisation) -> None:
    picture = picture_of([sent_by(director, dairy, changed=LOW)], language="en")
    lowest = picture.ranked[0]
    assert (lowest.score, lowest.is_among_lowest) == (1.5, True)
    assert lowest.low == 1
    assert lowest.high == pytest.approx(1.5 + 1.96 * 0.7, abs=0.01)
    assert picture.listed == 5
    assert all(one.score == 4 for one in picture.ranked[1:])


def test_equal_scores_are_among_the_lowest_together_or_not_at_all(director: Person, dairy: Organisation) -> None:
    low = dict.fromkeys(("company_variety_1", "company_balance_1", "company_outside_1", "company_moving_1"), "2")
    picture = picture_of([sent_by(director, dairy, changed=LOW | low)], language="en")
    assert [one.is_among_lowest for one in picture.ranked] == [True] * 5 + [False] * 15
    assert {one.score for one in picture.ranked if one.is_among_lowest} == {1.5, 2.0}


def test_no_topic_is_among_the_lowest_when_all_are_equal(director: Person, dairy: Organisation) -> None:
    picture = picture_of([sent_by(director, dairy)], language="en")
    assert not any(one.is_among_lowest for one in picture.ranked)


def test_more_forms_give_a_narrower_interval_around_their_mean(
    desk: Desk, director: Person, dairy: Organisation
) -> None:
    one, other = sent_by(director, dairy, changed=LOW), sent_by(desk.people["contact"], dairy)
    picture = picture_of([one, other], language="en")
    assert picture.ranked[0].score == pytest.approx((1.5 + 4) / 2)
    assert picture.ranked[0].high == pytest.approx(2.75 + 1.96 * 0.7 / 2**0.5, abs=0.01)


def test_what_does_not_apply_is_not_scored(director: Person, dairy: Organisation) -> None:
    form = sent_by(
        director, dairy, changed={"company_safety_1": "na", "company_safety_2": "2", "company_variety_1": "na"}
    )
    picture = picture_of([form], language="en")
    assert picture.ranked[0].score == 2
    assert "Varied and complete work" not in [one.name for one in (*picture.ranked, *picture.others)]


def test_forms_stand_beside_each_other_with_what_is_far_apart(
    desk: Desk, director: Person, dairy: Organisation
) -> None:
    forms = [
        sent_by(director, dairy, changed=LOW),
        sent_by(desk.people["contact"], dairy, changed={"fact_headcount": "62"}),
    ]
    side = side_by_side(forms, language="en")
    apart = [factor for factor in side.factors if factor.is_far_apart]
    assert [factor.scores for factor in apart] == [(("director", 1.5), ("contact", 4.0))]
    assert [row.answers for row in apart[0].rows] == [
        (("director", "Strongly disagree"), ("contact", "Agree")),
        (("director", "Disagree"), ("contact", "Agree")),
    ]
    assert [row.answers for row in side.facts] == [(("director", ""), ("contact", "62"))]


def test_sent_forms_are_seen_inside_after_sending_and_never_outside(
    desk: Desk, director: Person, dairy: Organisation
) -> None:
    contact, council = desk.people["contact"], desk.people["council"]
    form = sent_by(director, dairy)
    assert list(forms_seen_by(contact, dairy)) == [form]
    assert list(forms_seen_by(director, dairy)) == [form]
    assert list(forms_seen_by(council, dairy)) == []
    assert list(forms_seen_by(desk.people["outsider"], dairy)) == []
    draft_of(contact, dairy)
    assert list(forms_seen_by(contact, dairy)) == []
    assert list(forms_seen_by(director, dairy)) == [form]


def test_works_council_is_seen_by_others_only_by_its_own_choice(
    desk: Desk, director: Person, dairy: Organisation
) -> None:
    contact, council = desk.people["contact"], desk.people["council"]
    other = sent_by(director, dairy)
    form = sent_by(council, dairy, InformantRole.WORKS_COUNCIL)
    assert list(forms_seen_by(contact, dairy)) == [other]
    assert list(forms_seen_by(council, dairy)) == [other, form]
    type(form).objects.filter(pk=form.pk).update(is_shown_apart=True)
    assert list(forms_seen_by(contact, dairy)) == [other, form]
