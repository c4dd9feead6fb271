"""A file that a researcher hands in: what it would become here, or everything that is wrong with it.

A whole file (YAML or JSON) may hold anything; a table (XLSX or CSV) holds other words for a version that is here.
Either way the platform gives the new version its name and its number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from lerend.errors import LerendError, ModelIsWrong, Problem
from lerend.model.answerable import answerable_problems
from lerend.model.document import document_of
from lerend.model.reading import Opened
from lerend.model.structure import Instrument, OrganisationModel
from lerend.model.translation import changes_between, with_changes
from lerend_web.instruments.domain.faults import FileIsWrong, refuse, told
from lerend_web.instruments.domain.library import usable_references
from lerend_web.instruments.domain.source import instrument_of, model_of, opened_text, source_of
from lerend_web.instruments.domain.tables import row_faults, rows_of
from lerend_web.instruments.enums import Kind
from lerend_web.instruments.queries import published
from lerend_web.instruments.rules import LARGEST_FILE, LONGEST_NAME, own_name
from lerend_web.programmes.models import Programme

TABLES: Final = {".xlsx", ".csv", ".tsv"}
ID: Final = ("id",)
ZIPPED: Final = b"PK"
"""How a workbook begins, whatever its file is called."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file becomes: its text with our name and number in it, checked, and the version it was made from."""

    kind: Kind
    name: str
    version: int
    source: str
    compared_with: str

    @property
    def reference(self) -> str:
        return f"{self.name}@{self.version}"


def proposal_of(content: bytes, *, file_name: str, programme: Programme) -> Proposal:
    """The next version that a file would become in a programme.

    Raises:
        FileIsWrong: with everything that is wrong: where, what, and how to mend it.
    """
    name = _safe_name(file_name) or "file"
    if len(content) > LARGEST_FILE:
        what = _("This file holds more than %(limit)d MB.") % {"limit": LARGEST_FILE // 1_000_000}
        raise refuse(name, what, _("Check that this is a model or a questionnaire."))
    try:
        if Path(name).suffix.lower() in TABLES or content.startswith(ZIPPED):
            base, source = _from_table(content, name, programme)
            return _proposal(source, name, programme, base=base)
        return _proposal(document_of(content, name).source, name, programme, base="")
    except LerendError as error:
        raise told(error) from error


def _proposal(text: str, name: str, programme: Programme, *, base: str) -> Proposal:
    file = opened_text(text, name)
    thing = _thing_in(file)
    own = own_name(thing.id, programme.pk)
    if len(own) > LONGEST_NAME:
        what = _("The id %(id)s is too long: the platform puts the number of the programme behind it.")
        raise refuse(file.document.where(ID), what % {"id": thing.id}, _("Give it a shorter id."))
    problems = (*file.model_problems(), *_instrument_problems(file, programme))
    if problems:
        raise ModelIsWrong(problems)
    version = _next_version(own, programme)
    source = with_changes(file.document, {ID: own}, version)
    kind = Kind.MODEL if file.model is not None else Kind.INSTRUMENT
    base = base or _base_of(thing.reference, own, kind, programme)
    _must_differ(opened_text(source, name), base)
    return Proposal(kind, own, version, source, base)


def _thing_in(file: Opened) -> OrganisationModel | Instrument:
    if file.model is not None and file.instrument is not None:
        mend = _("Save the questionnaire as a file of its own: `kind: instrument`, with `model:` below it.")
        raise refuse(file.document.where(("instrument",)), _("This model file holds a questionnaire as well."), mend)
    thing = file.model or file.instrument
    if thing is None:
        raise AssertionError("a file holds a model or a questionnaire")
    return thing


def _instrument_problems(file: Opened, programme: Programme) -> tuple[Problem, ...]:
    if file.instrument is None:
        return ()
    known, reference = usable_references(programme, Kind.MODEL), file.instrument.model
    if reference not in known:
        what = _("This questionnaire belongs to the model %(model)s, which is not here.") % {"model": reference}
        mend = _("Publish that model first, or write one of these behind `model:`: %(names)s.")
        raise refuse(file.document.where(("model",)), what, mend % {"names": ", ".join(known)})
    own = file.instrument_problems(model_of(reference))
    return (*own, *answerable_problems(file.instrument, file.document))


def _next_version(own: str, programme: Programme) -> int:
    """After the newest that is published: a draft makes room for the next one."""
    newest = published(programme).filter(name=own).order_by("-version").values_list("version", flat=True).first()
    return (newest or 0) + 1


def _base_of(stated: str, own: str, kind: Kind, programme: Programme) -> str:
    """What the new version is laid beside: what the file says it is, when that is here; else our newest of the name."""
    if stated in usable_references(programme, kind):
        return stated
    newest = published(programme).filter(name=own, kind=kind).order_by("-version").first()
    return newest.reference if newest is not None else ""


def _must_differ(file: Opened, base: str) -> None:
    """Refuse a version that says the same as the one it was made from."""
    if not base:
        return
    thing = _thing_in(file)
    other = model_of(base) if file.model is not None else instrument_of(base)
    if replace(thing, id="", version=0, digest="") == replace(other, id="", version=0, digest=""):
        what = _("This file says the same as %(reference)s.") % {"reference": base}
        raise refuse(file.document.name, what, _("Change what you want to change, and hand it in again."))


def _from_table(content: bytes, name: str, programme: Programme) -> tuple[str, str]:
    """Which version the words of a table are for, and the text of its file with these words."""
    rows = rows_of(content, file_name=name)
    bases = tuple(dict.fromkeys(row.file for row in rows))
    if len(bases) > 1:
        what = _("The rows are of %(count)d different files.") % {"count": len(bases)}
        raise refuse(name, what, _("Hand in one model or questionnaire at a time."))
    known = (*usable_references(programme, Kind.INSTRUMENT), *usable_references(programme, Kind.MODEL))
    base = bases[0]
    if base not in known:
        what = _("There is no model or questionnaire %(reference)s.") % {"reference": base[:80]}
        mend = _("Put its name back in the column file: one of %(names)s.") % {"names": ", ".join(known)}
        raise refuse(f"{name}:{rows[0].number}", what, mend)
    document = document_of(source_of(base).encode("utf-8"), base)
    faults = row_faults(rows, document, name)
    if faults:
        raise FileIsWrong(faults)
    changes = changes_between(document, {row.place: row.text for row in rows})
    return base, with_changes(document, changes, int(document.data["version"]))


def _safe_name(file_name: str) -> str:
    return "".join(sign for sign in Path(file_name).name if sign.isalnum() or sign in " ._-")[-60:].strip(". ")
