"""One factor or outcome of one company opened up: in words, per team, per statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from lerend.diagnosis.result import UnitDiagnosis
from lerend.disclosure.cells import Detail, ItemDistribution
from lerend.model.structure import Instrument, Item, OrganisationModel
from lerend.release.value import Release
from lerend.report.charts.distribution_picture import ShareBar, distribution_picture
from lerend.report.heat import HeatCell, cell_of
from lerend.report.priorities import Bottleneck, bottlenecks
from lerend.report.rows import Row, rows_of
from lerend.report.visible import visible
from lerend.report.words import number, people_text, printable, spoken
from lerend.wording import Language, say

_HALF_A_QUARTER = 12.5


@dataclass(frozen=True, slots=True)
class StatementShown:
    """A statement of the questionnaire; `shares` is empty where nothing may be said about its answers.

    `shares` holds the words and the percentage of each answer, or of the lower, middle and upper ones; `picture` draws the
    same.
    """

    text: str
    people: str
    in_three: bool
    shares: tuple[tuple[str, str], ...]
    picture: Markup


@dataclass(frozen=True, slots=True)
class TeamShown:
    name: str
    joined_with: tuple[str, ...]
    cell: HeatCell
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryShown:
    """The mean of those who chose these answers to a background question, in finished words."""

    name: str
    score: str
    people: str


@dataclass(frozen=True, slots=True)
class TableShown:
    """A declared table: a background question with a row for each category, or for some taken together."""

    question: str
    rows: tuple[CategoryShown, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Everything that the release says about one scale of a company."""

    row: Row
    layer: str
    card: Bottleneck | None
    strength: str
    spread: str
    by_outcome: tuple[tuple[str, str], ...]
    teams: tuple[TeamShown, ...]
    statements: tuple[StatementShown, ...]
    tables: tuple[TableShown, ...] = ()


def topic_of(
    release: Release, scale: str, *, model: OrganisationModel, instrument: Instrument, language: Language
) -> Topic:
    """The page about one scale.

    Raises:
        LookupError: the model measures no such scale.
    """
    seen = visible(release.diagnosis)
    company = seen.companies[0]
    rows = rows_of(company, model, language)
    row = next((row for row in rows if row.scale == scale), None)
    if row is None:
        raise LookupError(scale)
    card = next((card for card in bottlenecks(company, rows, model, language) if card.row.scale == scale), None)
    layers = {layer.id: layer.name.in_language(language) for layer in model.layers}
    return Topic(
        row=row,
        layer=printable(layers.get(row.layer, "")),
        card=card,
        strength=_strength(company, scale, language),
        spread=card.spread if card else "",
        by_outcome=_by_outcome(company, scale, model, language),
        teams=tuple(_team(team, scale, language) for team in seen.teams if team.hidden is None),
        statements=tuple(_statements(release, company, scale, instrument, language)),
        tables=tuple(_tables(release, scale, instrument, language)),
    )


def _strength(company: UnitDiagnosis, scale: str, language: Language) -> str:
    found = next((strength for strength in company.strengths[:3] if strength.factor == scale), None)
    return spoken(found.sentence, language) if found else ""


def _by_outcome(
    company: UnitDiagnosis, scale: str, model: OrganisationModel, language: Language
) -> tuple[tuple[str, str], ...]:
    """How likely the factor is among those with most room for each outcome alone, in words of ten percent."""
    room = next((finding.room for finding in company.findings if finding.scale == scale), None)
    if room is None:
        return ()
    return tuple(
        (
            printable(model.name_of(outcome).in_language(language)),
            spoken(say("about {percent} in 100", percent=round(10 * chance) * 10), language),
        )
        for outcome, chance in room.by_outcome
    )


def _team(team: UnitDiagnosis, scale: str, language: Language) -> TeamShown:
    return TeamShown(printable(team.label), team.joined_with, cell_of(team, scale, language), team.path)


def _tables(release: Release, scale: str, instrument: Instrument, language: Language) -> Iterator[TableShown]:
    for question in instrument.background:
        cells = [cell for cell in release.cells_of(question.id) if cell.scale == scale and cell.mean is not None]
        if not cells:
            continue
        names = {option: printable(text.in_language(language)) for option, text in question.options}
        rows = tuple(
            CategoryShown(
                ", ".join(names.get(option, option) for option in cell.name[-1].split("+")),
                number(cell.mean or 0.0, language),
                people_text(cell.people),
            )
            for cell in cells
        )
        yield TableShown(printable(question.text.in_language(language)), rows)


def _statements(
    release: Release, company: UnitDiagnosis, scale: str, instrument: Instrument, language: Language
) -> list[StatementShown]:
    shown = {each.item: each for each in release.distributions if each.name == company.path}
    return [_statement(item, shown.get(item.id), instrument, language) for item in instrument.items_of(scale)]


def _statement(
    item: Item, shown: ItemDistribution | None, instrument: Instrument, language: Language
) -> StatementShown:
    words = printable(item.text.in_language(language))
    if shown is None:
        return StatementShown(words, "", in_three=False, shares=(), picture=Markup(""))
    in_three = shown.detail is Detail.THREE
    labels = _three(language) if in_three else _labels(item, instrument, language)
    texts = tuple(_quarter(share, language) if in_three else f"{share} %" for share in shown.shares)
    bars = tuple(
        ShareBar(label, share + _HALF_A_QUARTER if in_three else share, text)
        for label, share, text in zip(labels, shown.shares, texts, strict=True)
    )
    return StatementShown(
        words, people_text(shown.people), in_three, tuple(zip(labels, texts, strict=True)), distribution_picture(bars)
    )


def _labels(item: Item, instrument: Instrument, language: Language) -> tuple[str, ...]:
    """The answers in the order of the shares: from least to most of what is measured."""
    labels = tuple(printable(label.in_language(language)) for label in instrument.answer_scale_of(item).labels)
    return labels[::-1] if item.reversed else labels


def _three(language: Language) -> tuple[str, ...]:
    return tuple(spoken(each, language) for each in (say("lower answers"), say("the middle"), say("upper answers")))


def _quarter(low: int, language: Language) -> str:
    return spoken(say("{low} to {high} in 100", low=low, high=low + 25), language)
