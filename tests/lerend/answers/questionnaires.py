"""Small questionnaires and files for the tests of the readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lerend.answers.reading import open_answers
from lerend.answers.table import AnswerBatch, Reading
from lerend.errors import AnswersAreWrong
from lerend.model.structure import AnswerScale, Form, Instrument, Item
from lerend.wording import Text

AGREEMENT = AnswerScale(
    id="agreement",
    labels=(
        Text("Helemaal niet mee eens", "Strongly disagree"),
        Text("Niet mee eens", "Disagree"),
        Text("Niet eens, niet oneens", "Neither agree nor disagree"),
        Text("Mee eens", "Agree"),
        Text("Helemaal mee eens", "Strongly agree"),
    ),
    codes=("1", "2", "3", "4", "5"),
    not_applicable=Text("Geldt niet voor mij", "Does not apply to me"),
    not_applicable_codes=("9",),
)
WORDS = {
    "pfr1": Text("Wij kijken samen terug.", "We look back together."),
    "pfr2": Text("Wij geven elkaar feedback.", "We give each other feedback."),
    "aut1": Text("Ik kies zelf hoe ik werk.", "I choose how I work."),
    "aut2": Text("Ik kies zelf wanneer ik werk.", "I choose when I work."),
}


def item(id: str, *, columns: tuple[str, ...] = (), reversed: bool = False, text: Text | None = None) -> Item:
    return Item(id, id.rstrip("0123456789"), text or WORDS.get(id, Text(id, id)), "agreement", columns, reversed)


def questionnaire(
    *items: Item | str, forms: Mapping[str, Sequence[str]] | None = None, scale: AnswerScale = AGREEMENT
) -> Instrument:
    """Four items on two scales unless said otherwise; one form with everything unless said otherwise."""
    made = tuple(item(one) if isinstance(one, str) else one for one in items or ("pfr1", "pfr2", "aut1", "aut2"))
    chosen = forms or {"all": [one.id for one in made]}
    return Instrument(
        id="scan",
        version=1,
        model="m@1",
        name=Text("Scan", "Scan"),
        respondent="employee",
        anonymous=True,
        introduction=Text("", ""),
        answer_scales=(scale,),
        items=made,
        forms=tuple(
            Form(name, Text(f"Formulier {name}", f"Form {name}"), 1, tuple(ids)) for name, ids in chosen.items()
        ),
        rotation=(),
        background=(),
        facts=(),
        digest="",
    )


def write(folder: Path, content: str | bytes, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read_all(path: Path, instrument: Instrument, **options: Any) -> AnswerBatch:
    """All batches of a file as one."""
    file = open_answers(path, instrument=instrument, **options)
    return joined(list(file.batches()))


def joined(batches: Sequence[AnswerBatch]) -> AnswerBatch:
    paths = tuple(dict.fromkeys(path for batch in batches for path in batch.paths))
    group = [paths.index(batch.paths[number]) for batch in batches for number in batch.group]
    leads = [batch.leads for batch in batches if batch.leads is not None]
    return AnswerBatch(
        items=batches[0].items,
        codes=np.concatenate([batch.codes for batch in batches]),
        paths=paths,
        group=np.array(group, dtype=np.int32),
        leads=np.concatenate(leads) if leads else None,
        reading=sum((batch.reading for batch in batches), Reading()),
    )


def complaint(error: AnswersAreWrong) -> str:
    return "\n".join(problem.in_language("en") for problem in error.problems)


def groups_of(batch: AnswerBatch) -> list[tuple[str, ...]]:
    return [batch.paths[number] for number in batch.group]
