"""What a questionnaire must be for people to answer it on our pages, beyond what a file may hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lerend.errors import Problem
from lerend.model.document import Document
from lerend.model.structure import Instrument
from lerend.wording import say

MOST_ITEMS: Final = 68
"""Scan items that one person meets at most."""
MOST_BACKGROUND: Final = 6
"""Questions about oneself that one person meets at most: with more, a few answers would point at somebody."""
RESERVED: Final = "na"
"""The code under which our pages send "does not apply"."""


def answerable_problems(instrument: Instrument, document: Document) -> tuple[Problem, ...]:
    """Everything for which a questionnaire for employees cannot be put to people; none for other respondents."""
    if instrument.respondent != "employee":
        return ()
    return (
        *_form_problems(instrument, document),
        *_background_problems(instrument, document),
        *_code_problems(instrument, document),
    )


def _form_problems(instrument: Instrument, document: Document) -> Iterator[Problem]:
    for position, form in enumerate(instrument.forms):
        if len(form.items) > MOST_ITEMS:
            what = say("The form {id} asks {items} questions; at most {most} fit.",
                       id=form.id, items=len(form.items), most=MOST_ITEMS)  # fmt: skip
            mend = say("Take some out, or hand out several forms by lot with `rotation:`.")
            yield Problem(document.where(("forms", position, "items")), what, mend)


def _background_problems(instrument: Instrument, document: Document) -> Iterator[Problem]:
    if len(instrument.background) > MOST_BACKGROUND:
        what = say("There are {count} questions about the person; at most {most} fit.",
                   count=len(instrument.background), most=MOST_BACKGROUND)  # fmt: skip
        mend = say("Keep those that you need most: with many of them answers would point at one person.")
        yield Problem(document.where(("background",)), what, mend)
    for position, question in enumerate(instrument.background):
        if question.kind != "choice":
            what = say("{id} asks for an answer in own words or numbers.", id=question.id)
            mend = say("Write `kind: choice` with options: people answer without a name.")
            yield Problem(document.where(("background", position)), what, mend)
    if instrument.facts and instrument.anonymous:
        what = say("Facts about the organisation are not asked of people who answer without a name.")
        yield Problem(document.where(("facts",)), what, say("Take `facts:` out."))


def _code_problems(instrument: Instrument, document: Document) -> Iterator[Problem]:
    for position, scale in enumerate(instrument.answer_scales):
        if RESERVED in scale.codes:
            what = say("{id} uses the code {code}, which our pages use for “does not apply”.",
                       id=scale.id, code=RESERVED)  # fmt: skip
            yield Problem(document.where(("answer_scales", position, "codes")), what, say("Use another code."))
