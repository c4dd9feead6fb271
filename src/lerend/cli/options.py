"""Options that several commands share."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, TypeAlias, get_args

from lerend.wording import Language

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 -- argparse names this type nowhere else


def add_language(parser: argparse.ArgumentParser) -> None:
    default = "nl" if os.environ.get("LANG", "").startswith("nl") else "en"
    parser.add_argument(
        "--language", choices=get_args(Language), default=default, help="language of report and messages"
    )
