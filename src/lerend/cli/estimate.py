"""`lerend estimate`: any estimator of the library on a file, its result as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lerend.cli.options import add_language
from lerend.errors import LerendError, Problem
from lerend.wording import say

if TYPE_CHECKING:
    from lerend.cli.options import Commands
    from lerend.estimate.method import Method, Option


def add_estimate(commands: Commands) -> None:
    parser = commands.add_parser(
        "estimate",
        help="run one estimator on a file; without a file: what it asks for",
        description="Without METHOD: all methods. Without FILE: what the method asks for.",
    )
    parser.add_argument("method", nargs="?", metavar="METHOD")
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=".csv, .xlsx or .sav")
    parser.add_argument("options", nargs="*", metavar="NAME=VALUE", help="what the method asks for")
    parser.add_argument("--sheet", help="which sheet of a workbook")
    parser.add_argument("--out", type=Path, help="write the result here instead (.json)")
    add_language(parser)
    parser.set_defaults(run=_estimate)


def _estimate(options: argparse.Namespace) -> int:
    from lerend.estimate.running import all_methods, method_named  # noqa: PLC0415 -- each command loads only what it needs

    if options.method is None:
        print("\n".join(_listed(all_methods())))
        return 0
    method = method_named(options.method)
    if options.file is None:
        print("\n".join(_asked(method)))
        return 0
    text = _result(method, options.file, options.sheet, _pairs(options.options))
    if options.out is None:
        print(text, end="")
    else:
        options.out.write_text(text, encoding="utf-8")
    return 0


def _result(method: Method, path: Path, sheet: str | None, pairs: dict[str, str]) -> str:
    from lerend.estimate.method import given_to  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.estimate.table import read_table  # noqa: PLC0415 -- each command loads only what it needs
    from lerend.estimate.writing import as_json  # noqa: PLC0415 -- each command loads only what it needs

    given = given_to(method, pairs)  # before the file is read: a large one takes a while
    table = read_table(path, sheet=sheet)
    return as_json(method, table, given.texts, method.run(table, given))


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in texts]
    wrong = [name for name, sign, _ in pairs if not sign or not name]
    if wrong:
        mend = say("Write it as name=value, such as items=q1,q2,q3.")
        raise LerendError([Problem(name or "=", say("This is no option."), mend) for name in wrong])
    return {name: value for name, _, value in pairs}


def _listed(methods: tuple[Method, ...]) -> list[str]:
    width = max(len(method.name) for method in methods)
    return [f"{method.name:<{width}}  {method.what}" for method in methods]


def _asked(method: Method) -> list[str]:
    about = [f"{method.name}: {method.what}", f"runs on: {method.runs_on}", f"docs/methods/{method.page}.md", ""]
    return about + [_option(option) for option in method.options]


def _option(option: Option) -> str:
    stands = "" if option.default is None else f" (default: {option.default or 'none'})"
    one_of = f" [{' | '.join(option.choices)}]" if option.choices else ""
    return f"  {option.name}=<{option.kind}>{one_of}  {option.meaning}{stands}"
