"""The evidence about an entry in the programmes of a reader, as the catalogue shows it beside what was published.

Whoever has a part in a programme itself reads everything. People of companies read the grade and, from three companies on
that speak for themselves, the numbers; what another company's pilot found is not for them alone to see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from lerend_web.people.enums import OrganisationRole, ProgrammeRole
from lerend_web.people.models import Person
from lerend_web.pilots.domain.evidence import Evidence, GradeMove, evidence_of
from lerend_web.pilots.enums import GradeState
from lerend_web.pilots.models import GradeChange
from lerend_web.pilots.queries import pilots_for
from lerend_web.pilots.rules import READERS
from lerend_web.programmes.models import Programme
from lerend_web.themes.queries import programmes_reached

LEAST_WITNESSES: Final = 3
"""Companies that speak for themselves, from which on no number is about one or two of them."""
ABOVE: Final = (ProgrammeRole.COORDINATOR, ProgrammeRole.RESEARCHER, ProgrammeRole.TEACHER)


@dataclass(frozen=True, slots=True)
class Here:
    """One programme.

    Attributes:
        evidence: numbers in it are for the reader only where `shows_numbers`.
        moves: signed changes, the newest first; without reasons where they are about a pilot of somebody else.
        reads_all: has a part in the programme itself.
    """

    programme: Programme
    evidence: Evidence
    moves: tuple[GradeMove, ...]
    shows_numbers: bool
    reads_all: bool


def evidence_here(person: Person | None, entry: str, *, at: datetime) -> list[Here]:
    """One for each programme of the reader in which a pilot of the entry was judged; none for visitors."""
    if person is None:
        return []
    found = []
    for programme in programmes_reached(person, *ProgrammeRole, *OrganisationRole):
        try:
            evidence = evidence_of(programme, entry, at=at)
        except LookupError:
            continue
        if evidence.pilots or evidence.history:
            found.append(_here(person, programme, evidence))
    return found


def _here(person: Person, programme: Programme, evidence: Evidence) -> Here:
    above = person.programme_roles.filter(programme=programme, role__in=[role.value for role in ABOVE]).exists()
    own = set(pilots_for(person, *READERS).values_list("key", flat=True))
    # What was expected before a pilot tells what the one before it found: so a company's own reasons wait for the numbers,
    # unless nobody else's pilot is among them.
    is_told = evidence.witnesses >= LEAST_WITNESSES or own >= {one.key for one in evidence.pilots}
    signed = [one for one in evidence.history if one.change.state == GradeState.SIGNED]
    return Here(
        programme=programme,
        evidence=evidence,
        moves=tuple(
            one if above or (is_told and _key_of(one.change) in own) else replace(one, reasons=()) for one in signed
        ),
        shows_numbers=above or evidence.witnesses >= LEAST_WITNESSES,
        reads_all=above,
    )


def _key_of(change: GradeChange) -> str:
    return change.pilot.key if change.pilot else ""
