"""Every dependency is wanted by name, pinned with its hash, and explained."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.repository import files, name, text

PROJECT: dict[str, Any] = tomllib.loads(text("pyproject.toml"))
LIBRARY: list[str] = PROJECT["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
GROUPS: dict[str, list[Any]] = PROJECT["dependency-groups"]
RUNNING = [*LIBRARY, *(one for extra in EXTRAS.values() for one in extra), *GROUPS["build"]]
ALL = [*RUNNING, *(one for one in GROUPS["dev"] if isinstance(one, str))]


def pins(kind: str) -> dict[str, list[Version]]:
    """The versions in a file of pins; a package can have two, for different versions of Python."""
    found: dict[str, list[Version]] = {}
    for package, version in re.findall(
        r"^([\w.-]+)==([^\s;\\]+)", text(f"requirements/{kind}.txt"), flags=re.MULTILINE
    ):
        found.setdefault(canonicalize_name(package), []).append(Version(version))
    return found


@pytest.mark.parametrize(("kind", "wanted"), [("base", LIBRARY), ("run", RUNNING), ("dev", ALL), ("uv", ["uv"])])
def test_every_dependency_is_pinned_to_a_version_that_is_allowed(kind: str, wanted: list[str]) -> None:
    pinned = pins(kind)
    for requirement in map(Requirement, wanted):
        versions = pinned.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in requirements/{kind}.txt: run tools/pin"
        assert all(version in requirement.specifier for version in versions), f"{requirement}: run tools/pin"


@pytest.mark.parametrize("narrow", ["base", "run"])
def test_wider_set_pins_the_same_versions(narrow: str) -> None:
    wide = pins("dev")
    assert {package: versions for package, versions in pins(narrow).items() if wide.get(package) != versions} == {}


@pytest.mark.parametrize("path", files(".txt", under="requirements"), ids=name)
def test_every_pin_has_hashes_and_no_address(path: Any) -> None:
    lines = path.read_text("utf-8").splitlines()
    pinned = [line for line in lines if re.match(r"[\w.-]+==", line)]
    assert all(line.endswith("\\") for line in pinned)
    assert not [line for line in lines if "://" in line or line.startswith("-")]


def test_what_builds_is_what_the_build_system_asks_for() -> None:
    asked = {canonicalize_name(Requirement(one).name) for one in PROJECT["build-system"]["requires"]}
    assert asked == {canonicalize_name(Requirement(one).name) for one in GROUPS["build"]}


def test_every_dependency_is_explained() -> None:
    explained = {
        canonicalize_name(one) for one in re.findall(r"^\| `([\w.-]+)` \|", text("docs/dependencies.md"), re.MULTILINE)
    }
    assert explained == {canonicalize_name(Requirement(one).name) for one in ALL} | {"uv"}
