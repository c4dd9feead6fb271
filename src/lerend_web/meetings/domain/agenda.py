"""What a meeting talks about: an hour in parts, and what there is to choose from, made from the outcomes.

A meeting of the programme gets the themes that companies share, in numbers of companies that hide one or two of them.
A meeting of one company gets the topics with most room from its own newest round, in words and without a score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lerend.diagnosis.result import Band
from lerend.model.structure import OrganisationModel
from lerend.release.over_companies import LEAST_FOR_A_COUNT, Shared, shared_themes
from lerend.release.value import Release
from lerend.report.visible import visible
from lerend.report.words import count_of_companies, printable
from lerend_web.meetings.domain.planning import NewOption
from lerend_web.meetings.domain.speaking import reader_language
from lerend_web.meetings.enums import MeetingKind
from lerend_web.meetings.models import Meeting
from lerend_web.organisations.models import Organisation
from lerend_web.programmes.models import Programme
from lerend_web.scans.domain.questionnaire import instrument_of, model_of
from lerend_web.scans.domain.releasing import newest_of, read
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave

MOST_PROPOSED: Final = 6
_HOUR: Final = 60
_PARTS: Final[dict[MeetingKind, tuple[tuple[int, Promise], ...]]] = {
    MeetingKind.THEME: (
        (5, _("Welcome: why we are here, and how this hour goes")),
        (10, _("The outcomes in short, and what there is to choose from")),
        (8, _("First round: rate in silence")),
        (15, _("Reveal: talk about the largest differences only")),
        (7, _("Second round: rate in silence once more")),
        (10, _("Decide: what, why, who sees it otherwise, who does what by when")),
        (5, _("Read the decision aloud, and close")),
    ),
    MeetingKind.DEEPENING: (
        (5, _("Welcome: what was chosen, and why")),
        (15, _("Causes: why, for whom, since when, and how do we know?")),
        (8, _("What was tried before, and what came of it")),
        (7, _("Rate the causes in silence")),
        (10, _("Reveal: talk about the largest differences only")),
        (10, _("The first concrete step: who does what by when")),
        (5, _("Read the decision aloud, and close")),
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the meeting, and how many minutes it takes."""

    minutes: int
    name: str


def agenda_of(meeting: Meeting) -> tuple[Part, ...]:
    """The parts, stretched to the length of the meeting."""
    parts = _PARTS[MeetingKind(meeting.kind)]
    stretched = [round(minutes * meeting.minutes / _HOUR) for minutes, _name in parts]
    stretched[len(parts) // 2] += meeting.minutes - sum(stretched)
    return tuple(Part(minutes, str(name)) for minutes, (_usual, name) in zip(stretched, parts, strict=True))


def proposed_for(programme: Programme, organisation: Organisation | None) -> tuple[NewOption, ...]:
    """What the outcomes propose; nothing where there are too few of them."""
    return of_company(organisation, programme) if organisation else of_programme(programme)


def of_programme(programme: Programme) -> tuple[NewOption, ...]:
    """The themes that most companies share, from three companies on."""
    found = _newest(Wave.objects.filter(programme=programme, state=WaveState.CLOSED))
    if len(found) < LEAST_FOR_A_COUNT:
        return ()
    model = found[0][1]
    releases = [release for release, own in found if own.reference == model.reference]
    names = {theme.id: printable(theme.name.in_language(reader_language())) for theme in model.themes}
    shared = [one for one in shared_themes(releases, model) if one.very_likely + one.possibly]
    return tuple(NewOption(names[one.id], one.id, concerns_of(one)) for one in shared[:MOST_PROPOSED])


def of_company(organisation: Organisation, programme: Programme) -> tuple[NewOption, ...]:
    """The topics with most room of its own newest round, the surest first."""
    closed = Wave.objects.filter(organisation=organisation, programme=programme, state=WaveState.CLOSED)
    found = _newest(closed)
    if not found:
        return ()
    release, model = found[0]
    company = visible(release.diagnosis).companies[0]
    bands = {one.scale: one.room.band for one in company.findings if one.room is not None}
    ranked = [factor.id for factor in model.factors if bands.get(factor.id) in {Band.VERY_LIKELY, Band.POSSIBLY}]
    surest = sorted(ranked, key=lambda scale: bands[scale] is not Band.VERY_LIKELY)
    return tuple(_topic(scale, bands[scale], model) for scale in surest[:MOST_PROPOSED])


def concerns_of(shared: Shared) -> str:
    """Whom a theme concerns; one or two companies are *a few*, and of so few the people are not said."""
    companies = shared.very_likely + shared.possibly
    said = count_of_companies(companies, reader_language())
    if companies < LEAST_FOR_A_COUNT:
        return gettext("It plays in %(companies)s companies.") % {"companies": said}
    return ngettext(
        "It plays in %(companies)s companies, where at least %(count)s person answered.",
        "It plays in %(companies)s companies, where at least %(count)s people answered.",
        shared.people,
    ) % {"companies": said, "count": shared.people}


def _topic(scale: str, band: Band, model: OrganisationModel) -> NewOption:
    says = {
        Band.VERY_LIKELY: gettext("Very likely among the topics with most room."),
        Band.POSSIBLY: gettext("Possibly among the topics with most room."),
    }
    return NewOption(printable(model.name_of(scale).in_language(reader_language())), scale, says[band])


def _newest(closed: QuerySet[Wave]) -> list[tuple[Release, OrganisationModel]]:
    """The newest release of each organisation with its model."""
    waves = closed.order_by("organisation", "closed_at")
    stored = {wave.organisation_id: newest for wave in waves if (newest := newest_of(wave)) is not None}
    releases = [read(newest) for newest in stored.values()]
    return [(release, model_of(instrument_of(release.trail.instrument))) for release in releases]
