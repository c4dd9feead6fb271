"""`lerend diagnose`: from a file of answers to where there is most room for improvement."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lerend.cli.options import add_language
from lerend.errors import LerendError, Problem
from lerend.wording import Language, say

LEAST_FLOOR_OF_A_RELEASE = 5

if TYPE_CHECKING:
    from datetime import datetime

    from lerend.cli.options import Commands
    from lerend.diagnosis.files import Source
    from lerend.diagnosis.result import Diagnosis
    from lerend.model.structure import Instrument, OrganisationModel


def add_diagnose(commands: Commands) -> None:
    parser = commands.add_parser("diagnose", help="from a file of answers to where there is most room for improvement")
    parser.add_argument("file", type=Path, help="answers: CSV, XLSX, SPSS (.sav), LimeSurvey or Kobo export")
    parser.add_argument("--model", default="lerend", help="name or file of the organisation model (default: lerend)")
    parser.add_argument(
        "--instrument", help="name or file of the questionnaire (default: the one that goes with the model)"
    )
    parser.add_argument(
        "--by", default="company,team", help="columns of company and team (default: company,team; '' for none)"
    )
    parser.add_argument(
        "--out", type=Path, action="append", default=[], help="write a report: .html, .json or .xlsx; may be repeated"
    )
    parser.add_argument(
        "--release",
        type=Path,
        metavar="FILE.json",
        help="write what may be shown to others, as the gate lets it through",
    )
    parser.add_argument("--company", help="make the HTML report about this one company of the programme")
    parser.add_argument("--company-form", type=Path, help="answers of management, works council and HR, for the gap")
    parser.add_argument("--company-instrument", default="company-form", help="questionnaire of the company form")
    parser.add_argument("--leaders", metavar="COLUMN=VALUE", help="who leads people, for the gap with leaders")
    parser.add_argument("--mapping", type=Path, help="file that says which column holds which item")
    parser.add_argument("--sheet", help="sheet of a workbook")
    parser.add_argument(
        "--k",
        type=int,
        default=5,
        help="show nothing about fewer people (default: 5; 1 marks the report as not for sharing)",
    )
    parser.add_argument(
        "--leave-out-unreadable",
        action="store_true",
        help="count answers that are no answer instead of refusing the file",
    )
    parser.add_argument("--seed", type=int, default=20190918, help="of the draws behind the probabilities")
    parser.add_argument("--draws", type=int, default=1000, help="how many draws")
    add_language(parser)
    parser.set_defaults(run=_diagnose)


def _diagnose(options: argparse.Namespace) -> int:
    from lerend.diagnosis.files import diagnose_file  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.model import load_instrument, load_model_and_instrument  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.report import ProgressLine, terminal_table  # noqa: PLC0415 -- each command loads only what it needs

    _check_outputs(options)
    model, instrument = load_model_and_instrument(options.model, options.instrument)
    company_form = _source(options, options.company_form) if options.company_form else None
    line = ProgressLine(sys.stderr, options.language)
    diagnosis = diagnose_file(
        _source(options, options.file),
        model=model,
        instrument=instrument,
        company_form=company_form,
        company_instrument=load_instrument(options.company_instrument, model) if company_form else None,
        k=options.k,
        seed=options.seed,
        draws=options.draws,
        progress=line,
    )
    line.close()
    width = shutil.get_terminal_size((100, 40)).columns
    print(terminal_table(diagnosis, model, options.language, width, unit=_unit(options.company, diagnosis)))
    for path in options.out:
        _write(path, diagnosis, model, instrument, options)
        print(say("Written: {path}", path=str(path)).in_language(options.language))
    if options.release:
        _write_release(options, model, instrument)
        print(say("Written: {path}", path=str(options.release)).in_language(options.language))
    return 0


def _write_release(options: argparse.Namespace, model: OrganisationModel, instrument: Instrument) -> None:
    from lerend.diagnosis.files import frozen_of_file  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.release.gate import release_of  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.release.value import Collected, Wave  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.release.writing import to_json  # noqa: PLC0415 -- each command loads only what it needs

    frozen, origin = frozen_of_file(
        _source(options, options.file), model=model, instrument=instrument, k=max(options.k, 2)
    )
    names = {path[0] for path in frozen.organisations if path}
    release = release_of(
        frozen,
        model=model,
        instrument=instrument,
        wave=Wave(origin.digest[:12], options.file.stem, names.pop() if len(names) == 1 else ""),
        made_on=_now().date().isoformat(),
        origin=origin,
        k=options.k,
        collected=Collected.ELSEWHERE,
        seed=options.seed,
        draws=options.draws,
    )
    options.release.write_text(to_json(release), encoding="utf-8")


def _source(options: argparse.Namespace, path: Path) -> Source:
    from lerend.answers.mapping import read_mapping  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.diagnosis.files import Source  # noqa: PLC0415 -- each command loads only what it needs

    by = tuple(name.strip() for name in options.by.split(",") if name.strip())
    if len(by) > 2:
        what = say("--by takes at most two columns, from the outside in: {columns}.", columns=options.by)
        raise LerendError([Problem("--by", what, say("Name the company first, then the team."))])
    return Source(
        path=path,
        by=by,
        leaders=_leaders(options.leaders) if path == options.file else None,
        mapping=read_mapping(options.mapping) if options.mapping else {},
        sheet=options.sheet,
        leave_out_unreadable=options.leave_out_unreadable,
    )


def _leaders(words: str | None) -> tuple[str, str] | None:
    if words is None:
        return None
    column, equals, value = words.partition("=")
    if not (column and equals and value):
        what = say("“{words}” does not say who leads people.", words=words)
        raise LerendError([Problem("--leaders", what, say("Write it as COLUMN=VALUE, such as leads=yes."))])
    return column, value


def _check_outputs(options: argparse.Namespace) -> None:
    """Refuse before the long work, not after it."""
    problems = [
        Problem(
            str(path),
            say("The report cannot be written in this form."),
            say("Use a name that ends in .html, .json or .xlsx."),
        )
        for path in options.out
        if path.suffix.lower() not in {".html", ".json", ".xlsx"}
    ]
    problems += [
        Problem(
            str(path),
            say("The folder {folder} does not exist.", folder=str(path.parent)),
            say("Make it first, or name another one."),
        )
        for path in options.out
        if not path.parent.is_dir()
    ]
    if options.release and options.k < LEAST_FLOOR_OF_A_RELEASE:
        what = say("A release is for sharing, and {k} people is too small a group for that.", k=options.k)
        problems.append(Problem("--k", what, say("Use 5, or more.")))
    if options.release and not options.release.parent.is_dir():
        what = say("The folder {folder} does not exist.", folder=str(options.release.parent))
        problems.append(Problem(str(options.release), what, say("Make it first, or name another one.")))
    if options.k < 1:
        problems.append(Problem("--k", say("{k} people is no floor.", k=options.k), say("Use 5, or more.")))
    if options.draws < 100:
        problems.append(
            Problem("--draws", say("Fewer than 100 draws say too little."), say("Leave it out, or use 1000."))
        )
    if problems:
        raise LerendError(problems)


def _write(
    path: Path, diagnosis: Diagnosis, model: OrganisationModel, instrument: Instrument, options: argparse.Namespace
) -> None:
    from lerend.report import render_html, to_json, write_workbook  # noqa: PLC0415 -- each command loads only what it needs

    if path.suffix.lower() == ".json":
        path.write_text(to_json(diagnosis, model), encoding="utf-8")
    elif path.suffix.lower() == ".xlsx":
        write_workbook(diagnosis, model, options.language, path)
    else:
        html = render_html(
            diagnosis,
            model=model,
            instrument=instrument,
            language=options.language,
            unit=_unit(options.company, diagnosis),
            made_on=_today(options.language),
        )
        path.write_text(html, encoding="utf-8")


def _unit(company: str | None, diagnosis: Diagnosis) -> tuple[str, ...] | None:
    if company is None:
        return None
    if (company,) in {unit.path for unit in diagnosis.companies}:
        return (company,)
    names = tuple(unit.label for unit in diagnosis.companies[:10])
    what = say("There is no company called “{company}” in the answers.", company=company)
    raise LerendError([Problem("--company", what, say("There are: {names}.", names=names))])


def _now() -> datetime:
    from datetime import datetime  # noqa: PLC0415 -- each command loads only what it needs
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- each command loads only what it needs

    return datetime.now(tz=ZoneInfo("Europe/Amsterdam"))


def _today(language: Language) -> str:
    from lerend.report.dates import written_date  # noqa: PLC0415 -- each command loads only what it needs

    return written_date(_now().date(), language)
