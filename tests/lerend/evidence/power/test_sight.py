from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerend.evidence.design.kinds import Kind
from lerend.evidence.design.pilot import PilotDesign
from lerend.evidence.power.design_effects import before_and_after
from lerend.evidence.power.precision import Assumed, precision_of
from lerend.evidence.power.sight import Sight, Standing, sight_of
from lerend.evidence.power.tail import power_t, power_z, smallest_seen
from lerend.evidence.power.ways import MOST_TEAMS, WayKind
from lerend.wording import LANGUAGES, say
from tests.lerend.evidence.pilots import a_design

TABLE = [
    # teams, people per team, and the smallest effect seen: lottery, stepped over 3 and over 4 groups
    (12, 10, 0.56, 0.39, 0.34),
    (24, 12, 0.35, 0.25, 0.21),
    (40, 12, 0.27, None, 0.16),
]
"""The planning table of the research behind this room (ICC .10, CAC .8, IAC .6, power .80), teams that divide evenly."""


def in_one_block(design: PilotDesign) -> PilotDesign:
    return replace(design, placements=tuple(replace(one, block="all") for one in design.placements))


@pytest.mark.parametrize(("teams", "people", "lottery", "three", "four"), TABLE)
def test_smallest_effect_seen_is_that_of_the_planning_table(
    teams: int, people: int, lottery: float, three: float | None, four: float
) -> None:
    # The table takes the slope on the measurement before as known.
    slope = sqrt(1 + 1 / (teams - 4))
    sight = sight_of(in_one_block(a_design(number=teams, people=people)), 0.2)
    assert sight.seen / slope == pytest.approx(lottery, abs=0.006)
    for waves, expected in ((4, three), (5, four)):
        design = a_design(Kind.STEPPED, teams, people=people, waves=waves)
        assert expected is None or sight_of(design, 0.2).seen == pytest.approx(expected, abs=0.006)


@given(st.integers(2, 20), st.integers(5, 30), st.floats(0.01, 0.5), st.floats(0, 1), st.floats(0, 0.9))
def test_lottery_is_as_precise_as_the_closed_form_with_a_measurement_before(
    half: int, people: int, icc: float, cac: float, iac: float
) -> None:
    design = in_one_block(a_design(number=2 * half, people=people))
    closed = before_and_after(people, icc, cac, iac)
    variance = 2 / (half * people) * closed.of_teams * closed.adjusted * (1 + 1 / max(1, 2 * half - 4))
    assert precision_of(design, Assumed(icc, cac, iac)).se == pytest.approx(sqrt(variance), rel=1e-6)


@given(st.floats(0, 6), st.floats(2, 60))
def test_chance_grows_with_the_effect_and_the_smallest_seen_has_it(ratio: float, df: float) -> None:
    assert power_t(ratio, df) <= power_t(ratio + 0.1, df) + 1e-12
    assert power_t(0, df) == pytest.approx(0.05)
    assert power_t(ratio, df) <= power_z(ratio, both_sides=True) + 1e-9
    assert power_t(smallest_seen(1, df) * 1.0, df) == pytest.approx(0.8, abs=0.05)


@pytest.mark.parametrize("df", [1, 3, 20, 400])
def test_chance_of_a_very_large_effect_is_one(df: float) -> None:
    assert [power_t(ratio, df) for ratio in (200, 1e4)] == pytest.approx([1, 1], abs=0.06)
    assert power_t(-200, df) == power_t(200, df)


def test_tie_breaker_takes_more_than_a_lottery_and_a_cut_off_more_still() -> None:
    by_kind = {kind: precision_of(a_design(kind, 24)).se for kind in (Kind.LOTTERY, Kind.TIE_BREAKER, Kind.CUT_OFF)}
    assert 1.1 < by_kind[Kind.TIE_BREAKER] / by_kind[Kind.LOTTERY] < 1.5
    assert by_kind[Kind.CUT_OFF] > 1.4 * by_kind[Kind.TIE_BREAKER]


