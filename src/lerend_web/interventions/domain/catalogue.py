"""The catalogue of some programmes: what comes with the platform, what they accepted themselves, and their scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from lerend.interventions.catalogue import Catalogue, Intervention, Kind, Script
from lerend.interventions.difference import NAMES
from lerend.interventions.packaged import packaged_catalogue
from lerend.report.words import printable, spoken
from lerend_web.instruments.domain.faults import language
from lerend_web.interventions.domain.card import kept_catalogue
from lerend_web.interventions.enums import Wording
from lerend_web.interventions.models import OwnEntry
from lerend_web.interventions.queries import approved_scripts_of, newest_entries_of, versions_of
from lerend_web.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of an entry beside its text: whose it is, and the language of its text (empty: both)."""

    programme: Programme
    language: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A catalogue of packaged and own entries; `own` by the id of an entry.

    `script_languages`: of the scripts that were written in a programme, by entry, as for `Own.language`.
    """

    catalogue: Catalogue
    own: dict[str, Own]
    script_languages: dict[str, str]


@lru_cache(maxsize=1)
def packaged() -> Catalogue:
    return packaged_catalogue()


def whole_catalogue(programmes: Iterable[Programme]) -> Whole:
    """The packaged entries, then those of the programmes; an approved script stands with the entry that had none."""
    known, found = packaged(), list(programmes)
    rows = newest_entries_of(found)
    own = [kept_catalogue(row.source) for row in rows]
    written = approved_scripts_of(found)
    scripts = {entry: _script(row.source) for entry, row in written.items()}
    entries = [*known.interventions, *(each for one in own for each in one.interventions)]
    catalogue = replace(
        known,
        interventions=tuple(_with_script(entry, scripts) for entry in entries),
        references=(*known.references, *(each for one in own for each in one.references)),
    )
    return Whole(
        catalogue,
        own={row.entry: Own(row.programme, _language_of(row.wording)) for row in rows},
        script_languages={entry: _language_of(row.wording) for entry, row in written.items()},
    )


def earlier_version(entry: str, version: int) -> Whole:
    """The catalogue with one earlier version of an own entry in it.

    Raises:
        LookupError: there is none.
    """
    row = next((one for one in versions_of(entry) if one.version == version), None)
    if row is None:
        raise LookupError(entry)
    kept = kept_catalogue(row.source)
    catalogue = replace(packaged(), interventions=kept.interventions, references=kept.references)
    return Whole(catalogue, own={entry: Own(row.programme, _language_of(row.wording))}, script_languages={})


def changed_words(row: OwnEntry) -> list[str]:
    """What differs from the version before, in the language of the page."""
    return [spoken(NAMES[part], language()) for part in row.changed if part in NAMES]


def without_script(programme: Programme) -> list[tuple[str, str]]:
    """Id and name of the entries of a programme for which nobody wrote a script."""
    entries = whole_catalogue([programme]).catalogue.interventions
    return [(one.id, name_of(one)) for one in entries if one.script is None and one.kind is Kind.SOLUTION]


def named_entry(programme: Programme, entry: str) -> str:
    """What an entry of a programme's catalogue is called.

    Raises:
        LookupError: there is none.
    """
    return name_of(whole_catalogue([programme]).catalogue.intervention(entry))


def name_of(entry: Intervention) -> str:
    return printable(entry.name.in_language(language()))


def _script(source: str) -> Script | None:
    return kept_catalogue(source).interventions[0].script


def _with_script(entry: Intervention, scripts: dict[str, Script | None]) -> Intervention:
    script = scripts.get(entry.id)
    return entry if entry.script is not None or script is None else replace(entry, script=script)


def _language_of(wording: str) -> str:
    return "" if wording == Wording.BOTH else wording
