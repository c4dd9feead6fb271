"""The schema of the file: real releases fit, and what may never stand in a release does not."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from lerend.release.gate import Ledger
from lerend.release.value import Collected, Release
from lerend.release.writing import to_json
from lerend.simulate.world import WorldSettings
from tests.lerend.diagnosis.made_up import programme
from tests.lerend.release.waves import ITEMS, released, wave_of

SCHEMA: dict[str, Any] = json.loads(
    resources.files("lerend.release").joinpath("release.schema.json").read_text("utf-8")
)
CHECK = jsonschema.Draft202012Validator(SCHEMA)


def content(release: Release) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(release))
    return found


def small() -> Release:
    generator = np.random.default_rng(1)
    teams = [generator.integers(1, 6, (size, len(ITEMS))).astype(np.uint8) for size in (6, 8, 30, 30)]
    teams[0][:, :3] = 1
    return released(wave_of(teams))


def errors(found: dict[str, Any]) -> list[str]:
    return [error.message for error in CHECK.iter_errors(found)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("people", [12, 30, 120])
def test_releases_of_companies_fit(people: int) -> None:
    batch = programme(WorldSettings(companies=1, people=(people, people)), 3).filled.batch
    assert errors(content(released(batch, collected=Collected.HERE))) == []


def test_a_release_of_a_programme_fits() -> None:
    assert errors(content(released(programme(WorldSettings(companies=4, people=(20, 60)), 3).filled.batch))) == []


def test_a_release_with_words_shares_spreads_and_an_earlier_round_fits() -> None:
    first = small()
    found = content(first)
    assert all(found[part] for part in ("cells", "distributions", "covariances", "items"))
    assert any("words" in cell for cell in found["cells"])
    generator = np.random.default_rng(1)
    batch = wave_of([generator.integers(1, 6, (9, len(ITEMS))).astype(np.uint8) for _ in range(3)])
    second = content(released(batch, code="w2", ledger=Ledger((first,), {})))
    assert second["trends"]
    assert errors(found) == errors(second) == []


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("cells", "people", 37),
        ("cells", "n", 37),
        ("cells", "mean", None),
        ("distributions", "shares", [33.3, 66.7]),
        ("items", "missing", 4),
        ("items", "skipped", 4),
    ],
)
def test_exact_numbers_have_no_place(part: str, key: str, value: object) -> None:
    found = content(small())
    found[part][-1] = {**found[part][-1], key: value}
    assert errors(found)


def test_the_documentation_names_every_key_at_the_top() -> None:
    text = (Path(__file__).parents[3] / "docs" / "release-format.md").read_text("utf-8")
    assert [key for key in SCHEMA["properties"] if f"`{key}`" not in text] == []
