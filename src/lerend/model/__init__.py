"""The organisation model and its questionnaires as versioned data.

Importing this costs nothing; a file is read, and its library loaded, at the first call.
"""

from __future__ import annotations

from pathlib import Path

from lerend.model.structure import Instrument, OrganisationModel

__all__ = ["list_packaged", "load_instrument", "load_model", "load_model_and_instrument"]


def load_model(name_or_path: str | Path) -> OrganisationModel:
    """The model called `name_or_path`, checked.

    Args:
        name_or_path: a packaged model (``lerend`` for its newest version, ``lerend@1`` for that one) or a YAML or JSON
            file of kind ``model``.

    Raises:
        ModelIsWrong: with every problem, each with file, line and how to mend it.
    """
    from lerend.model import reading  # noqa: PLC0415 -- loads PyYAML

    return reading.load_model(name_or_path)


def load_instrument(name_or_path: str | Path, model: OrganisationModel | None = None) -> Instrument:
    """The questionnaire called `name_or_path`, checked against its model.

    Args:
        name_or_path: a packaged questionnaire, a file of kind ``instrument``, or a model file that holds one.
        model: the model to check against; by default the one that it refers to, in the same folder or packaged.

    Raises:
        ModelIsWrong: with every problem, each with file, line and how to mend it.
    """
    from lerend.model import reading  # noqa: PLC0415 -- loads PyYAML

    return reading.load_instrument(name_or_path, model)


def load_model_and_instrument(
    name_or_path: str | Path, instrument: str | Path | None = None
) -> tuple[OrganisationModel, Instrument]:
    """A model and a questionnaire for it, checked together.

    Args:
        name_or_path: as for `load_model`.
        instrument: as for `load_instrument`; by default the one inside the model file, and for the packaged model
            ``lerend`` the employee scan.

    Raises:
        ModelIsWrong: with every problem, each with file, line and how to mend it.
    """
    from lerend.model import reading  # noqa: PLC0415 -- loads PyYAML

    return reading.load_model_and_instrument(name_or_path, instrument)


def list_packaged() -> tuple[str, ...]:
    """What comes with the package, such as ``lerend@1``; by name, the newest version of each first."""
    from lerend.model import packaged  # noqa: PLC0415 -- reads a folder

    return tuple(file.reference for file in packaged.packaged_files())
