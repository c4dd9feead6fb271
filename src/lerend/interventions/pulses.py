"""Three short questions about whether an intervention begins to work, and the questionnaire made of them.

Each question is a scale of its own: ``done`` (is it there at all), ``helped`` (does its mechanism work) and ``used`` (does
anything of it reach the work). The order is that of the mechanism, not of importance: who reads a low ``done`` need not ask
why ``helped`` is low. One item a scale measures roughly; the interval that is shown with it says how roughly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lerend.errors import ModelIsWrong, Problem
from lerend.interventions.part import Part
from lerend.model.answerable import answerable_problems
from lerend.model.document import Document, document_of
from lerend.model.reading import Opened, opened
from lerend.model.shape import shape_problems
from lerend.wording import Text, say

KIND: Final = "pulses"
DONE: Final = "done"
HELPED: Final = "helped"
USED: Final = "used"
SCALES: Final = (DONE, HELPED, USED)
"""In the order in which they are asked and shown."""

NAMES: Final = {
    DONE: Text("Gebeurt het?", "Is it done?"),
    HELPED: Text("Helpt het?", "Does it help?"),
    USED: Text("Wordt het gebruikt?", "Is it used?"),
}
_ANSWERS: Final = (
    Text("Helemaal niet mee eens", "Strongly disagree"),
    Text("Niet mee eens", "Disagree"),
    Text("Niet eens, niet oneens", "Neither agree nor disagree"),
    Text("Mee eens", "Agree"),
    Text("Helemaal mee eens", "Strongly agree"),
)
_DOES_NOT_APPLY: Final = Text("Weet ik niet of geldt niet voor mij", "I do not know or it does not apply to me")
_INTRODUCTION: Final = Text(
    "Dit zijn drie korte vragen. Ze gaan over iets dat we proberen op het werk. Met de antwoorden zien we of het begint te"
    " werken. Meedoen is vrijwillig. Je mag een vraag overslaan. Je antwoorden zijn anoniem. We laten alleen zien wat een"
    " groep vindt.",
    "These are three short questions. They are about something that we try out at work. The answers show whether it begins"
    " to work. Taking part is voluntary. You may skip a question. Your answers are anonymous. We only show what a group"
    " thinks.",
)
_ICC: Final = {"value": 0.1, "source": "J", "note": "nothing is known of answers to these questions"}


@dataclass(frozen=True, slots=True)
class PulseQuestions:
    """The three questions about one intervention or factor.

    Attributes:
        about: id of the intervention or factor; empty for the general ones.
        about_manager: people judge their own manager in them, so that they are shown from ten answers only.
        version: of the wordings; it becomes the version of the questionnaire.
    """

    about: str
    done: Text
    helped: Text
    used: Text
    about_manager: bool
    version: int

    @property
    def texts(self) -> tuple[Text, Text, Text]:
        """In the order of `SCALES`."""
        return self.done, self.helped, self.used


@dataclass(frozen=True, slots=True)
class PulseLibrary:
    """All wordings of one version."""

    version: int
    general: PulseQuestions
    interventions: tuple[PulseQuestions, ...]
    factors: tuple[PulseQuestions, ...]

    def about(self, *, intervention: str = "", factor: str = "") -> PulseQuestions:
        """Those of the intervention where it has some, else those of the factor, else the general ones."""
        by_intervention = (one for one in self.interventions if one.about == intervention)
        by_factor = (one for one in self.factors if one.about == factor)
        return next(by_intervention, None) or next(by_factor, None) or self.general


def read_pulses(text: str, *, name: str = "pulses.yaml") -> PulseLibrary:
    """The wordings in a file.

    Raises:
        ModelIsWrong: with every problem, each with its line and how to mend it.
    """
    document = document_of(text.encode("utf-8"), name)
    root = Part(document, (), document.data, list(document.problems))
    found = _library(root)
    if root.problems:
        raise ModelIsWrong(root.problems)
    return found


def pulse_document(questions: PulseQuestions, *, id: str, name: Text) -> str:
    """The file of a questionnaire with its own small model: what people are asked, word for word.

    Args:
        questions: the three.
        id: of the file, such as ``pulse-team_debrief-p7``.
        name: what the pulse is about, for people.

    Raises:
        ModelIsWrong: the questions do not make a questionnaire that people can answer on our pages.
    """
    text = json.dumps(_content(questions, id, name), ensure_ascii=False, indent=1) + "\n"
    document = document_of(text.encode("utf-8"), id)
    problems = shape_problems(document) or _problems_in(opened(Path(id), document), document)
    if problems:
        raise ModelIsWrong(problems)
    return text


def _problems_in(file: Opened, document: Document) -> tuple[Problem, ...]:
    if file.model is None or file.instrument is None:
        raise AssertionError("a pulse is a model with its questionnaire")
    asked = answerable_problems(file.instrument, document)
    return (*file.model_problems(), *file.instrument_problems(file.model), *asked)


def _content(questions: PulseQuestions, id: str, name: Text) -> dict[str, Any]:
    manager = {"about_manager": True} if questions.about_manager else {}
    factors = [
        {**_scale(scale), "layer": "pulse", "level": "team", "ranked": False, "correlations": {}, **manager}
        for scale in (DONE, HELPED)
    ]
    return {
        "kind": "model",
        "id": id,
        "version": questions.version,
        "name": _pair(Text(f"Drie vragen: {name.nl}", f"Three questions: {name.en}")),
        "purpose": _pair(Text("Zien of het begint te werken.", "See whether it begins to work.")),
        "target": 4.0,
        "layers": [{"id": "pulse", "name": _pair(name)}],
        "factors": factors,
        "outcomes": [_scale(USED)],
        "instrument": {
            "introduction": _pair(_INTRODUCTION),
            "answer_scales": [
                {
                    "id": "agreement",
                    "labels": [_pair(label) for label in _ANSWERS],
                    "not_applicable": _pair(_DOES_NOT_APPLY),
                    "not_applicable_codes": ["9"],
                }
            ],
            "items": [
                {"id": f"{scale}_1", "measures": scale, "text": _pair(text), "answers": "agreement"}
                for scale, text in zip(SCALES, questions.texts, strict=True)
            ],
            "forms": [
                {
                    "id": "all",
                    "name": _pair(Text("Drie vragen", "Three questions")),
                    "minutes": 1,
                    "items": [f"{scale}_1" for scale in SCALES],
                }
            ],
        },
    }


def _scale(scale: str) -> dict[str, Any]:
    return {"id": scale, "name": _pair(NAMES[scale]), "definition": _pair(NAMES[scale]), "icc": _ICC}


def _pair(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def _library(root: Part) -> PulseLibrary:
    if not root.has("kind") or root.data["kind"] != KIND:
        mend = say("Write `kind: {kind}` on the first line.", kind=KIND)
        root.wrong(say("The file does not say that it holds questions of pulses."), mend)
    root.keys(("kind", "version", "general", "interventions", "factors"))
    version = root.whole("version", 1, 10_000) or 1
    inside = root.at("general") if root.has("general") else root
    inside.keys(SCALES)
    general = PulseQuestions(
        "", inside.words(DONE), inside.words(HELPED), inside.words(USED), about_manager=False, version=version
    )
    return PulseLibrary(
        version, general, tuple(_entries(root, "interventions", general)), tuple(_entries(root, "factors", general))
    )


def _entries(root: Part, key: str, general: PulseQuestions) -> Iterator[PulseQuestions]:
    seen: set[str] = set()
    for part in root.parts(key):
        part.keys(("about", DONE, HELPED), (USED, "about_manager"))
        about = part.id("about")
        if about in seen:
            part.wrong(say("The id {id} is used twice.", id=about), say("Give each its own id."), "about")
        seen.add(about)
        yield PulseQuestions(
            about=about,
            done=part.words(DONE),
            helped=part.words(HELPED),
            used=part.words(USED) if part.has(USED) else general.used,
            about_manager=part.truth("about_manager", otherwise=False),
            version=general.version,
        )
