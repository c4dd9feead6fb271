"""What several companies share, and what is usual: never one company, never the lowest or the highest."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from lerend.diagnosis.result import Band, Estimate, Room
from lerend.release.over_companies import Benchmark, benchmarks, shared_factors
from lerend.release.value import Release
from tests.lerend.diagnosis.made_up import MODEL
from tests.lerend.release.waves import ITEMS, released, wave_of

SOME = Estimate(0.5, 0.2, 0.8)
ROOM = Room(4.0, SOME, SOME, SOME, 0.5, 0.3, (), Band.POSSIBLY, 0.2)


@cache
def companies(count: int) -> tuple[Release, ...]:
    return tuple(released(wave_of([_team(number)], company=f"C{number}"), code=f"c{number}") for number in range(count))


def _team(number: int) -> np.typing.NDArray[np.uint8]:
    generator = np.random.default_rng(number)
    return generator.integers(1, 6, size=(30, len(ITEMS))).astype(np.uint8)


def test_benchmark_takes_six_companies_and_quartiles_take_ten() -> None:
    assert benchmarks(companies(10)[:5]) == {}
    some = benchmarks(companies(10)[:6])["workload"]
    assert (some.companies, some.low, some.high) == (6, None, None)
    many = benchmarks(companies(10))["workload"]
    assert many.low is not None
    assert many.high is not None
    assert many.low <= many.mean <= many.high


def test_every_company_counts_the_same_in_a_benchmark() -> None:
    scores = [release.diagnosis.companies[0].finding("workload").score for release in companies(10)]
    mean = np.mean([score.value for score in scores if score is not None])
    assert benchmarks(companies(10))["workload"].mean == pytest.approx(mean, abs=0.051)


def test_company_with_more_than_half_of_the_answers_stops_the_benchmark() -> None:
    many = released(wave_of([np.tile(_team(99), (10, 1))], company="Large"), code="large")
    assert "workload" not in benchmarks((*companies(10)[:5], many))


def test_benchmark_never_says_the_lowest_or_the_highest() -> None:
    fields = set(Benchmark.__dataclass_fields__)
    assert fields == {"scale", "companies", "mean", "low", "high"}
    values = sorted(
        score.value
        for release in companies(10)
        if (score := release.diagnosis.companies[0].finding("workload").score) is not None
    )
    usual = benchmarks(companies(10))["workload"]
    assert usual.low is not None
    assert usual.high is not None
    assert values[0] < usual.low
    assert usual.high < values[-1]


def test_shared_counts_a_company_once_by_its_surest_band() -> None:
    base = companies(10)[:4]
    banded = [_with_band(release, band) for release, band in zip(base, [*Band, Band.POSSIBLY], strict=True)]
    found = {each.id: each for each in shared_factors(banded, MODEL)}["coworker_support"]
    assert (found.very_likely, found.possibly, found.companies) == (1, 2, 4)
    assert found.people % 10 == 0
    assert found.people <= 3 * 30


def _with_band(release: Release, band: Band) -> Release:
    company = release.diagnosis.companies[0]
    findings = tuple(
        replace(finding, room=replace(ROOM, band=band)) if finding.scale == "coworker_support" else finding
        for finding in company.findings
    )
    return replace(release, diagnosis=replace(release.diagnosis, companies=(replace(company, findings=findings),)))
