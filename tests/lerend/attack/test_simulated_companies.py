"""Forty made-up companies through the gate, all attackers on what comes out; and on naive releases, which have to break."""

from __future__ import annotations

from benchmarks.gate import Tally, judge_naive, run


def test_nothing_is_found_in_what_the_gate_lets_through_and_most_is_shown() -> None:
    tally = run(40)
    assert tally.companies == 40
    assert tally.figures > 5000
    assert tally.breached == []
    assert tally.wrong == []
    assert tally.numbers + tally.words >= 0.8 * tally.naive_cells


def test_same_attackers_break_naive_releases() -> None:
    tally = Tally()
    for seed in range(40):
        judge_naive(tally, seed)
    assert tally.naive_broken >= 0.4 * tally.naive
    assert tally.naive_bounded > 0
