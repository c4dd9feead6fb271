"""What the story shows after the meeting: one bottleneck with an approach that worked elsewhere, and one without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lerend.interventions.gap_matrix import Cover, gap_matrix
from lerend.interventions.judging import Context
from lerend.interventions.packaged import packaged_catalogue
from lerend.report.words import printable
from lerend_web.meetings.domain.speaking import reader_language
from lerend_web.organisations.domain.circumstances import circumstances_of
from lerend_web.programmes.models import Programme
from lerend_web.themes.domain.newest import model_of_programme, newest_releases
from lerend_web.themes.enums import ThemeState
from lerend_web.themes.models import Theme

SOLVED: Final = "peer_feedback_reflection"
APPROACH: Final = "team_debrief"
UNSOLVED: Final = "task_completeness_variety"
BLOCKED: Final = "job_enrichment"


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Two bottlenecks of the made-up programme.

    Attributes:
        solved: a bottleneck for which `approach` fits in all companies concerned.
        chosen: the theme about it that a meeting chose, if one did.
        unsolved: one for which `blocked` and all that is proven fail on what they need, in `without` companies.
    """

    solved: Named
    approach: Named
    chosen: Theme | None
    unsolved: Named
    blocked: Named
    without: int


def solved_and_unsolved(programme: Programme) -> Choice | None:
    """Read from the outcomes as the page of gaps reads them; None where they do not (any more) tell this story."""
    model, catalogue = model_of_programme(programme), packaged_catalogue()
    releases = [one.release for one in newest_releases(programme) if one.release.trail.model == model.reference]
    contexts = {one.name: Context(circumstances_of(one)) for one in programme.organisations.all()}
    rows = {row.factor: row for row in gap_matrix(releases, catalogue, model, contexts=contexts).rows}
    solved, unsolved = rows.get(SOLVED), rows.get(UNSOLVED)
    if solved is None or unsolved is None or solved.cover is not Cover.COVERED or not unsolved.without.number:
        return None
    names = {entry.id: entry.name for entry in catalogue.interventions}

    def factor(scale: str) -> Named:
        return Named(scale, printable(model.name_of(scale).in_language(reader_language())))

    def entry(reference: str) -> Named:
        return Named(reference, printable(names[reference].in_language(reader_language())))

    live = Theme.objects.filter(programme=programme, state__in=(ThemeState.CHOSEN, ThemeState.RUNNING))
    chosen = next((theme for theme in live if SOLVED in theme.factors), None)
    return Choice(factor(SOLVED), entry(APPROACH), chosen, factor(UNSOLVED), entry(BLOCKED), unsolved.without.number)
