"""From shown figures and what is known of people to the questions of the linear programme, and back to breaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lerend.attack.bounds import ENOUGH, Bounds, Members, bounds, kinds, members_of
from lerend.attack.breach import Attacker, Breach, bounded
from lerend.attack.crowd import Headcount, Person, Truth
from lerend.attack.distributions import group_of
from lerend.attack.limits import Limit, limits
from lerend.attack.programme import Sum
from lerend.attack.shown import UNITS, Cell, ItemMean, Shown


def person_breaches(
    scale: str, cells: Sequence[Cell], shown: Shown, known: Truth | Headcount
) -> tuple[list[Breach], int]:
    """Who is bounded to fewer than two points, and how many kinds of people were asked about.

    With numbers of people only, everybody counts as having answered the scale as one item.
    """
    if isinstance(known, Truth):
        people, items = known.answered(scale), known.items[scale]
    else:
        people, items = _counted(cells, known), (scale,)
        cells = [cell for cell in cells if cell.table == UNITS]
    found, members = person_bounds(cells, shown, people, items, known=isinstance(known, Truth))
    breaches = [
        _breach(scale, each, people, items, known=isinstance(known, Truth))
        for each in found
        if each.width < ENOUGH - 1e-6
    ]
    return breaches, sum(1 for _ in kinds(members))


def person_bounds(
    cells: Sequence[Cell], shown: Shown, people: Sequence[Person], items: Sequence[str], *, known: bool
) -> tuple[list[Bounds], Members]:
    """Bounds of everybody who is not plainly free."""
    truth = Truth(tuple(people), {cells[0].scale: tuple(items)}) if known else None
    shares = [(each, group_of(each, shown, truth)) for each in shown.distributions if each.item in items]
    about = [(each, group) for each, group in shares if group is not None]
    means = list(_item_means(cells, shown, items))
    groups = [*cells, *(group for _, group in about), *(group for _, group in means)]
    members = members_of(people, items, groups, known=known)
    place = {_key(cell): index for index, cell in enumerate(cells)}
    sums = [_sum(limit, place) for limit in limits(cells, shown)]
    first = len(cells) + len(about)
    sums += [
        Sum(first + index, each.mean - 0.05, each.mean + 0.05, item=items.index(each.item))
        for index, (each, _) in enumerate(means)
    ]
    counts = [(len(cells) + index, items.index(each.item), each) for index, (each, _) in enumerate(about)]
    return bounds(members, sums, counts), members


def _item_means(cells: Sequence[Cell], shown: Shown, items: Sequence[str]) -> Iterator[tuple[ItemMean, Cell]]:
    """Means of single items of the scale, and the people behind them: those of the unit's mean of the scale."""
    for each in shown.items:
        place = (each.release, UNITS, each.name)
        group = next((cell for cell in cells if (cell.release, cell.table, cell.name) == place), None)
        if each.item in items and group is not None:
            yield each, group


def _key(cell: Cell) -> tuple[int, str, tuple[str, ...]]:
    return cell.release, cell.table, cell.name


def _sum(limit: Limit, place: dict[tuple[int, str, tuple[str, ...]], int]) -> Sum:
    borders = tuple((place[_key(part)], part.words) for part in limit.borders)
    return Sum(place[_key(limit.cell)], limit.low, limit.high, borders)


def _counted(cells: Sequence[Cell], known: Headcount) -> list[Person]:
    scale = cells[0].scale
    releases = max(cell.release for cell in cells) + 1
    return [Person((path,) * releases, {}, {scale: 3}) for path, people in known.units.items() for _ in range(people)]


def _breach(scale: str, each: Bounds, people: Sequence[Person], items: Sequence[str], *, known: bool) -> Breach:
    first = people[each.people[0]]
    who = " / ".join(next(place for place in first.places if place is not None))
    right = None
    if known:
        scores = [_score(people[index], items) for index in each.people]
        right = all(each.low - 1e-4 <= score <= each.high + 1e-4 for score in scores)
    how = bounded(who, each.low, each.high)
    return Breach(Attacker.PROGRAMME, scale, who, len(each.people), how, each.low, each.high, right)


def _score(person: Person, items: Sequence[str]) -> float:
    answers = [person.answers[item] for item in items if item in person.answers]
    return sum(answers) / len(answers)
