"""Which column holds what: the answer to an item, a group, who leads people, the form that a person met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lerend.answers.conventions import Convention
from lerend.answers.headers import Headers
from lerend.answers.names import nearest, plain, shortened
from lerend.answers.source import PROBLEMS_SHOWN
from lerend.errors import AnswersAreWrong, Problem
from lerend.model.structure import Instrument, Item
from lerend.wording import Message, say, say_many

MOST_COLUMNS: Final = 20_000
FORM: Final = "form"
"""The name of the column that says which form a person met."""
_OTHER_WORDS: Final = {
    "company": ("organisation", "organization", "bedrijf", "organisatie"),
    "team": ("department", "unit", "afdeling"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns by what they hold, counted from 0.

    Attributes:
        items: for each item of the instrument its column, or None when the file lacks it.
        groups: from the outside in.
        form: the column that names the form, if the instrument has several and the file says it.
    """

    items: tuple[int | None, ...]
    groups: tuple[int, ...]
    leaders: int | None
    form: int | None
    notes: tuple[Message, ...]

    @property
    def wanted(self) -> tuple[int, ...]:
        """All columns that must be read, each once."""
        extra = tuple(column for column in (self.leaders, self.form) if column is not None)
        return tuple(dict.fromkeys((*(c for c in self.items if c is not None), *self.groups, *extra)))


def plan_of(
    header: Sequence[str],
    *,
    file_name: str,
    instrument: Instrument,
    by: Sequence[str],
    leaders: str | None,
    mapping: Mapping[str, str],
    convention: Convention,
) -> Plan:
    """Match the columns of a file to an instrument.

    Raises:
        AnswersAreWrong: with everything that is wrong with the columns: too many, a needed one that is missing or there
            twice, no item at all, a mapping that names what does not exist.
    """
    if len(header) > MOST_COLUMNS:
        raise AnswersAreWrong([_too_wide(file_name, len(header))])
    matcher = _Matcher(Headers(header, convention), file_name, mapping)
    items = matcher.items(instrument)
    groups = tuple(matcher.group(name) for name in by)
    leading = None if leaders is None else matcher.group(leaders)
    form = matcher.form() if len(instrument.forms) > 1 else None
    known = {*instrument_names(instrument), *by, FORM, *([leaders] if leaders is not None else [])}
    matcher.check_mapping(known)
    if matcher.problems:
        raise AnswersAreWrong(limited(matcher.problems, file_name))
    plan = Plan(items, tuple(g for g in groups if g is not None), leading, form, ())
    notes = (*matcher.notes, *_scale_notes(instrument, items), *_column_notes(header, plan, convention))
    return Plan(plan.items, plan.groups, plan.leaders, plan.form, notes)


def instrument_names(instrument: Instrument) -> tuple[str, ...]:
    """Ids of all items, in the order of the questionnaire."""
    return tuple(item.id for item in instrument.items)


def limited(problems: Sequence[Problem], file_name: str) -> list[Problem]:
    """At most twenty problems, and how many more there are."""
    more = len(problems) - PROBLEMS_SHOWN
    if more <= 0:
        return list(problems)
    what = say_many("And {count} more problem.", "And {count} more problems.", more)
    return [*problems[:PROBLEMS_SHOWN], Problem(file_name, what, say("Mend the ones above first."))]


