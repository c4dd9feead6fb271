"""Which approaches were tried in a programme, and what was tried of which the catalogue has no entry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lerend.interventions.catalogue import Intervention
from lerend.report.words import printable
from lerend_web.instruments.domain.faults import language
from lerend_web.interventions.domain.catalogue import whole_catalogue
from lerend_web.pilots.domain.finished import entry_id, judged_rows
from lerend_web.pilots.domain.grade_history import grade_of, history_of
from lerend_web.pilots.enums import GradeState
from lerend_web.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Tried:
    """An entry with judged pilots; `waits`: proposals that nobody signed or refused yet."""

    id: str
    name: str
    grade: str
    pilots: int
    waits: int


def entries_tried(programme: Programme) -> list[Tried]:
    """Every entry of the catalogue with a judged pilot, and how many there are, by name."""
    known = {one.id: one for one in whole_catalogue([programme]).catalogue.interventions}
    count = Counter(entry_id(one.intervention) for one in judged_rows(programme))
    found = [_tried(programme, known[one], number) for one, number in count.items() if one in known]
    return sorted(found, key=lambda one: one.name)


def without_entry(programme: Programme) -> list[str]:
    """Titles of judged pilots that tried something of which the catalogue has no entry."""
    known = {one.id for one in whole_catalogue([programme]).catalogue.interventions}
    return [one.title for one in judged_rows(programme) if entry_id(one.intervention) not in known]


def _tried(programme: Programme, entry: Intervention, pilots: int) -> Tried:
    waits = history_of(programme, entry.id).filter(state=GradeState.PROPOSED.value).count()
    grade = grade_of(programme, entry).value
    return Tried(entry.id, printable(entry.name.in_language(language())), grade, pilots, waits)
