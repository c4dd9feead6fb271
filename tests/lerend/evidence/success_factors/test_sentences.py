from __future__ import annotations

import re

from lerend.evidence.success_factors.averaging import success_factors
from lerend.evidence.success_factors.sentences import sentence_of, standing_of
from tests.lerend.evidence.success_factors.made_up import made_up


def test_below_twenty_pilots_every_sentence_says_hypothesis() -> None:
    found = success_factors(*made_up(3, pilots=19))
    assert "nothing can be established" in standing_of(found).in_language("en")
    for each in found.factors:
        sentence = sentence_of(each, found).in_language("en")
        assert sentence.startswith("Hypothesis")
        assert "Supported" not in sentence


def test_a_sentence_has_context_outcome_mechanism_and_pilots_for_and_against() -> None:
    found = success_factors(*made_up(3, pilots=30))
    first = found.factor("f0")
    sentence = sentence_of(first, found).in_language("en")
    assert sentence.startswith("Supported")
    assert "where f0 is there, effects were larger by 0." in sentence
    assert "It may be that f0 makes time." in sentence
    assert f"{first.pilots_for} pilots are in line with this, {first.pilots_against} are not." in sentence


def test_a_factor_that_lowers_effects_is_told_as_smaller_with_its_interval_the_right_way_round() -> None:
    found = success_factors(*made_up(3, pilots=30))
    sentence = sentence_of(found.factor("f1"), found).in_language("en")
    told = re.search(r"smaller by (\S+) standard deviations \(between (\S+) and (\S+)\)", sentence)
    assert told is not None
    size, low, high = (float(each.replace("−", "-")) for each in told.groups())
    assert low <= size <= high


def test_what_goes_with_success_is_never_said_to_cause_it() -> None:
    assert "need not be its cause" in standing_of(success_factors(*made_up(3, pilots=30))).in_language("en")
