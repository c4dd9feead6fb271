"""The catalogue of interventions as people read it, and what of it fits a bottleneck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.interventions.catalogue import Catalogue, Effect, Intervention, Kind, Measure
from lerend.interventions.judging import Context
from lerend.interventions.matching import Advice, Match, Matching, Miss, Use, matches_for
from lerend.interventions.saying import LEVELS, RECOGNITION_IS_OURS, RECOGNITIONS, about_evidence
from lerend.report.visible import visible
from lerend.report.words import number, printable, spoken
from lerend.wording import Language, Text
from lerend_web.instruments.domain.source import model_of
from lerend_web.interventions.domain.catalogue import Own, changed_words, earlier_version, packaged, whole_catalogue
from lerend_web.interventions.queries import versions_of
from lerend_web.programmes.models import Programme
from lerend_web.workbench.domain.outcomes.shown import Outcome, reader_language

USES: Final[dict[Use, Promise]] = {
    Use.APPLY: _("Do it, and follow lightly how it goes."),
    Use.WATCH: _("Do it, and measure what it brings."),
    Use.TRY: _("Try it as a pilot: it is not proven."),
}
ADVICE: Final[dict[Advice, Promise]] = {
    Advice.SOLUTION: _("There is a proven approach that fits."),
    Advice.TRY: _("Something fits, but it is not proven: try it as a pilot."),
    Advice.PILOT: _("Nothing proven fits. Here a pilot is the way: make something new together."),
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in the list.

    `programme` is whose own entry it is, empty for those of the package; `lang` the language of its text where that is
    only there in one.
    """

    id: str
    name: str
    what: str
    topics: tuple[str, ...]
    level: str
    evidence: str
    grade: str
    has_script: bool
    is_solution: bool
    programme: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class EffectRow:
    measured_on: str
    size: str
    interval: str
    studies: str
    people: str


@dataclass(frozen=True, slots=True)
class StepRow:
    minutes: int
    do: str
    say: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of an own entry: when it was accepted, and what differs from the one before."""

    number: int
    accepted_at: datetime
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in full."""

    row: EntryRow
    reference: str
    mechanism: str
    dose: str
    weeks: tuple[int, int]
    hours_each: int
    hours_to_run: int
    euro: tuple[int, int]
    delivered_by: str
    needs: tuple[str, ...]
    fails: tuple[str, ...]
    before: str
    during: str
    after: str
    recognition: str
    recognition_is_ours: str
    evidence_note: str
    effects: tuple[EffectRow, ...]
    sources: tuple[tuple[str, str], ...]
    script_people: str
    script_material: tuple[str, ...]
    script: tuple[StepRow, ...]
    script_minutes: int
    script_lang: str
    version: int
    programme: Programme | None
    versions: tuple[VersionRow, ...]

    @property
    def is_newest(self) -> bool:
        return not self.versions or self.versions[0].number == self.version


@dataclass(frozen=True, slots=True)
class Fit:
    """An entry that fits a bottleneck, why, how to go about it, and what to look into first."""

    id: str
    name: str
    what: str
    reason: str
    use: Promise
    look_first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoFit:
    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Help:
    """What is known to help with one bottleneck."""

    advice: Promise
    notes: tuple[str, ...]
    fits: tuple[Fit, ...]
    does_not_fit: tuple[NoFit, ...]


def the_catalogue() -> Catalogue:
    """The packaged one, the same for everybody."""
    return packaged()


def entries(*, topic: str = "", words: str = "", programmes: Iterable[Programme] = ()) -> list[EntryRow]:
    """All entries, or those about a factor, or those that hold some words; with the own ones of some programmes."""
    language, whole = reader_language(), whole_catalogue(programmes)
    found = [each for each in whole.catalogue.interventions if not topic or topic in each.targets]
    rows = [_row(entry, language, whole.own.get(entry.id)) for entry in found]
    wanted = words.casefold().split()
    return [row for row in rows if all(word in f"{row.name} {row.what}".casefold() for word in wanted)]


def topics() -> list[tuple[str, str]]:
    """Every factor that some entry works on, with its name."""
    model, language = model_of(the_catalogue().model), reader_language()
    targeted = {factor for entry in the_catalogue().interventions for factor in entry.targets}
    return [(f.id, printable(f.name.in_language(language))) for f in model.factors if f.id in targeted]


