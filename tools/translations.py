"""Translations from code to people: collects the English sentences, keeps the other languages in step, compiles them.

    python tools/translations.py update    put new sentences in the .po files, take gone ones out
    python tools/translations.py check     say what is not translated; changes nothing
    python tools/translations.py compile   make the .mo files that running code reads

There are two domains: `lerend` (Python and report templates of the library) and `django` (the platform). Both are
wholly in Dutch. A further language, such as Polish, is for people who answer: it has only what they read (`ANSWERING`).
Only Babel is needed to compile; the readers of templates are imported where they are used.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

HOME = Path(__file__).resolve().parent.parent

Found: TypeAlias = tuple[Any, ...]
"""Line, name of the function, message (or messages), comments: what every reader of Babel's kind gives."""
Keywords: TypeAlias = Mapping[str, Any]

PLAIN: Keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
IN_LIBRARY: Keywords = {**PLAIN, "say": None, "say_many": (1, 2)}
IN_DJANGO: Keywords = {
    **PLAIN,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Domain:
    """One catalogue: where its sentences stand in the code, and where their translation is kept."""

    name: str
    package: str
    keywords: Keywords
    template_folder: str
    read_template: Callable[[str, Keywords], Iterable[Found]]
    language: str = "nl"
    only: tuple[str, ...] = ()
    """Folders and files of the package that count; none named is all."""

    def file(self, home: Path) -> Path:
        return home / self.package / "locale" / self.language / "LC_MESSAGES" / f"{self.name}.po"

    def holds(self, relative: str) -> bool:
        """Whether the sentences of this file of the package belong here."""
        return not self.only or relative.startswith(self.only)


def _jinja(text: str, keywords: Keywords) -> Iterable[Found]:
    from jinja2.ext import babel_extract  # noqa: PLC0415 -- not needed to compile

    options = {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.i18n"}
    return babel_extract(io.BytesIO(text.encode()), list(keywords), [], options)


def _django(text: str, keywords: Keywords) -> Iterable[Found]:
    from django.utils.translation.template import templatize  # noqa: PLC0415 -- not needed to compile

    # Indentation means nothing in a template, but Python's own tokenizer minds it.
    lines = [line.strip() for line in templatize(text).splitlines()]
    return _python("\n".join(lines), keywords)


def _python(text: str, keywords: Keywords) -> Iterable[Found]:
    return extract_python(io.BytesIO(text.encode()), keywords, ["Translators:"], {})


ANSWERING = (
    "answering/",
    "invited/",
    "urn/domain/boxes.py",
    "urn/domain/sheet.py",
    "scans/domain/invitation_mail.py",
    "scans/domain/other_languages.py",
)
"""Everything that people who answer can get to read, problems with their own sheet included."""

NAMES = {"nl": "Dutch", "pl": "Polish"}

DOMAINS = (
    Domain("lerend", "src/lerend", IN_LIBRARY, "templates", _jinja),
    Domain("django", "src/lerend_web", IN_DJANGO, "templates", _django),
    Domain("django", "src/lerend_web", IN_DJANGO, "templates", _django, "pl", ANSWERING),
)


def template_of(domain: Domain, home: Path) -> Catalog:
    """Every sentence of the code, without translations."""
    catalogue = Catalog(domain=domain.name, charset="utf-8")
    package = home / domain.package
    for path in sorted(package.rglob("*")):
        relative = path.relative_to(home).as_posix()
        if not domain.holds(path.relative_to(package).as_posix()):
            continue
        if path.suffix == ".py":
            _add(catalogue, relative, _python(path.read_text("utf-8"), domain.keywords), domain.keywords)
        elif path.is_file() and domain.template_folder in path.relative_to(package).parts:
            found = domain.read_template(path.read_text("utf-8"), domain.keywords)
            _add(catalogue, relative, found, domain.keywords)
    return catalogue


def _add(catalogue: Catalog, file: str, found: Iterable[Found], keywords: Keywords) -> None:
    for _, function, messages, comments, *_ in found:
        parts = messages if isinstance(messages, tuple | list) else (messages,)
        spec = keywords[function] or (1,)
        context = next((parts[s[0] - 1] for s in spec if isinstance(s, tuple)), None)
        words = [parts[s - 1] for s in spec if isinstance(s, int) and s <= len(parts)]
        if words and all(isinstance(word, str) and word for word in words):
            identifier = words[0] if len(words) == 1 else tuple(words[:2])
            catalogue.add(identifier, locations=[(file, 0)], auto_comments=comments, context=context)


def read(path: Path) -> Catalog:
    """The catalogue in a file; an empty one where there is no file yet."""
    language = path.parent.parent.name if path.parent.name == "LC_MESSAGES" else "nl"
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    catalogue.fuzzy = False
    return catalogue


def written(catalogue: Catalog, domain: Domain) -> bytes:
    """The catalogue as the bytes of a .po file; the same input gives the same bytes on any day."""
    catalogue.project, catalogue.version = "lerend", ""
    catalogue.header_comment = "\n".join(_on_top(catalogue, domain))
    catalogue.creation_date = catalogue.revision_date = datetime(2025, 1, 1, tzinfo=UTC)
    catalogue.last_translator = catalogue.language_team = "lerend"
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    kept = [
        line for line in buffer.getvalue().splitlines() if not line.startswith((b'"Generated-By', b'"POT-', b'"PO-'))
    ]
    return b"\n".join(kept).rstrip() + b"\n"


UNSIGNED = '# signed: {"by": "", "on": "", "digest": ""}'


def _on_top(catalogue: Catalog, domain: Domain) -> Iterator[str]:
    """The first comment: whose file this is, and of a further language who signed it (`lerend_web.answering`)."""
    yield f"# {NAMES[domain.language]} of the domain {domain.name}; tools/translations.py keeps it in step."
    if domain.only:
        kept = (line for line in catalogue.header_comment.splitlines() if line.startswith("# signed: "))
        yield next(kept, UNSIGNED)


def brought_in_step(catalogue: Catalog, template: Catalog) -> Catalog:
    """The same translations for exactly the sentences of the template."""
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    return catalogue


PLACES = re.compile(r"\{(\w*)[^{}]*\}|%\((\w+)\)[sd]")


def places(text: str) -> set[str]:
    """The names that are filled in: `{score}` of the library, `%(score)s` of Django."""
    return {first or second for first, second in PLACES.findall(text)}


def _forms(text: object) -> tuple[str, ...]:
    """Singular and plural of a sentence, or the only form it has."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def faults_of(entry: Entry, language: str = "nl") -> Iterator[str]:
    """What is wrong with one translated sentence. Of a counted one every form that the language has must be there."""
    english, forms = _forms(entry.id), _forms(entry.string)
    if entry.fuzzy:
        yield "is marked fuzzy"
    if len(forms) != (1 if len(english) == 1 else get_plural(language)[0]) or not all(forms):
        yield f"has no {NAMES[language]}"
        return
    allowed = set().union(*(places(text) for text in english))
    for number, translated in enumerate(forms):
        source = english[min(number, len(english) - 1)]
        if not places(source) - {"count"} <= places(translated) <= allowed | {"count"} & allowed:
            yield f"fills in {sorted(places(source))}, its {NAMES[language]} {sorted(places(translated))}"


def faults_in(domain: Domain, home: Path) -> list[str]:
    """What is not complete in one domain, as lines for people."""
    template, catalogue = template_of(domain, home), read(domain.file(home))
    faults = []
    for entry in template:
        if entry.id:
            kept = catalogue.get(entry.id, entry.context)
            what = ["is not in the file"] if kept is None else list(faults_of(kept, domain.language))
            faults += [f"{_short(entry)} {fault} ({entry.locations[0][0]})" for fault in what]
    for entry in catalogue:
        if entry.id and template.get(entry.id, entry.context) is None:
            faults.append(f"{_short(entry)} is nowhere in the code any more")
    return faults


def _short(entry: Entry) -> str:
    text = _forms(entry.id)[0]
    return repr(text if len(text) < 70 else text[:67] + "...")


def compile_catalogues(home: Path) -> None:
    """Makes the .mo beside every .po under src, each in one step, so that a running reader never sees half a file."""
    for source in sorted((home / "src").rglob("*.po")):
        new = source.with_suffix(".mo.new")
        with new.open("wb") as file:
            write_mo(file, read(source))
        new.replace(source.with_suffix(".mo"))


def update(home: Path) -> None:
    for domain in DOMAINS:
        path = domain.file(home)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(brought_in_step(read(path), template_of(domain, home)), domain))


def not_literal(home: Path) -> list[str]:
    """Calls of `say` and `say_many` whose sentence is not written out there, so that nobody could ever translate it.

    A function that only hands on what it was given is fine: its caller writes the sentence out.
    """
    found = []
    for path in sorted((home / "src" / "lerend").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        given = {argument.arg for argument in ast.walk(tree) if isinstance(argument, ast.arg)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", "say_many"}:
                sentences = node.args[: 1 if node.func.id == "say" else 2]
                if not all(isinstance(one, ast.Constant) or _is_one_of(one, given) for one in sentences):
                    found.append(
                        f"{path.relative_to(home).as_posix()}:{node.lineno} says what is not written out there"
                    )
    return found


def _is_one_of(node: ast.expr, names: set[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def main() -> int:
    parser = argparse.ArgumentParser(description="Keeps the other languages in step with the English of the code.")
    parser.add_argument("what", choices=["update", "check", "compile"])
    what = parser.parse_args().what
    faults: list[str] = []
    if what == "update":
        update(HOME)
    if what in {"update", "check"}:
        faults = [
            f"{domain.name} ({domain.language}): {fault}" for domain in DOMAINS for fault in faults_in(domain, HOME)
        ]
        faults += not_literal(HOME)
        print("\n".join(faults) or "Every sentence has its Dutch, and for people who answer its Polish.")
    if what != "check":
        compile_catalogues(HOME)
    return 1 if faults and what == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
