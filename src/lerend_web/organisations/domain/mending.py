"""From the rows of a file to a tree that holds together; every repair is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.translation import gettext as _

from lerend_web.organisations.domain.unit_files import RowProblem, UnitLine
from lerend_web.organisations.rules import LONGEST_NAME, MOST_LEVELS

NamePath: TypeAlias = tuple[str, ...]
Parent: TypeAlias = "int | NamePath | None"
"""Another row by its number, a path from the top, or None: more than one could be meant."""


@dataclass(slots=True)
class Mended:
    """A tree as the file means it.

    Attributes:
        headcounts: for each path, parents before children, its own people; None where the file does not say.
        repairs: what was put right, in words.
        problems: what only a person can put right.
    """

    headcounts: dict[NamePath, int | None] = field(default_factory=dict)
    repairs: list[str] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def key_of(path: Iterable[str]) -> NamePath:
    """What makes two paths the same place: capitals do not count."""
    return tuple(name.casefold() for name in path)


def mend(lines: Sequence[UnitLine], *, organisation: str, existing: Sequence[NamePath]) -> Mended:
    """Put the rows together.

    Missing parents are made, circles are cut at the row that the file names first, double names are numbered, the
    organisation itself is taken as the top, and a number that is the sum of what stands below is taken as a total.

    Args:
        organisation: its name: a row or parent with this name is the top of the tree.
        existing: paths of the units that are there already; a parent may be one of them.
    """
    mended = Mended()
    lines = [_below_the_top(line, organisation) for line in lines]
    parents = _parents(lines, existing, mended)
    _cut_circles(parents, lines, mended)
    found: dict[NamePath, tuple[NamePath, int | None]] = {}
    for line, path in zip(lines, _paths(parents, [line.name for line in lines]), strict=True):
        if path is not None and _fits(path, line, mended):
            own = _numbered(path, found, mended)
            found[key_of(own)] = (own, line.headcount)
    _make_missing_parents(found, existing, mended)
    mended.headcounts = dict(sorted(found.values(), key=lambda both: len(both[0])))
    _read_totals(mended, organisation)
    return mended


def _below_the_top(line: UnitLine, organisation: str) -> UnitLine:
    """Who writes the organisation above everything means the top."""
    if not line.above or line.above[0].casefold() != organisation.casefold():
        return line
    rest = line.above[1:]
    return UnitLine(line.where, line.name, rest, is_whole_path=True, headcount=line.headcount)


def _numbered(path: NamePath, taken: Collection[NamePath], mended: Mended) -> NamePath:
    """The path itself, or the next free number behind its name where another row stands there already."""
    free, number = path, 1
    while key_of(free) in taken:
        number += 1
        ending = f" ({number})"
        free = (*path[:-1], path[-1][: LONGEST_NAME - len(ending)] + ending)
    if number > 1:
        said = _("“%(path)s” is there more than once. One of them is now called “%(name)s”.")
        mended.repairs.append(said % {"path": " > ".join(path), "name": free[-1]})
    return free


def _parents(lines: Sequence[UnitLine], existing: Sequence[NamePath], mended: Mended) -> list[Parent]:
    rows: defaultdict[str, dict[NamePath, int]] = defaultdict(dict)
    for index, line in enumerate(lines):
        rows[line.name.casefold()].setdefault(key_of(line.above), index)
    known: defaultdict[str, list[NamePath]] = defaultdict(list)
    for path in existing:
        known[path[-1].casefold()].append(path)
    return [_parent_of(line, rows, known, mended) for line in lines]


def _parent_of(
    line: UnitLine,
    rows: dict[str, dict[NamePath, int]],
    known: dict[str, list[NamePath]],
    mended: Mended,
) -> Parent:
    """Of rows with the same name in one place the first is meant; in several places nobody can tell."""
    if line.is_whole_path or len(line.above) != 1:
        return line.above
    name = line.above[0].casefold()
    candidates: list[Parent] = [*rows[name].values()] or [*known[name]] or [line.above]
    if len(candidates) == 1:
        return candidates[0]
    what = _("More than one team is called “%(name)s”.") % {"name": line.above[0]}
    how = _("Write the whole path of the one you mean, such as: Production > Team A.")
    mended.problems.append(RowProblem(line.where, what, how))
    return None


def _cut_circles(parents: list[Parent], lines: Sequence[UnitLine], mended: Mended) -> None:
    done: set[int] = set()
    for start in range(len(lines)):
        walk: dict[int, None] = {}
        one: Parent = start
        while isinstance(one, int) and one not in done and one not in walk:
            walk[one] = None
            one = parents[one]
        if isinstance(one, int) and one in walk:
            steps = list(walk)
            circle = steps[steps.index(one) :]
            _cut(circle, parents, lines, mended)
        done |= walk.keys()


def _cut(circle: Sequence[int], parents: list[Parent], lines: Sequence[UnitLine], mended: Mended) -> None:
    first = min(circle)
    parents[first] = ()
    names = " > ".join(lines[one].name for one in (*circle, circle[0])[:8])
    said = _("%(names)s goes round in a circle. “%(first)s” now stands at the top.")
    mended.repairs.append(said % {"names": names, "first": lines[first].name})


def _paths(parents: Sequence[Parent], names: Sequence[str]) -> list[NamePath | None]:
    """Where each row stands, from the top; parents form no circle."""
    found: dict[int, NamePath | None] = {}
    for start in range(len(names)):
        chain: list[int] = []
        one: Parent = start
        while isinstance(one, int) and one not in found:
            chain.append(one)
            one = parents[one]
        above = found[one] if isinstance(one, int) else one
        for link in reversed(chain):
            # A chain far too long stops growing: it is a problem already, and each path would be as long as the file.
            above = None if above is None else (*above[: MOST_LEVELS + 1], names[link])
            found[link] = above
    return [found[index] for index in range(len(names))]


def _fits(path: NamePath, line: UnitLine, mended: Mended) -> bool:
    """Whether a path is not too deep; says so if it is."""
    if len(path) <= MOST_LEVELS:
        return True
    what = _("This team would stand more than %(most)d levels deep.") % {"most": MOST_LEVELS}
    mended.problems.append(RowProblem(line.where, what, _("Leave levels out that nobody needs an outcome for.")))
    return False


def _make_missing_parents(
    found: dict[NamePath, tuple[NamePath, int | None]], existing: Sequence[NamePath], mended: Mended
) -> None:
    there = {key_of(path) for path in existing}
    made: dict[NamePath, NamePath] = {}
    for path, _count in list(found.values()):
        for length in range(1, len(path)):
            key = key_of(path[:length])
            if key not in found and key not in made:
                made[key] = path[:length]
    for key, path in made.items():
        found[key] = (path, None)
        if key not in there:
            said = _("“%(path)s” stands above a team but has no row of its own. It is made, with 0 people itself.")
            mended.repairs.append(said % {"path": " > ".join(path)})


def _read_totals(mended: Mended, organisation: str) -> None:
    """Departments often carry the sum of their teams; counted as own people, everybody would be there twice."""
    sums: defaultdict[NamePath, int] = defaultdict(int)
    for path in reversed(list(mended.headcounts)):
        key, count = key_of(path), mended.headcounts[path]
        if count and count == sums[key]:
            mended.headcounts[path] = 0
            said = _(
                "“%(path)s” has as many people as its teams together: %(count)d. Taken as a total, not as own people."
            )
            mended.repairs.append(said % {"path": " > ".join(path), "count": count})
            count = 0
        sums[key[:-1]] += sums[key] + (count or 0)
    _drop_the_organisation(mended, organisation, sums[()])


def _drop_the_organisation(mended: Mended, organisation: str, everybody: int) -> None:
    """A row for the organisation itself is no team, unless it has people of its own."""
    for path in [
        (name,) for (name, *rest) in mended.headcounts if not rest and name.casefold() == organisation.casefold()
    ]:
        count = mended.headcounts[path] or 0
        if count in {0, everybody - count}:
            del mended.headcounts[path]
            said = _("“%(name)s” is the organisation itself, so it is no team in it.")
            mended.repairs.append(said % {"name": path[0]})
