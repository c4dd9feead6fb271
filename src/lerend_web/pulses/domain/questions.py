"""The three questions of a pulse: chosen by what an action is about, and published as a questionnaire of the programme."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lerend.interventions.packaged import packaged_catalogue, packaged_pulses
from lerend.interventions.pulses import PulseQuestions, pulse_document
from lerend.report.words import printable
from lerend.wording import Text
from lerend_web.core.audit import record
from lerend_web.instruments.domain.faults import language
from lerend_web.instruments.domain.source import digest_of, instrument_of
from lerend_web.instruments.enums import Kind
from lerend_web.instruments.models import OwnVersion
from lerend_web.instruments.rules import own_name
from lerend_web.organisations.models import Organisation
from lerend_web.people.models import Person
from lerend_web.programmes.models import Programme
from lerend_web.pulses.domain.subject import Subject
from lerend_web.themes.domain.newest import model_of_organisation

_NO_SIGN = re.compile(r"[^a-z0-9_-]+")
_LONGEST_SUBJECT = 40


def questions_about(subject: Subject) -> PulseQuestions:
    """Those of its intervention; where it has none those of its factor; else general ones."""
    return packaged_pulses().about(intervention=_entry(subject.intervention), factor=subject.factor)


def questions_of(reference: str) -> tuple[Text, ...]:
    """Word for word what a questionnaire of a series asks, in its order."""
    return tuple(item.text for item in instrument_of(reference).items)


def asked(texts: Iterable[Text]) -> tuple[str, ...]:
    """The questions in the language of the page."""
    return tuple(printable(text.in_language(language())) for text in texts)


def publish_questions(
    subject: Subject, programme: Programme, *, by: Person | None, at: datetime
) -> tuple[str, PulseQuestions]:
    """The reference of the questionnaire about something, made the first time; and its questions.

    It is a model file with its questionnaire inside, so that it is never offered for a scan. Whatever is about the same
    thing shares it: answers to the same questions are judged together.
    """
    questions = questions_about(subject)
    name = own_name(f"pulse-{_subject(questions)}", programme.pk)
    reference = f"{name}@{questions.version}"
    found = OwnVersion.objects.filter(name=name, version=questions.version).first()
    if found is not None:
        return reference, questions
    source = pulse_document(questions, id=name, name=_name(questions, subject.organisation))
    with transaction.atomic():
        made = OwnVersion.objects.create(
            programme=programme,
            kind=Kind.MODEL,
            name=name,
            version=questions.version,
            source=source,
            digest=digest_of(source),
            made_by=by,
            made_at=at,
            published_at=at,
        )
        record(
            by=by, at=at, code="instrument.published", programme=programme.pk, subject=reference,
            kind=made.kind, digest=made.digest, compared_with="",
        )  # fmt: skip
    return reference, questions


def _entry(typed: str) -> str:
    """The id of an entry of the catalogue, by its reference or by its name as people type it."""
    wanted = typed.partition("@")[0].strip().casefold()
    for one in packaged_catalogue().interventions:
        if wanted in {one.id.casefold(), one.name.nl.casefold(), one.name.en.casefold()}:
            return one.id
    return ""


def _subject(questions: PulseQuestions) -> str:
    return _NO_SIGN.sub("-", questions.about or "general")[:_LONGEST_SUBJECT]


def _name(questions: PulseQuestions, organisation: Organisation) -> Text:
    """What the pulse is about, for everybody in the programme: never a company's own words."""
    for one in packaged_catalogue().interventions:
        if one.id == questions.about:
            return one.name
    for factor in model_of_organisation(organisation).factors:
        if factor.id == questions.about:
            return factor.name
    return Text("wat we anders doen", "what we do differently")
