"""How far a proposal or a script is, who reviews, and what a review says."""

from __future__ import annotations

from enum import StrEnum


class ProposalState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGE_ASKED = "change_asked"
    AGREED = "agreed"  # all three agree; the coordinator accepts it
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Seat(StrEnum):
    """The three who look at a proposal, each with eyes of their own."""

    PEER = "peer"  # the contact of another company
    TEACHER = "teacher"
    RESEARCHER = "researcher"


class Verdict(StrEnum):
    APPROVE = "approve"
    CHANGE = "change"  # ask for a change, with words


class ScriptState(StrEnum):
    CLAIMED = "claimed"
    IN_REVIEW = "in_review"
    CHANGE_ASKED = "change_asked"
    APPROVED = "approved"


class Wording(StrEnum):
    """In which language something is written."""

    DUTCH = "nl"
    ENGLISH = "en"
    BOTH = "both"

    @property
    def languages(self) -> tuple[str, ...]:
        return ("nl", "en") if self is Wording.BOTH else (self.value,)
