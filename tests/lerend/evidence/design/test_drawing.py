from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.evidence.design.blocks import ENOUGH, blocks_of, ways_in
from lerend.evidence.design.checking import check_lot
from lerend.evidence.design.drawing import design_pilot
from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.lot import drawn, heads, ticket
from lerend.evidence.design.pilot import Assigned, plain
from lerend.evidence.design.reading import design_of
from lerend.evidence.design.team import DesignIsWrong, Team
from tests.lerend.evidence.pilots import a_design, some_teams

LOTS = [kind for kind in Kind if kind.by_lot]
SEEDS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)


def test_ticket_is_what_anybody_computes_in_a_terminal() -> None:
    assert ticket("7", "all", "team") == hashlib.sha256(b"7\nall\nteam").hexdigest()
    assert drawn("7", "all", ["a", "b", "c"]) == tuple(sorted("abc", key=lambda name: ticket("7", "all", name)))


@given(SEEDS)
def test_order_of_entry_never_matters(seed: str) -> None:
    teams = some_teams(11)
    assert design_pilot(Kind.LOTTERY, teams, seed=seed) == design_pilot(Kind.LOTTERY, teams[::-1], seed=seed)


@pytest.mark.parametrize("kind", LOTS)
@given(seed=SEEDS, number=st.integers(8, 30))
def test_lot_makes_groups_that_differ_by_one_team_at_most(kind: Kind, seed: str, number: int) -> None:
    design = a_design(kind, number, seed=seed)
    sizes = [len(arm.teams) for arm in design.arms]
    assert max(sizes) - min(sizes) <= 1
    assert sorted(team for arm in design.arms for team in arm.teams) == list(design.teams)
    assert check_lot(design).right


def test_every_team_begins_in_about_half_of_all_lots() -> None:
    designs = [a_design(number=9, seed=str(seed)) for seed in range(400)]
    for place in range(9):
        begun = sum(design.placements[place].begins == 1 for design in designs)
        assert 150 < begun < 250
    assert 150 < sum(heads(str(seed), "left over") for seed in range(400)) < 250


def test_tie_breaker_starts_with_the_most_motivated_and_draws_in_the_middle() -> None:
    design = a_design(Kind.TIE_BREAKER, 12)
    ordered = sorted(design.placements, key=lambda one: -(one.motivation or 0))
    assert [(one.assigned, one.begins) for one in ordered[:3]] == [(Assigned.SCORE, 1)] * 3
    assert [(one.assigned, one.begins) for one in ordered[-3:]] == [(Assigned.SCORE, None)] * 3
    middle = [one.begins for one in ordered[3:9]]
    assert {one.assigned for one in ordered[3:9]} == {Assigned.LOT}
    assert sorted(middle, key=str) == [1, 1, 1, None, None, None]


def test_stepped_start_mixes_motivation_over_its_groups() -> None:
    design = a_design(Kind.STEPPED, 12)
    strata = {one.block for one in design.placements}
    assert len(strata) > 1
    for name in strata:
        starts = {one.begins for one in design.placements if one.block == name}
        assert starts == {1, 2, 3}


def test_cut_off_and_comparison_place_by_score_and_by_company() -> None:
    cut = design_pilot(Kind.CUT_OFF, some_teams(16), limit=3)
    assert all((one.begins == 1) == ((one.motivation or 0) >= 3) for one in cut.placements)
    beside = a_design(Kind.COMPARISON, 12)
    assert {one.organisation for one in beside.placements if one.begins is None} == {"beside"}


def test_exposure_counts_the_waves_since_the_start() -> None:
    design = a_design(Kind.STEPPED, 6)
    for one, row in zip(design.placements, design.exposure().tolist(), strict=True):
        assert row == [max(0, wave - (one.begins or 0) + 1) for wave in range(4)]
    assert (design.treated() == (design.exposure() > 0)).all()


def test_teams_that_cannot_be_counted_at_every_wave_are_left_out_and_named() -> None:
    teams = [*some_teams(8), Team("small", "company 0", 6, steady=False)]
    design = design_pilot(Kind.LOTTERY, teams, seed="1")
    assert design.left_out == ("small",)
    assert "small" not in design.teams


