"""The plan of a pilot and its lot in words: what is compared, when is measured, how it is judged, and who begins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from lerend.evidence.design.checking import Ticket
from lerend.evidence.design.lot import ALGORITHM
from lerend.evidence.verdict import VerdictRule
from lerend_web.pilots.domain.choosing import Described, described, say_here
from lerend_web.pilots.domain.freezing import frozen_plan, lot_of
from lerend_web.pilots.domain.plan_rules import analysis_of, dealing_of, rule_in_words
from lerend_web.pilots.domain.plans import Plan
from lerend_web.pilots.domain.teams import team_id
from lerend_web.pilots.models import Pilot, PilotTeam


@dataclass(frozen=True, slots=True)
class Group:
    """Teams that begin together; `teams` only those that the reader may know by name, `others` counts the rest.

    `begins`: the measurement before which they begin; 0 for after the last one.
    """

    letter: str
    begins: int
    teams: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Day:
    """A measurement: its number, and from which day to which it falls in the companies."""

    number: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ToldPlan:
    """A plan, frozen or about to be."""

    what: Described
    days: tuple[Day, ...]
    analysis: tuple[str, ...]
    rule: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ToldTicket:
    """What decided the place of one team; `line` is what anybody can hash, for teams that the reader may know by name."""

    place: int
    team: str
    digits: str
    begins: int
    line: str


@dataclass(frozen=True, slots=True)
class ToldBlock:
    """One lot among some teams; its name says of which company and motivation they are, so only some readers see it."""

    number: int
    name: str
    tickets: tuple[ToldTicket, ...]


@dataclass(frozen=True, slots=True)
class ToldLot:
    """A lot that was drawn again. `by_lot`: something was left to a lot in this plan; `how` teams were dealt from it."""

    by_lot: bool
    how: str
    is_right: bool
    says: str
    seed: str
    algorithm: str
    design_digest: str
    blocks: tuple[ToldBlock, ...]


def plan_ahead(*, kind: str, dates: Sequence[date], smallest: float) -> ToldPlan:
    """What would be frozen, before anything is drawn.

    Raises:
        ValueError: there is no such kind.
    """
    days = tuple(Day(number, on, on) for number, on in enumerate(dates, start=1))
    return ToldPlan(described(kind), days, analysis_of(described(kind)), rule_in_words(VerdictRule(smallest=smallest)))


def told_plan(pilot: Pilot, *, companies: Collection[int] | None) -> ToldPlan:
    """The frozen plan.

    Args:
        companies: ids of those whose teams the reader may know by name; None for all.

    Raises:
        PilotRefused: nothing is frozen yet.
        ValueError: the plan was changed after it was frozen.
    """
    plan = frozen_plan(pilot)
    what = described(plan.design.kind.value)
    return ToldPlan(
        what=what,
        days=_days(plan),
        analysis=analysis_of(what),
        rule=rule_in_words(plan.rule),
        groups=_groups(pilot, companies),
        left_out=len(plan.design.left_out),
    )


def told_lot(pilot: Pilot, *, companies: Collection[int] | None) -> ToldLot:
    """The lot, drawn again. Arguments and errors as for the plan."""
    plan, check = frozen_plan(pilot), lot_of(pilot)
    teams = {team_id(one): one for one in pilot.teams.all()}
    names = {ticket.team: _name(teams.get(ticket.team), companies) for ticket in check.tickets}
    blocks = dict.fromkeys(ticket.block for ticket in check.tickets)
    return ToldLot(
        by_lot=plan.design.kind.by_lot,
        how=dealing_of(plan.design.kind),
        is_right=check.right,
        says=say_here(check.sentence),
        seed=plan.design.seed,
        algorithm=ALGORITHM,
        design_digest=plan.design.digest,
        blocks=tuple(
            _block(number, name, [one for one in check.tickets if one.block == name], names, plan.design.seed)
            for number, name in enumerate(blocks, start=1)
        ),
    )


def _block(number: int, name: str, tickets: Sequence[Ticket], names: dict[str, str], seed: str) -> ToldBlock:
    told = tuple(
        ToldTicket(
            place=place,
            team=names[one.team],
            digits=one.digits,
            begins=one.begins or 0,
            line=f"{seed}\n{name}\n{one.team}" if names[one.team] else "",
        )
        for place, one in enumerate(tickets, start=1)
    )
    return ToldBlock(number, name if any(one.team for one in told) else "", told)


def _groups(pilot: Pilot, companies: Collection[int] | None) -> tuple[Group, ...]:
    teams = list(pilot.teams.select_related("organisation").order_by("organisation__name", "name"))
    found = []
    for letter in sorted({one.arm for one in teams}):
        together = [one for one in teams if one.arm == letter]
        named = tuple(name for one in together if (name := _name(one, companies)))
        found.append(Group(letter, together[0].start or 0, named, len(together) - len(named)))
    return tuple(found)


def _name(team: PilotTeam | None, companies: Collection[int] | None) -> str:
    """Empty for a team of a company that the reader may not know by name."""
    if team is None or (companies is not None and team.organisation_id not in companies):
        return ""
    return f"{team.name} ({team.organisation.name})"


def _days(plan: Plan) -> tuple[Day, ...]:
    numbers = sorted({one.number for one in plan.moments})
    days = {number: [one.on for one in plan.moments if one.number == number] for number in numbers}
    return tuple(Day(number, min(on), max(on)) for number, on in days.items())
