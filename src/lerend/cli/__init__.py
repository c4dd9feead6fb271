"""The command line: `lerend diagnose`, `lerend model`, `lerend simulate`. The only place, with the report, that prints."""

from lerend.cli.main import main

__all__ = ["main"]
