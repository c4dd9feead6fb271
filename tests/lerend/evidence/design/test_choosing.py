from __future__ import annotations

from dataclasses import replace

import pytest

from lerend.evidence.design.choosing import Circumstances, choose_design, preferred
from lerend.evidence.design.kinds import Kind
from lerend.wording import LANGUAGES
from tests.lerend.evidence.pilots import a_design, some_teams

FREE = Circumstances(waves=4, score_announced=True, may_decline=True)


@pytest.mark.parametrize(
    ("circumstances", "number", "best"),
    [
        (FREE, 24, Kind.LOTTERY),
        (replace(FREE, may_wait=False), 24, Kind.STEPPED),
        (replace(FREE, accept_lot=False), 24, Kind.CUT_OFF),
        (replace(FREE, accept_lot=False, score_announced=False), 24, Kind.BEFORE_AFTER),
        (replace(FREE, may_wait=False, waves=3), 24, Kind.ENCOURAGEMENT),
        (FREE, 5, Kind.BEFORE_AFTER),
    ],
)
def test_best_comparison_that_can_be_done_comes_first(circumstances: Circumstances, number: int, best: Kind) -> None:
    choice = preferred(choose_design(some_teams(number), circumstances))
    assert choice is not None
    assert choice.kind is best


def test_teams_beside_make_a_comparison_possible() -> None:
    teams = some_teams(10, beside=5)
    choice = preferred(choose_design(teams, replace(FREE, accept_lot=False)))
    assert choice is not None
    assert choice.kind is Kind.COMPARISON
    few = choose_design(some_teams(8, beside=2), FREE)
    assert not next(one.possible for one in few if one.kind is Kind.COMPARISON)


def test_every_choice_says_why_or_why_not() -> None:
    for circumstances in (FREE, Circumstances(waves=1, may_wait=False, may_step=False, accept_lot=False)):
        for choice in choose_design(some_teams(7), circumstances):
            assert choice.why
            assert all(reason.in_language(language) for reason in choice.why for language in LANGUAGES)


def test_few_teams_are_warned_of_chance() -> None:
    (lottery, *_) = choose_design(some_teams(7), FREE)
    assert lottery.possible
    assert "can be chance" in lottery.why[-1].in_language("en")


@pytest.mark.parametrize("kind", Kind)
def test_every_design_says_what_it_estimates_needs_assumes_and_cannot_say(kind: Kind) -> None:
    design = a_design(kind, 16)
    said = (design.name, design.estimand, *design.needs, *design.assumptions, *design.cannot_say)
    assert min(len(design.needs), len(design.assumptions), len(design.cannot_say)) > 0
    assert all(message.in_language(language) for message in said for language in LANGUAGES)


def test_before_and_after_never_gets_the_word_effect() -> None:
    design = a_design(Kind.BEFORE_AFTER)
    assert not design.kind.estimates_effect
    for message in (design.name, design.estimand):
        assert "effect" not in message.in_language("en").lower()
