"""The main job: from a file of answers to a diagnosis, in one call and in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lerend.answers.reading import AnswerFile, open_answers
from lerend.answers.table import Reading, joined
from lerend.diagnosis.diagnose import DEFAULT_DRAWS, DEFAULT_SEED, Origin, diagnose
from lerend.diagnosis.freezing import freeze
from lerend.diagnosis.gaps import ManagementView
from lerend.diagnosis.result import Diagnosis
from lerend.diagnosis.scales import items_of_scales
from lerend.disclosure.floors import DEFAULT_FLOOR
from lerend.model.structure import Instrument, OrganisationModel
from lerend.statistics.addition import total
from lerend.statistics.frozen import FrozenStatistics
from lerend.statistics.kernel import statistics_of
from lerend.statistics.sufficient import Statistics
from lerend.wording import Message, say

SIMULATED_COLUMN = "simulated"
"""A file with this column holds made-up answers, and every report about it says so."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of answers and how to read it.

    Attributes:
        path: the file.
        by: names of the columns that say which company and which team; none, one or two.
        leaders: column and value that mark people who lead others, where the file says so.
        mapping: columns per item, for files that name them differently.
        sheet: which sheet of a workbook.
        leave_out_unreadable: count answers that are no answer instead of refusing the file.
    """

    path: Path
    by: tuple[str, ...] = ("company", "team")
    leaders: tuple[str, str] | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    leave_out_unreadable: bool = False


def diagnose_file(
    source: Source,
    *,
    model: OrganisationModel,
    instrument: Instrument,
    company_form: Source | None = None,
    company_instrument: Instrument | None = None,
    k: int = DEFAULT_FLOOR,
    seed: int = DEFAULT_SEED,
    draws: int = DEFAULT_DRAWS,
    progress: Callable[[int, float], None] | None = None,
) -> Diagnosis:
    """Read a file of answers and diagnose it.

    Args:
        source: the employees' answers.
        model: what the items measure.
        instrument: the questionnaire that they answered.
        company_form: the signed answers of management about the same companies, for the gap.
        company_instrument: the questionnaire of the company form.
        k: the smallest group about which a mean may be shown.
        seed: of the draws behind the probabilities.
        draws: how many.
        progress: called after each batch with the number of people so far and the share of the file that was read.

    Raises:
        AnswersAreWrong: a file cannot be read as it stands.
        TooFewAnswers: there are too few answers to show anything.
    """
    file = _opened(source, instrument)
    counted = _counted(file, instrument, progress)
    views = []
    if counted.leaders is not None and counted.leaders.people.sum() > 0:
        views.append(ManagementView("leaders", counted.leaders, instrument, floor=max(k, 1)))
    notes: tuple[Message, ...] = file.notes
    if company_form is not None and company_instrument is not None:
        form = _opened(company_form, company_instrument)
        answers = _counted(form, company_instrument, None)
        views.append(ManagementView("company_form", answers.everybody, company_instrument, floor=1))
        notes = (*notes, say("The company form is signed. It is compared with employees, never mixed with them."))
    origin = Origin(
        reading=counted.reading,
        digest=file.digest,
        by=source.by,
        simulated=any(name.strip().lower() == SIMULATED_COLUMN for name in file.columns),
        notes=notes,
    )
    return diagnose(
        counted.everybody,
        model=model,
        instrument=instrument,
        origin=origin,
        k=k,
        seed=seed,
        draws=draws,
        views=tuple(views),
    )


def frozen_of_file(
    source: Source, *, model: OrganisationModel, instrument: Instrument, k: int = DEFAULT_FLOOR
) -> tuple[FrozenStatistics, Origin]:
    """What would survive of a file of answers, and where it comes from.

    Raises:
        AnswersAreWrong: the file cannot be read as it stands.
    """
    file = _opened(source, instrument)
    batch = joined(list(file.batches()))
    simulated = any(name.strip().lower() == SIMULATED_COLUMN for name in file.columns)
    origin = Origin(batch.reading, file.digest, source.by, simulated=simulated, notes=file.notes)
    return freeze(batch, model=model, instrument=instrument, k=k), origin


def _opened(source: Source, instrument: Instrument) -> AnswerFile:
    return open_answers(
        source.path,
        instrument=instrument,
        by=source.by,
        leaders=source.leaders,
        mapping=source.mapping,
        sheet=source.sheet,
        leave_out_unreadable=source.leave_out_unreadable,
    )


def _categories(instrument: Instrument) -> int:
    used = {item.answers for item in instrument.items}
    return max(len(scale.labels) for scale in instrument.answer_scales if scale.id in used)


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    everybody: Statistics
    leaders: Statistics | None
    reading: Reading


def _counted(file: AnswerFile, instrument: Instrument, progress: Callable[[int, float], None] | None) -> _Counted:
    """Sum batch by batch, so that memory does not grow with the file."""
    reading = Reading()

    categories = _categories(instrument)

    def tell(share: float) -> None:
        if progress is not None:
            progress(reading.people, share)

    scales = items_of_scales(instrument, file.items)
    parts: list[Statistics] = []
    leaders: list[Statistics] = []
    for batch in file.batches(tell):
        parts = [total([*parts, statistics_of(batch, categories=categories, scales=scales)])]
        reading += batch.reading
        if batch.leads is not None:
            leaders = [
                total([*leaders, statistics_of(batch.select(batch.leads), categories=categories, scales=scales)])
            ]
    return _Counted(parts[0], leaders[0] if leaders else None, reading)
