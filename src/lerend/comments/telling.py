"""What a hint says to whoever writes a comment, and to the moderator."""

from __future__ import annotations

from lerend.comments.hints import HintKind
from lerend.wording import Message, say


def told(kind: HintKind) -> Message:
    """One sentence about what was marked: what it looks like, never that it must go."""
    return {
        HintKind.EMAIL: say("This looks like an e-mail address."),
        HintKind.URL: say("This looks like a web address."),
        HintKind.IBAN: say("This looks like an account number."),
        HintKind.BSN: say("This looks like a citizen service number (BSN)."),
        HintKind.PHONE: say("This looks like a telephone number."),
        HintKind.DATE: say("This is a date. Others may remember who was there."),
        HintKind.NUMBER: say("This looks like a number that belongs to one person."),
        HintKind.NAME: say("This looks like a first name."),
        HintKind.UNIQUE: say("This says that somebody is the only one. Others may know who that is."),
        HintKind.HEALTH: say("This is about somebody's health or private life."),
        HintKind.FUNCTION: say("This is a job with its place. Perhaps only one person has it."),
    }[kind]
