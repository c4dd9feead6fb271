"""Files of models and questionnaires become values here.

A file is opened (`open_document`), its form is checked against the schema (`shape`), it is built (`building`) and what
the schema cannot say is checked (`checking`). Problems of one step are all given at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lerend.errors import ModelIsWrong, Problem
from lerend.model import packaged
from lerend.model.building import embedded_instrument_of, instrument_of, model_of
from lerend.model.checking import instrument_problems, model_problems
from lerend.model.document import LARGEST, Document, document_of
from lerend.model.shape import kind_of, shape_problems, typed
from lerend.model.structure import Instrument, OrganisationModel
from lerend.wording import say

SUFFIXES = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose form is right, and what it holds; a model may hold a questionnaire as well."""

    path: Path
    document: Document
    model: OrganisationModel | None
    instrument: Instrument | None

    def model_problems(self) -> tuple[Problem, ...]:
        """What the schema cannot say about the model in this file; none when there is no model in it."""
        return () if self.model is None else model_problems(self.model, self.document.where)

    def instrument_problems(self, model: OrganisationModel) -> tuple[Problem, ...]:
        """What the schema cannot say about the questionnaire in this file, as one for `model`."""
        if self.instrument is None:
            return ()
        at = () if self.model is None else ("instrument",)
        return instrument_problems(self.instrument, model, self.document.where, at)


def path_of(name_or_path: str | Path) -> Path:
    """The file that is meant: a path when it looks like one, else the packaged file of that name.

    Raises:
        ModelIsWrong: there is no such packaged file.
    """
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.lower().endswith(SUFFIXES) or "/" in text or "\\" in text:
        return Path(name_or_path)
    return packaged.named(text).path


def open_file(name_or_path: str | Path) -> Opened:
    """Read a file whose form is right.

    Raises:
        ModelIsWrong: with every problem of its form.
    """
    path = path_of(name_or_path)
    document = document_of(_content(path), path.name)
    if not packaged.is_recorded(path, document.digest):
        problems = shape_problems(document)
        if problems:
            raise ModelIsWrong(problems)
    return opened(path, document)


def opened(path: Path, document: Document) -> Opened:
    """The values in a document whose form is right."""
    data = typed(document)
    if kind_of(document) == "model":
        return Opened(path, document, model_of(data, document.digest), embedded_instrument_of(data, document.digest))
    return Opened(path, document, None, instrument_of(data, document.digest))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        problem = Problem(str(path), say("There is no such file."), say("Check the name and the folder."))
    except OSError as error:
        what = say("This file cannot be read ({reason}).", reason=error.strerror or "")
        problem = Problem(str(path), what, say("Check that it is a file and that you may read it."))
    raise ModelIsWrong([problem])


def load_model(name_or_path: str | Path) -> OrganisationModel:
    """A checked model; see `lerend.model.load_model`."""
    file = open_file(name_or_path)
    model = _model_in(file)
    own = file.instrument_problems(model)
    _refuse((*file.model_problems(), *own))
    return model


def _model_in(file: Opened) -> OrganisationModel:
    if file.model is not None:
        return file.model
    reference = file.instrument.model if file.instrument is not None else ""
    what = say("This is a questionnaire, not a model.")
    mend = say("Give its model, {model}.", model=reference)
    raise ModelIsWrong([Problem(file.document.where(("kind",)), what, mend)])


def load_instrument(name_or_path: str | Path, model: OrganisationModel | None = None) -> Instrument:
    """A checked questionnaire; see `lerend.model.load_instrument`."""
    file = open_file(name_or_path)
    instrument = _instrument_in(file)
    if model is None:
        model = file.model or model_beside(file)
    _refuse((*file.model_problems(), *file.instrument_problems(model)))
    return instrument


def _instrument_in(file: Opened) -> Instrument:
    if file.instrument is not None:
        return file.instrument
    what = say("This model file holds no questionnaire.")
    mend = say("Add `instrument:` to it, or give a questionnaire for it as well.")
    raise ModelIsWrong([Problem(file.document.name, what, mend)])


def model_beside(file: Opened) -> OrganisationModel:
    """The model that a questionnaire refers to: in the same folder, else packaged.

    Raises:
        ModelIsWrong: it is in neither place, or is wrong itself.
    """
    reference = _instrument_in(file).model
    for candidate in packaged.versions_in(file.path.parent):
        if candidate.reference == reference:
            return load_model(candidate.path)
    if packaged.find(reference) is not None:
        return load_model(reference)
    what = say("This questionnaire belongs to the model {model}, which is not here.", model=reference)
    mend = say("Put its file in the same folder, under the name {name}.", name=_file_name(reference))
    raise ModelIsWrong([Problem(file.document.where(("model",)), what, mend)])


def _file_name(reference: str) -> str:
    return "{}.v{}.yaml".format(*reference.split("@"))


def load_model_and_instrument(
    name_or_path: str | Path, instrument: str | Path | None = None
) -> tuple[OrganisationModel, Instrument]:
    """A checked model and a questionnaire for it; see `lerend.model.load_model_and_instrument`."""
    file = open_file(name_or_path)
    model = _model_in(file)
    if instrument is None and file.instrument is None:
        instrument = default_instrument(file, model)
    other = file if instrument is None else open_file(instrument)
    found = _instrument_in(other)
    _refuse((*file.model_problems(), *other.instrument_problems(model)))
    return model, found


def default_instrument(file: Opened, model: OrganisationModel) -> Path | None:
    """The newest packaged questionnaire of the default kind that belongs to this version of a packaged model."""
    wanted = packaged.DEFAULT_INSTRUMENT.get(model.id)
    if file.path.parent != packaged.library():
        return None
    for candidate in packaged.packaged_files():
        if candidate.id == wanted and _instrument_in(open_file(candidate.path)).model == model.reference:
            return candidate.path
    return None


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise ModelIsWrong(problems)
