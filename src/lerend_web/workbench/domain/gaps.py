"""The gap finder of a programme, and the brief of a pilot, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.interventions.catalogue import Catalogue
from lerend.interventions.counting import Part, Share
from lerend.interventions.gap_matrix import Cover, GapRow, gap_matrix
from lerend.interventions.judging import Context
from lerend.interventions.pilot_brief import Standing, pilot_brief
from lerend.report.words import A_FEW, printable, spoken
from lerend.wording import Language
from lerend_web.interventions.domain.catalogue import whole_catalogue
from lerend_web.organisations.domain.circumstances import circumstances_of
from lerend_web.programmes.models import Programme
from lerend_web.workbench.domain.catalogue import the_catalogue
from lerend_web.workbench.domain.outcomes.programmes import LEAST_COMPANIES, newest_outcomes
from lerend_web.workbench.domain.outcomes.shown import Outcome, reader_language

COVERS: Final[dict[Cover, Promise]] = {
    Cover.NO_NEED: _("no bottleneck anywhere"),
    Cover.COVERED: _("a proven approach fits everywhere"),
    Cover.PARTLY: _("a proven approach fits in some"),
    Cover.WHITE: _("white spot: nothing proven fits"),
}
SHARES: Final[dict[Share, Promise]] = {Share.NONE: _("none"), Share.SOME: _("some"), Share.ALL: _("all")}


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Solution:
    """A proven approach, and in which part of the companies concerned it fits."""

    entry: Named
    fits: str


@dataclass(frozen=True, slots=True)
class Gap:
    factor: Named
    companies: str
    people: int | None
    without: str
    people_without: int | None
    cover: str
    cover_says: Promise
    solutions: tuple[Solution, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Idea:
    entry: Named
    is_blocked: bool
    why: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One page to begin a pilot with."""

    factor: Named
    problem: tuple[str, ...]
    theory: tuple[str, ...]
    ideas: tuple[Idea, ...]
    use_first: tuple[Named, ...]
    companies: str
    same_gap: str
    people: int | None
    measured_on: str
    then: str
    how_measured: str
    smallest: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where most people are without a proven approach first; bottlenecks of nobody are left out."""

    rows: tuple[Gap, ...]
    simulated: bool

    @property
    def white(self) -> int:
        return sum(row.cover == Cover.WHITE for row in self.rows)


def gaps_of(programme: Programme) -> Gaps | None:
    """None below three companies with an outcome of the catalogue's model."""
    outcomes = _outcomes(programme)
    if len(outcomes) < LEAST_COMPANIES:
        return None
    model, language = outcomes[0].model, reader_language()
    releases = [each.release for each in outcomes]
    catalogue = whole_catalogue([programme]).catalogue
    found = gap_matrix(releases, catalogue, model, contexts=_contexts(programme))
    rows = [_gap(row, outcomes[0], catalogue, language) for row in found.rows if row.cover is not Cover.NO_NEED]
    return Gaps(tuple(rows), any(each.simulated for each in outcomes))


def brief_of(programme: Programme, factor: str) -> Brief:
    """The brief of a pilot about one factor.

    Raises:
        LookupError: too few companies, or in none of them it is a bottleneck.
    """
    outcomes = _outcomes(programme)
    if len(outcomes) < LEAST_COMPANIES:
        raise LookupError(programme.pk)
    model, language = outcomes[0].model, reader_language()
    releases = [each.release for each in outcomes]
    contexts = _contexts(programme)
    catalogue = whole_catalogue([programme]).catalogue
    matrix = gap_matrix(releases, catalogue, model, contexts=contexts)
    row = next((each for each in matrix.rows if each.factor == factor), None)
    if row is None or row.cover is Cover.NO_NEED:
        raise LookupError(factor)
    found = pilot_brief(factor, releases, catalogue, model, contexts=contexts)

    def named(scale: str) -> str:
        return printable(model.name_of(scale).in_language(language))

    return Brief(
        factor=Named(factor, named(factor)),
        problem=tuple(spoken(each, language) for each in found.problem),
        theory=tuple(spoken(each, language) for each in found.theory),
        ideas=tuple(
            Idea(
                Named(idea.intervention.id, printable(idea.intervention.name.in_language(language))),
                idea.standing is Standing.BLOCKED,
                spoken(idea.why, language),
            )
            for idea in found.ideas
        ),
        use_first=tuple(Named(one.id, printable(one.name.in_language(language))) for one in found.use_first),
        companies=spoken(found.companies.sentence_part, language),
        same_gap=_part(found.same_gap),
        people=found.people,
        measured_on=named(found.measured_on),
        then=named(found.then),
        how_measured=spoken(found.how_measured, language),
        smallest=spoken(found.smallest.sentence, language),
    )


def _contexts(programme: Programme) -> dict[str, Context]:
    """What each company says about itself; what it does not say is unknown."""
    return {one.name: Context(circumstances_of(one)) for one in programme.organisations.all()}


def _outcomes(programme: Programme) -> list[Outcome]:
    found = newest_outcomes(programme).values()
    return [outcome for outcome in found if outcome.model.reference == the_catalogue().model]


def _gap(row: GapRow, outcome: Outcome, catalogue: Catalogue, language: Language) -> Gap:
    names = {entry.id: printable(entry.name.in_language(language)) for entry in catalogue.interventions}
    return Gap(
        factor=Named(row.factor, printable(outcome.model.name_of(row.factor).in_language(language))),
        companies=_count(row.companies.number, language),
        people=row.people,
        without=_part(row.without),
        people_without=row.people_without,
        cover=row.cover.value,
        cover_says=COVERS[row.cover],
        solutions=tuple(
            Solution(Named(cell.intervention, names[cell.intervention]), _part(cell.fits)) for cell in row.cells
        ),
        others=len(row.weak) + len(row.practice),
    )


def _count(number: int | None, language: Language) -> str:
    return A_FEW.in_language(language) if number is None else str(number)


def _part(part: Part) -> str:
    return str(SHARES[part.share]) if part.number is None else str(part.number)