@pytest.mark.parametrize(
    ("kind", "teams", "waves", "seed", "words"),
    [
        (Kind.LOTTERY, some_teams(8), 1, "1", "too few measurements"),
        (Kind.STEPPED, some_teams(8), 2, "1", "too few measurements"),
        (Kind.LOTTERY, some_teams(1), 2, "1", "nothing to compare"),
        (Kind.BEFORE_AFTER, [], 2, "", "No team"),
        (Kind.LOTTERY, some_teams(8), 2, "", "needs a seed"),
        (Kind.LOTTERY, some_teams(8), 2, "1\n2", "needs a seed"),
        (Kind.TIE_BREAKER, [replace(team, motivation=None) for team in some_teams(8)], 2, "1", "Motivation"),
        (Kind.TIE_BREAKER, some_teams(3), 2, "1", "in the middle"),
        (Kind.STEPPED, some_teams(2), 4, "1", "more groups than teams"),
        (Kind.COMPARISON, some_teams(8), 2, "", "no teams to compare"),
        (Kind.CUT_OFF, [replace(team, motivation=3.0) for team in some_teams(8)], 2, "", "same side"),
        (Kind.LOTTERY, [*some_teams(8), *some_teams(1)], 2, "1", "there twice"),
        (Kind.LOTTERY, [*some_teams(8), Team("none", "c", 0)], 2, "1", "Nobody answered"),
        (Kind.LOTTERY, [*some_teams(8), Team("two\nlines", "c", 9)], 2, "1", "line breaks"),
    ],
)
def test_wishes_that_make_no_pilot_are_refused_in_words(
    kind: Kind, teams: list[Team], waves: int, seed: str, words: str
) -> None:
    with pytest.raises(DesignIsWrong, match=words):
        design_pilot(kind, teams, waves=waves, seed=seed)


@given(st.integers(4, 20), st.integers(1, 4))
def test_blocks_hold_every_team_once_and_leave_enough_lots_where_they_can(number: int, companies: int) -> None:
    teams = some_teams(number, companies=companies)
    blocks = blocks_of(teams)
    assert sorted(team.id for block in blocks for team in block.teams) == [team.id for team in teams]
    assert ways_in(blocks) >= ENOUGH or len(blocks) == 1


def test_teams_of_one_company_are_drawn_among_each_other() -> None:
    blocks = blocks_of(some_teams(24, companies=2))
    assert all(len({team.organisation for team in block.teams}) == 1 for block in blocks)


@pytest.mark.parametrize("kind", Kind)
def test_frozen_design_comes_back_the_same_from_its_text(kind: Kind) -> None:
    design = a_design(kind, 16)
    text = json.dumps(plain(design))
    assert design_of(json.loads(text), design.digest) == design


def test_design_that_was_changed_since_is_refused() -> None:
    design = a_design()
    document = plain(design) | {"seed": "other"}
    with pytest.raises(DesignIsWrong, match="not as it was"):
        design_of(document, design.digest)


def test_lot_that_does_not_follow_its_seed_is_seen() -> None:
    design = a_design()
    other = replace(design.placements[0], begins=None if design.placements[0].begins else 1)
    check = check_lot(replace(design, placements=(other, *design.placements[1:])))
    assert not check.right
    assert check.differ == (other.team,)
    assert other.team in check.sentence.in_language("en")


def test_tickets_of_a_check_are_in_the_order_of_the_lot() -> None:
    design = a_design(number=7)
    check = check_lot(design)
    assert all(one.digits == ticket(design.seed, one.block, one.team) for one in check.tickets)
    assert [one.team for one in check.tickets] == list(drawn(design.seed, "all", design.teams))


def test_check_says_where_no_lot_decided_and_where_the_rule_is_not_known() -> None:
    assert check_lot(a_design(Kind.COMPARISON)).right
    assert not check_lot(replace(a_design(), algorithm="older")).right
    assert not check_lot(replace(a_design(), waves=1)).right