def test_invitation_that_few_follow_sees_less() -> None:
    design = a_design(Kind.ENCOURAGEMENT, 24)
    assert precision_of(design, Assumed(uptake=0.25)).se == pytest.approx(
        2 * precision_of(design, Assumed(uptake=0.5)).se
    )


def said(sight: Sight) -> str:
    return " ".join(one.in_language("en") for one in (*sight.sentences, *(way.sentence for way in sight.ways)))


def test_what_can_be_shown_is_said_without_ways_to_more() -> None:
    sight = sight_of(a_design(number=40), 0.4)
    assert sight.standing is Standing.CAN_BE_SHOWN
    assert sight.ways == ()
    assert sight.chance > 0.8


def test_cannot_be_shown_is_said_with_what_would_make_it_possible() -> None:
    sight = sight_of(a_design(number=8), 0.3)
    assert sight.standing is Standing.CANNOT_BE_SHOWN
    assert "cannot be shown" in said(sight)
    kinds = [way.kind for way in sight.ways]
    assert kinds == [WayKind.MORE_TEAMS, WayKind.PARTNERS, WayKind.ONE_MORE_WAVE]
    more = sight.ways[0]
    assert more.chance >= 0.8
    assert power_t(0.3 / precision_of(a_design(number=more.number - 4)).se, more.number - 7) < 0.8
    assert 8 * (1 + sight.ways[1].number) >= more.number > 8 * sight.ways[1].number


def test_between_both_it_says_that_it_may_be_missed() -> None:
    sight = sight_of(a_design(number=24), 0.3)
    assert sight.standing is Standing.MAY_BE_MISSED
    assert "may well be missed" in said(sight)


def test_six_teams_cannot_show_even_the_largest_effect_because_of_their_lots() -> None:
    sight = sight_of(a_design(number=6), 3.0)
    assert sight.chance > 0.9
    assert sight.standing is Standing.CANNOT_BE_SHOWN
    assert sight.least_p == pytest.approx(0.1)
    assert "so few lots" in said(sight)
    assert sight.ways[0].number == 8


def test_effect_that_no_programme_could_show_says_so() -> None:
    sight = sight_of(a_design(Kind.CUT_OFF, 16), 0.02)
    assert WayKind.MORE_TEAMS not in {way.kind for way in sight.ways}
    alone = sight_of(a_design(number=MOST_TEAMS), 0.01, assumed=Assumed(iac=0, icc=0.5, cac=1))
    assert [way.kind for way in alone.ways] == [WayKind.NONE]


def test_before_and_after_can_never_show_an_effect() -> None:
    sight = sight_of(a_design(Kind.BEFORE_AFTER, 40), 0.5)
    assert sight.standing is Standing.NEVER
    assert sight.ways == ()
    assert "cannot show an effect, however many" in said(sight)


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_can_be_read_in_both_languages(kind: Kind) -> None:
    source = say("From earlier research on teams, not from this company.")
    sight = sight_of(a_design(kind, 16), 0.2, assumed=Assumed(source=source), deviation=0.7)
    for message in (*sight.sentences, *(way.sentence for way in sight.ways)):
        assert not any("{" in message.in_language(language) for language in LANGUAGES)


def test_assumptions_that_cannot_be_are_refused() -> None:
    impossible: tuple[dict[str, Any], ...] = ({"icc": 1.0}, {"cac": 1.1}, {"iac": -0.1}, {"uptake": 0.0})
    for wrong in impossible:
        with pytest.raises(ValueError, match=r"shares|invitation"):
            Assumed(**wrong)
    with pytest.raises(ValueError, match="above 0"):
        sight_of(a_design(), 0)


def test_plan_that_cannot_tell_its_effect_from_time_is_refused() -> None:
    everybody = a_design()
    everybody = replace(everybody, placements=tuple(replace(one, begins=1) for one in everybody.placements))
    with pytest.raises(ValueError, match="cannot tell the effect"):
        sight_of(everybody, 0.3)
