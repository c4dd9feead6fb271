"""Who fills in a company form, and how far it is."""

from __future__ import annotations

from enum import StrEnum


class InformantRole(StrEnum):
    """The same values as the form's own question about it."""

    MANAGEMENT = "management"
    WORKS_COUNCIL = "works_council"
    HR = "hr"
    OTHER = "other"


class FormState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
