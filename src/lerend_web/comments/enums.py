"""What a moderator decides about a comment."""

from __future__ import annotations

from enum import StrEnum


class Decision(StrEnum):
    PUBLISH = "publish"  # shown as it was written
    PARAPHRASE = "paraphrase"  # its meaning is shown, in the moderator's words
    WITHHOLD = "withhold"  # never shown
