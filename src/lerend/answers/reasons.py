"""Why rows of a file are not in the table of answers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lerend.wording import Message, say

NO_ANSWERS: Final = "no_answers"
NOTHING_READABLE: Final = "nothing_readable"
WRONG_LENGTH: Final = "wrong_length"

REASONS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        NO_ANSWERS: say("The row holds no answer to any statement."),
        NOTHING_READABLE: say("None of the answers on the row could be read."),
        WRONG_LENGTH: say("The row has more or fewer cells than the header."),
    }
)
"""For each reason code in `Reading.left_out`, what it means."""
