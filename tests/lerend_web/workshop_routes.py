"""Example objects for the routes of proposals, scripts and workshops (`routes` takes them in)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from lerend_web.core.clock import now
from lerend_web.interventions.domain.card import card_of
from lerend_web.interventions.enums import ProposalState, Wording
from lerend_web.interventions.models import OwnEntry, Proposal, Session, Workshop
from tests.lerend_web.actors import Place
from tests.lerend_web.interventions.cards import CARD
from tests.lerend_web.theme_routes import a_theme

NO_SCRIPT: Final = "leadership_training"
"""An entry of the package for which nobody wrote a script."""


def _programme(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk}


def _proposal(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "proposal": a_proposal(where).pk}


def _agreed(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "proposal": a_proposal(where, ProposalState.AGREED).pk}


def _part(where: Place) -> dict[str, Any]:
    return {**_proposal(where), "part": 1}


def _own_entry(where: Place) -> dict[str, Any]:
    entry = f"own-entry-p{where.programme.pk}"
    source = card_of(CARD, Wording.ENGLISH, id=entry, version=1).source
    known = {"version": 1, "wording": "en", "content": CARD, "source": source, "accepted_at": now()}
    OwnEntry.objects.get_or_create(programme=where.programme, entry=entry, defaults=known)
    return {"programme": where.programme.pk, "entry": entry}


def _no_script(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "entry": NO_SCRIPT}


def _workshop(where: Place) -> dict[str, Any]:
    return {"programme": where.programme.pk, "workshop": a_workshop(where).pk}


def _session(where: Place) -> dict[str, Any]:
    workshop = a_workshop(where)
    session = Session.objects.create(
        programme=where.programme, workshop=workshop, on=date(2026, 12, 1), minutes=60, what="We begin"
    )
    return {"programme": where.programme.pk, "workshop": workshop.pk, "session": session.pk}


def _brief(where: Place) -> dict[str, Any]:
    return {**_workshop(where), "factor": "psychological_safety"}


def a_proposal(where: Place, state: ProposalState = ProposalState.IN_REVIEW) -> Proposal:
    """One that was sent: of a draft only its own company knows."""
    return Proposal.objects.create(
        programme=where.programme,
        organisation=where.organisation,
        wording="en",
        content=CARD,
        entry=f"own-sent-p{where.programme.pk}",
        state=state.value,
        round=1,
        made_at=now(),
        sent_at=now(),
    )


def a_workshop(where: Place) -> Workshop:
    return Workshop.objects.create(
        programme=where.programme, theme=a_theme(where), name="Ten minutes at the line", made_at=now()
    )


WORKSHOP_ROUTES: Final[tuple[tuple[tuple[str, ...], Callable[[Place], dict[str, Any]]], ...]] = (
    (("proposals", "proposal-new", "scripts", "workshops", "workshop-new"), _programme),
    (("proposal", "proposal-send", "proposal-withdraw", "proposal-review"), _proposal),
    (("proposal-accept", "proposal-send-back"), _agreed),
    (("proposal-part",), _part),
    (("proposal-better",), _own_entry),
    (("script", "script-claim", "script-write", "script-give-back", "script-review"), _no_script),
    (
        ("workshop", "workshop-write", "workshop-session", "workshop-try-out", "workshop-remark", "workshop-propose"),
        _workshop,
    ),
    (("workshop-session-cancel",), _session),
    (("workshop-brief",), _brief),
)