def entry_of(id: str, *, programmes: Iterable[Programme] = (), version: int | None = None) -> Entry:
    """One entry in full; an own one also in an earlier version.

    Raises:
        LookupError: there is none of this id that these programmes show, or not in this version.
    """
    language, whole = reader_language(), whole_catalogue(programmes)
    if version is not None and version != whole.catalogue.intervention(id).version:
        if id not in whole.own:
            raise LookupError(id)
        whole = earlier_version(id, version)
    entry, catalogue = whole.catalogue.intervention(id), whole.catalogue
    own = whole.own.get(id)

    def words(text: Text) -> str:
        return printable(text.in_language(language))

    script = entry.script
    return Entry(
        row=_row(entry, language, own),
        reference=entry.reference,
        mechanism=words(entry.mechanism),
        dose=words(entry.dose),
        weeks=entry.weeks,
        hours_each=entry.cost.hours_each,
        hours_to_run=entry.cost.hours_to_run,
        euro=(entry.cost.euro_low, entry.cost.euro_high),
        delivered_by=words(entry.delivered_by),
        needs=tuple(words(need.why) for need in entry.preconditions),
        fails=tuple(words(text) for text in entry.fails),
        before=words(entry.before),
        during=words(entry.during),
        after=words(entry.after),
        recognition=spoken(RECOGNITIONS[entry.evidence.recognition], language),
        recognition_is_ours=spoken(RECOGNITION_IS_OURS, language),
        evidence_note=words(entry.evidence.note),
        effects=tuple(_effect(effect, language) for effect in entry.effects),
        sources=tuple((printable(source.text), source.address) for source in catalogue.sources_of(entry)),
        script_people=words(script.people) if script else "",
        script_material=tuple(words(text) for text in script.material) if script else (),
        script=tuple(
            StepRow(step.minutes, words(step.do), words(step.say) if step.say else "") for step in script.steps
        )
        if script
        else (),
        script_minutes=script.minutes if script else 0,
        script_lang=_other(whole.script_languages.get(id, ""), language),
        version=entry.version,
        programme=own.programme if own else None,
        versions=_versions(id) if own else (),
    )


def _versions(id: str) -> tuple[VersionRow, ...]:
    return tuple(VersionRow(row.version, row.accepted_at, tuple(changed_words(row))) for row in versions_of(id))


def circumstances() -> list[tuple[str, str]]:
    """What is so or not so in a company and no scan asks: its name, and the statement."""
    language = reader_language()
    return [(one.id, printable(one.text.in_language(language))) for one in the_catalogue().circumstances]


def help_for(
    outcome: Outcome, factor: str, *, known: Mapping[str, bool], programmes: Iterable[Programme] = ()
) -> Help | None:
    """What fits one factor of a company, and what does not and why; None where no list is about its model.

    Args:
        known: what the company says about itself.
        programmes: whose own entries are matched as well.
    """
    catalogue = whole_catalogue(programmes).catalogue
    if catalogue.model != outcome.model.reference or factor not in {each.id for each in outcome.model.factors}:
        return None
    company = visible(outcome.release.diagnosis).companies[0]
    found = matches_for(company, catalogue, outcome.model, context=Context(known), factors=[factor])
    return _help(found, factor, reader_language())


def _help(found: Matching, factor: str, language: Language) -> Help:
    about = found.about(factor)
    return Help(
        ADVICE[about.advice],
        tuple(spoken(note, language) for note in about.notes),
        tuple(_fit(match, language) for match in found.fits_for(factor)),
        tuple(_no_fit(miss, language) for miss in found.misses_for(factor)),
    )


def _fit(match: Match, language: Language) -> Fit:
    entry = match.intervention
    return Fit(
        entry.id,
        printable(entry.name.in_language(language)),
        printable(entry.what.in_language(language)),
        spoken(match.reason, language),
        USES[match.use],
        tuple(spoken(check.sentence, language) for check in match.look_first),
    )


def _other(written: str, language: Language) -> str:
    """The language of a text where it is not that of the page."""
    return "" if written == language else written


def _no_fit(miss: Miss, language: Language) -> NoFit:
    name = printable(miss.intervention.name.in_language(language))
    return NoFit(miss.intervention.id, name, spoken(miss.reason, language))


def _row(entry: Intervention, language: Language, own: Own | None) -> EntryRow:
    model = model_of(the_catalogue().model)
    return EntryRow(
        id=entry.id,
        name=printable(entry.name.in_language(language)),
        what=printable(entry.what.in_language(language)),
        topics=tuple(printable(model.name_of(factor).in_language(language)) for factor in entry.targets),
        level=spoken(LEVELS[entry.level], language),
        evidence=spoken(about_evidence(entry), language),
        grade=entry.evidence.grade.value,
        has_script=entry.script is not None,
        is_solution=entry.kind is Kind.SOLUTION,
        programme=own.programme.name if own else "",
        lang=_other(own.language, language) if own else "",
    )


_SIGNS: Final = {Measure.DIFFERENCE: " SD", Measure.CORRELATION: " (r)", Measure.PERCENT: " %"}


def _effect(effect: Effect, language: Language) -> EffectRow:
    return EffectRow(
        printable(effect.measured_on.in_language(language)),
        "" if effect.size is None else _hundredths([effect.size], language) + _SIGNS[effect.measure],
        "" if effect.low is None or effect.high is None else _hundredths([effect.low, effect.high], language),
        "" if effect.studies is None else str(effect.studies),
        "" if effect.people is None else str(effect.people),
    )


def _hundredths(values: Sequence[float], language: Language) -> str:
    texts = [f"{value:.2f}" if abs(value) < 10 else number(value, language) for value in values]
    joined = "\N{EN DASH}".join(texts).replace("-", "\N{MINUS SIGN}")
    return joined.replace(".", ",") if language == "nl" else joined
