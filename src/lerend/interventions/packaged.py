"""The catalogue that comes with the package; the only file of this room that opens any."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from lerend.interventions.catalogue import Catalogue
from lerend.interventions.pulses import PulseLibrary, read_pulses
from lerend.interventions.reading import read_catalogue_in_files
from lerend.model import load_model

NEWEST: Final = 1
NEWEST_PULSES: Final = 1


@cache
def packaged_catalogue(version: int = NEWEST) -> Catalogue:
    """The catalogue that comes with the package, for the packaged model; where a programme starts from.

    Raises:
        KeyError: no such version comes with the package.
    """
    files = packaged_files(version)
    if not files:
        raise KeyError(version)
    return read_catalogue_in_files(files, load_model("lerend"))


def packaged_files(version: int = NEWEST) -> list[tuple[str, str]]:
    """Name and text of the files of a version, in the order of their names; none where there is no such version."""
    folder = resources.files("lerend.interventions") / "library" / f"v{version}"
    if not folder.is_dir():
        return []
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return [(f"v{version}/{one.name}", one.read_text("utf-8")) for one in files]


@cache
def packaged_pulses(version: int = NEWEST_PULSES) -> PulseLibrary:
    """The short questions that come with the package, about its interventions and factors.

    Raises:
        KeyError: no such version comes with the package.
    """
    file = resources.files("lerend.interventions") / "library" / "pulses" / f"v{version}.yaml"
    if not file.is_file():
        raise KeyError(version)
    return read_pulses(file.read_text("utf-8"), name=f"pulses/v{version}.yaml")
