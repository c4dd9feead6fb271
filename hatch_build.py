"""Compiles the translations whenever the package is built or installed: the .mo files are not kept in the repository."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]  # its argument changes nothing here
    """Named in pyproject.toml as the custom build hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        home = Path(self.root)
        runpy.run_path(str(home / "tools" / "translations.py"))["compile_catalogues"](home)
