"""A file of interventions becomes a value here, or a list of everything that is wrong with it, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from lerend.errors import LerendError, ModelIsWrong, Problem
from lerend.interventions.catalogue import Catalogue, Circumstance, Intervention, Reference
from lerend.interventions.checking import catalogue_problems
from lerend.interventions.entry import intervention_in, script_in
from lerend.interventions.part import LONGEST_ADDRESS, Part
from lerend.model.document import Document, document_of
from lerend.model.structure import OrganisationModel
from lerend.wording import Text, say

KIND: Final = "interventions"
MOST_PROBLEMS: Final = 100
MOST_ENTRIES: Final = 1_000

_HEAD: Final = ("id", "version", "model", "name")
_LISTS: Final = ("circumstances", "references", "interventions", "scripts")


class CatalogueIsWrong(LerendError):
    """A file of interventions says something that cannot be."""


def read_catalogue(text: str, model: OrganisationModel, *, name: str = "interventions.yaml") -> Catalogue:
    """The catalogue in a file, checked against the model whose factors it works on.

    Args:
        text: of the file (YAML), as `write_catalogue` writes it.
        model: an intervention on a factor that it does not have is refused.
        name: what problems call the file.

    Raises:
        CatalogueIsWrong: with every problem, each with its line and how to mend it.
    """
    return read_catalogue_in_files([(name, text)], model)


def read_catalogue_in_files(files: Sequence[tuple[str, str]], model: OrganisationModel) -> Catalogue:
    """The catalogue that several files, each (name, text), hold together; one of them says what it is called.

    Raises:
        CatalogueIsWrong: as `read_catalogue`.
    """
    try:
        documents = [document_of(text.encode("utf-8"), name) for name, text in files]
    except ModelIsWrong as error:
        raise CatalogueIsWrong(error.problems) from error
    reader = _Reader(documents)
    catalogue = reader.catalogue()
    problems = [*(each for document in documents for each in document.problems), *reader.problems]
    if not problems:
        problems = list(catalogue_problems(catalogue, model, reader.where))
    if problems:
        raise CatalogueIsWrong(_at_most(problems))
    return catalogue


def _at_most(problems: list[Problem]) -> list[Problem]:
    if len(problems) <= MOST_PROBLEMS:
        return problems
    file = problems[MOST_PROBLEMS].where.split(":")[0]
    more = Problem(file, say("There are more problems than these."), say("Mend these first."))
    return [*problems[:MOST_PROBLEMS], more]


class _Reader:
    """Reads the parts of all files; knows afterwards where each entry stands."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.problems: list[Problem] = []
        self.roots = [Part(document, (), document.data, self.problems) for document in documents]
        self.places: dict[str, Part] = {}

    def where(self, entry: str, *below: str | int) -> str:
        """File and line of an intervention, or of something in it."""
        part = self.places.get(entry, self.roots[0])
        return part.document.where((*part.path, *below))

    def catalogue(self) -> Catalogue:
        roots = [root for root in self.roots if self._is_catalogue(root)]
        heads = [root for root in roots if root.has("id")]
        if len(heads) != 1:
            what = say("The catalogue has no name, or two.")
            mend = say("Write `id`, `version`, `model` and `name` in one of the files.")
            self.roots[0].wrong(what, mend)
        head = heads[0] if heads else None
        digest = hashlib.sha256("".join(root.document.digest for root in self.roots).encode()).hexdigest()
        return Catalogue(
            id=head.id() if head else "",
            version=(head.whole("version", 1, 10_000) or 0) if head else 0,
            model=head.text("model") if head else "",
            name=head.words("name") if head else Text("", ""),
            circumstances=tuple(_circumstance(one) for root in roots for one in root.parts("circumstances")),
            references=tuple(_reference(one) for root in roots for one in root.parts("references")),
            interventions=self._interventions(roots),
            digest=digest,
        )

    def _is_catalogue(self, root: Part) -> bool:
        if not root.has("kind") or root.data["kind"] != KIND:
            mend = say("Write `kind: {kind}` on the first line.", kind=KIND)
            root.wrong(say("The file does not say that it holds interventions."), mend)
            return False
        needed = ("kind", *_HEAD) if root.has("id") else ("kind",)
        return root.keys(needed, (*_HEAD, *_LISTS))

    def _interventions(self, roots: Sequence[Part]) -> tuple[Intervention, ...]:
        scripts = {one.text("for"): one for root in roots for one in root.parts("scripts")}
        found: list[Intervention] = []
        for part in (one for root in roots for one in root.parts("interventions")):
            if len(found) == MOST_ENTRIES:
                what = say("The list {key} is too long.", key="interventions")
                part.wrong(what, say("Put at most {limit} in it.", limit=MOST_ENTRIES))
                break
            name = part.text("id")
            script = scripts.pop(name, None)
            found.append(intervention_in(part, script_in(script) if script else None))
            self.places.setdefault(name, part)
        for name, part in scripts.items():
            what = say("There is a script for {id}, but no such intervention.", id=name)
            part.wrong(what, say("Write behind `for:` the id of an intervention."), "for")
        return tuple(found)


def _circumstance(part: Part) -> Circumstance:
    part.keys(("id", "text"))
    return Circumstance(part.id(), part.words("text"))


def _reference(part: Part) -> Reference:
    part.keys(("id", "text", "address"))
    address = part.text("address", most=LONGEST_ADDRESS)
    if address and not address.startswith(("https://", "http://")):
        part.wrong(say("An address starts with https://."), say("Copy it from the address bar."), "address")
    return Reference(part.id(), part.text("text"), address)
