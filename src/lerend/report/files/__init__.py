"""The files that people take along, all drawn from one release and from nothing else.

Each maker lives in a module of its own and is loaded when it is first used: a slide writer costs more to import than most
commands take. The same release gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Final, Literal, Protocol, TypeAlias, cast

from lerend.errors import LerendError, Problem
from lerend.model.structure import Instrument, OrganisationModel
from lerend.release.value import Release
from lerend.wording import Language, Message, say

Audience: TypeAlias = Literal["company", "researcher"]

_PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Maker(Protocol):
    """Makes one file; see the functions that `FILES` names."""

    def __call__(
        self, release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language
    ) -> bytes: ...


@dataclass(frozen=True, slots=True)
class FileKind:
    """One file that can be taken along.

    Attributes:
        slug: its name in an address.
        extension: without a dot.
        media_type: for the download.
        title, about: what people read before they choose it.
        audience: whom it is made for; the platform decides who may have it.
        make: release, model, instrument and language to bytes.
    """

    slug: str
    extension: str
    media_type: str
    title: Message
    about: Message
    audience: Audience
    make: Maker

    def name_of(self, release: Release) -> str:
        """The name to save it under: letters, digits, dots and hyphens only, with the start of the digest."""
        code = "".join(sign for sign in release.wave.code if sign.isascii() and sign.isalnum())[:32]
        parts = ("lerend", self.slug, code, release.made_on, release.digest[:8])
        return "-".join(part for part in parts if part) + f".{self.extension}"


def _from(module: str, maker: str) -> Maker:
    """The maker of this name, its module loaded at the first file; without the extra that it needs, it says which."""

    def make(release: Release, *, model: OrganisationModel, instrument: Instrument, language: Language) -> bytes:
        try:
            home = import_module(f"lerend.report.files.{module}")
        except ModuleNotFoundError as error:
            what = say(
                "To make this file, an extra is needed that is not installed: {name}.", name=error.name or module
            )
            raise LerendError([Problem(module, what, say("Install it with: pip install 'lerend[slides]'."))]) from error
        found = cast("Maker", getattr(home, maker))
        return found(release, model=model, instrument=instrument, language=language)

    return make


FILES: Final[tuple[FileKind, ...]] = (
    FileKind(
        slug="slides",
        extension="pptx",
        media_type=_PPTX,
        title=say("Slides for the meeting"),
        about=say("The answer, the picture of the model, strengths, bottlenecks with questions, and space for agreements."),
        audience="company",
        make=_from("slides", "slides_of"),
    ),
    FileKind(
        slug="workbook",
        extension="xlsx",
        media_type=_XLSX,
        title=say("Workbook"),
        about=say("All figures in a workbook, a sheet per subject."),
        audience="company",
        make=_from("workbook", "workbook_of"),
    ),
    FileKind(
        slug="tables",
        extension="zip",
        media_type="application/zip",
        title=say("Tables with a codebook (CSV)"),
        about=say("All figures as plain tables, and what each column and each question means."),
        audience="researcher",
        make=_from("csv_tables", "csv_of"),
    ),
    FileKind(
        slug="spss",
        extension="sav",
        media_type="application/x-spss-sav",
        title=say("SPSS file"),
        about=say("A row per unit with the mean of every scale. Rows of people do not exist."),
        audience="researcher",
        make=_from("spss", "spss_of"),
    ),
    FileKind(
        slug="lavaan",
        extension="zip",
        media_type="application/zip",
        title=say("Summary statistics with a lavaan script"),
        about=say("Means, standard deviations and correlations per organisation, and a path model in R that runs on them."),
        audience="researcher",
        make=_from("lavaan", "lavaan_of"),
    ),
)  # fmt: skip
"""Everything that can be taken along, in the order in which it is offered."""


def kind_of(slug: str) -> FileKind:
    """The file with this slug.

    Raises:
        KeyError: there is none.
    """
    for kind in FILES:
        if kind.slug == slug:
            return kind
    raise KeyError(slug)
