"""The history of an organisation as sentences."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lerend_web.core.models import AuditEntry
from lerend_web.organisations.models import Organisation
from lerend_web.people.enums import OrganisationRole
from lerend_web.people.models import Person
from lerend_web.scans.models import Wave
from lerend_web.workbench.closing_series import NAMES as STEP_NAMES
from lerend_web.workbench.evidence_words import EVENTS as ADVICE_EVENTS
from lerend_web.workbench.pilot_running_words import EVENTS as PILOT_EVENTS
from lerend_web.workbench.pulse_words import EVENTS as PULSE_EVENTS
from lerend_web.workbench.words import EVENTS, ROLE_NAMES

_ALL_EVENTS: Final = ChainMap(EVENTS, PULSE_EVENTS, PILOT_EVENTS, ADVICE_EVENTS)


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    who: str
    says: str
    about: str


def history_of(organisation: Organisation) -> QuerySet[AuditEntry]:
    """Every row about an organisation, newest first."""
    return AuditEntry.objects.filter(organisation=organisation.pk).order_by("-id")


def told(rows: Sequence[AuditEntry], organisation: Organisation) -> list[Entry]:
    """Some rows as sentences, with who did it and about which round."""
    actors = {row.actor for row in rows if row.actor is not None}
    names = dict(Person.objects.filter(pk__in=actors).values_list("pk", "name"))
    waves = dict(Wave.every.filter(organisation=organisation).values_list("code", "name"))
    return list(_entries(rows, names, waves))


def _entries(rows: Iterable[AuditEntry], names: dict[int, str], waves: dict[str, str]) -> Iterator[Entry]:
    for row in rows:
        who = _("the platform") if row.actor is None else names.get(row.actor, _("somebody who left"))
        yield Entry(row.at, who, _says(row), waves.get(row.subject, ""))


def _says(row: AuditEntry) -> str:
    sentence = _ALL_EVENTS.get(row.code)
    if sentence is None:
        return row.code
    detail = {name: _in_words(name, value) for name, value in row.detail.items()}
    try:
        return str(sentence) % detail
    except (KeyError, TypeError, ValueError):
        return row.code


def _in_words(name: str, value: object) -> object:
    """Roles, dates and steps as people read them; the rest as it is."""
    if name == "role" and value in set(OrganisationRole):
        return ROLE_NAMES[OrganisationRole(str(value))]
    if name == "step" and value in STEP_NAMES:
        return STEP_NAMES[str(value)]
    if name.endswith("_on") and isinstance(value, str):
        with suppress(ValueError):
            return date_format(date.fromisoformat(value), "j F Y")
    return value
