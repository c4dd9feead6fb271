"""`lerend model`: show, check, export or translate a model and its questionnaires."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lerend.cli.options import add_language
from lerend.errors import LerendError
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.cli.options import Commands


def add_model(commands: Commands) -> None:
    parser = commands.add_parser("model", help="show, check, export or translate a model and its questionnaires")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    show = verbs.add_parser("show", help="print a model with its factors, priors and items")
    show.add_argument("name", nargs="?", default="lerend")
    show.set_defaults(run=_show_model)
    check = verbs.add_parser("check", help="say everything that is wrong with a file, with the line and how to mend it")
    check.add_argument("name")
    check.set_defaults(run=_check_model)
    export = verbs.add_parser("export", help="print a model or questionnaire as JSON")
    export.add_argument("name")
    export.set_defaults(run=_export_model)
    translate = verbs.add_parser("translate", help="all texts out to one XLSX sheet, or back in as new versions")
    translate.add_argument("names", nargs="*", default=["lerend", "employee-scan", "company-form"])
    way = translate.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", type=Path, metavar="SHEET.xlsx", help="write the texts of the named files to this sheet")
    way.add_argument("--from", type=Path, dest="source", metavar="SHEET.xlsx", help="read the texts back")
    translate.add_argument("--folder", type=Path, default=Path(), help="where the new versions go (default: here)")
    translate.set_defaults(run=_translate_model)
    for verb in (show, check, export, translate):
        add_language(verb)


def _show_model(options: argparse.Namespace) -> int:
    from lerend.model.commands import show  # noqa: PLC0415 -- each command loads only what it needs

    print(show(options.name, options.language))
    return 0


def _check_model(options: argparse.Namespace) -> int:
    from lerend.model.commands import check  # noqa: PLC0415 -- each command loads only what it needs

    problems = check(options.name)
    if problems:
        raise LerendError(problems)
    print(say("Nothing is wrong with {name}.", name=options.name).in_language(options.language))
    return 0


def _export_model(options: argparse.Namespace) -> int:
    from lerend.model.commands import export  # noqa: PLC0415 -- each command loads only what it needs

    print(export(options.name))
    return 0


def _translate_model(options: argparse.Namespace) -> int:
    from lerend.model.commands import translate_in, translate_out  # noqa: PLC0415 -- each command loads only what it needs

    if options.to is not None:
        texts = translate_out(options.names, options.to)
        print(say("{texts} texts written to {path}.", texts=texts, path=str(options.to)).in_language(options.language))
        return 0
    written = translate_in(options.source, options.folder)
    for path in written:
        print(say("Written: {path}", path=str(path)).in_language(options.language))
    if not written:
        print(say("No text was changed.").in_language(options.language))
    return 0