class _Matcher:
    def __init__(self, headers: Headers, file_name: str, mapping: Mapping[str, str]) -> None:
        self.headers = headers
        self.file_name = file_name
        self.mapping = mapping
        self.problems: list[Problem] = []
        self.notes: list[Message] = []

    def items(self, instrument: Instrument) -> tuple[int | None, ...]:
        found = tuple(self._item(item) for item in instrument.items)
        claims: dict[int, list[str]] = defaultdict(list)
        for item, column in zip(instrument.items, found, strict=True):
            if column is not None:
                claims[column].append(item.id)
        for column, ids in claims.items():
            if len(ids) > 1:
                self._claimed_by_several(column, ids)
        if not claims and not self.problems:
            self._no_items(instrument)
        return found

    def _item(self, item: Item) -> int | None:
        if item.id in self.mapping:
            return self._mapped(item.id)
        found = self.headers.called((item.id, *item.columns), (item.text.nl, item.text.en))
        return self._only(found, item.id) if found else None

    def group(self, name: str) -> int | None:
        if name in self.mapping:
            return self._mapped(name)
        found = self.headers.called([name])
        if not found and (found := self.headers.called(_OTHER_WORDS.get(plain(name), ()))):
            self.notes.append(say("Column {column} was read as {name}.", column=self._name(found[0]), name=name))
        if found:
            return self._only(found, name)
        self._missing(name, say("There is no column {column}.", column=name))
        return None

    def form(self) -> int | None:
        if FORM in self.mapping:
            return self._mapped(FORM)
        found = self.headers.called([FORM])
        return found[0] if len(found) == 1 else None

    def check_mapping(self, known: set[str]) -> None:
        for name in self.mapping:
            if name not in known:
                what = say("The mapping names {name}, which is no item of the questionnaire and no group.", name=name)
                self._say(what, _choose(nearest(name, sorted(known))))

    def _mapped(self, name: str) -> int | None:
        column = self.mapping[name]
        found = self.headers.exactly(column)
        if found:
            return self._only(found, name)
        what = say(
            "The mapping gives column {column} for {name}, but there is no such column.", column=column, name=name
        )
        self._missing(column, what)
        return None

    def _only(self, found: Sequence[int], name: str) -> int | None:
        if len(found) == 1:
            return found[0]
        titles = {plain(self.headers.header[column]) for column in found}
        places = tuple(column + 1 for column in found[:10])
        if len(titles) == 1:
            what = say(
                "Column {column} is there more than once (columns {places}).",
                column=self._name(found[0]),
                places=places,
            )
            self._say(what, say("Rename or remove all but one."))
        else:
            columns = tuple(self._name(column) for column in found[:10])
            what = say("More than one column could be {name}: {columns}.", name=name, columns=columns)
            self._say(what, say("Say in a mapping file which column it is."))
        return None

    def _claimed_by_several(self, column: int, ids: Sequence[str]) -> None:
        what = say("Column {column} could be more than one item: {items}.", column=self._name(column), items=tuple(ids))
        self._say(what, say("Say in a mapping file which column is which item."))

    def _no_items(self, instrument: Instrument) -> None:
        seen = tuple(shortened(name) for name in self.headers.header if name.strip())[:10]
        expected = instrument_names(instrument)[:5]
        what = say(
            "No column holds answers to questionnaire {instrument}. Columns seen: {seen}. Expected columns such as {expected}.",
            instrument=instrument.reference,
            seen=seen or "—",
            expected=expected,
        )
        self._say(what, say("Rename the columns, or say in a mapping file which column is which item."))

    def _missing(self, name: str, what: Message) -> None:
        self._say(what, _choose(nearest(name, self.headers.header) or self.headers.header[:10]))

    def _name(self, column: int) -> str:
        return shortened(self.headers.header[column])

    def _say(self, what: Message, mend: Message) -> None:
        self.problems.append(Problem(self.file_name, what, mend))


def _choose(names: Sequence[str]) -> Message:
    shown = tuple(shortened(name) for name in names if name.strip())
    return say("Choose one of: {names}.", names=shown) if shown else say("Check the name.")


def _too_wide(file_name: str, width: int) -> Problem:
    what = say("The file has {width} columns; at most {limit} can be read.", width=width, limit=MOST_COLUMNS)
    return Problem(file_name, what, say("Keep the columns with answers, company and team, and remove the others."))


def _scale_notes(instrument: Instrument, columns: Sequence[int | None]) -> list[Message]:
    have: dict[str, list[bool]] = defaultdict(list)
    lacking: list[str] = []
    for item, column in zip(instrument.items, columns, strict=True):
        have[item.measures].append(column is not None)
        if column is None:
            lacking.append(item.id)
    without = tuple(scale for scale, found in have.items() if not any(found))
    partly = tuple(i.id for i in instrument.items if i.id in set(lacking) and i.measures not in without)
    notes = []
    if without:
        notes.append(say("The file has no answers about: {scales}.", scales=without))
    if partly:
        notes.append(say("The file lacks these items; their scales rest on the other items: {items}.", items=partly))
    return notes


def _column_notes(header: Sequence[str], plan: Plan, convention: Convention) -> list[Message]:
    wanted = set(plan.wanted)
    unused = [plain(name) for column, name in enumerate(header) if column not in wanted and name.strip()]
    own = sum(_is_own(name, convention) for name in unused)
    notes = []
    if own:
        notes.append(
            say_many(
                "{count} column of the survey program itself was not used.",
                "{count} columns of the survey program itself were not used.",
                own,
            )
        )
    if len(unused) > own:
        notes.append(
            say_many("{count} other column was not used.", "{count} other columns were not used.", len(unused) - own)
        )
    return notes


def _is_own(name: str, convention: Convention) -> bool:
    return name in convention.own_columns or name.split(". ")[0] in convention.own_columns
