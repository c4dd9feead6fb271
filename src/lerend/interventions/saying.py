"""Sentences about what fits and what does not."""

from __future__ import annotations

from typing import Final

from lerend.interventions.catalogue import Grade, Intervention, Level, Recognition
from lerend.wording import Message, Text, say, say_many

GRADES: Final = {
    Grade.A: say("Strong evidence: reviews of controlled studies."),
    Grade.B: say("Good evidence: at least one study with a comparison, or a review of mixed studies."),
    Grade.C: say("Weak evidence: before and after, cases, or what goes together."),
    Grade.D: say("Only practice: people used it, nobody measured it."),
}
RECOGNITIONS: Final = {
    Recognition.WELL_DESCRIBED: say("Well described"),
    Recognition.WELL_FOUNDED: say("Well founded"),
    Recognition.FIRST_INDICATIONS: say("First indications that it works"),
    Recognition.GOOD_INDICATIONS: say("Good indications that it works"),
    Recognition.STRONG_INDICATIONS: say("Strong indications that it works"),
}
"""The Dutch levels; with `RECOGNITION_IS_OURS`, for no committee has judged an entry."""
RECOGNITION_IS_OURS: Final = say("This is our own estimate. No committee has judged it.")
LEVELS: Final = {
    Level.INDIVIDUAL: say("People, one by one"),
    Level.JOB: say("The work itself"),
    Level.TEAM: say("The team"),
    Level.LEADERSHIP: say("Managers"),
    Level.ORGANISATION: say("The whole company"),
    Level.BETWEEN_ORGANISATIONS: say("Several companies"),
}


def about_evidence(entry: Intervention) -> Message:
    """How strong the evidence is, in a sentence."""
    if entry.evidence.mixed:
        return say("Mixed evidence: good studies contradict each other.")
    return GRADES[entry.evidence.grade]


def about_match(entry: Intervention, topic: Text, to_look_into: int) -> Message:
    """Why an intervention is offered: the factor, the mechanism, the evidence, and what is still to be looked into."""
    return say(
        "This works on “{topic}”. {mechanism} {evidence} {conditions}",
        topic=topic,
        mechanism=entry.mechanism,
        evidence=about_evidence(entry),
        conditions=_conditions(entry, to_look_into),
    )


def _conditions(entry: Intervention, to_look_into: int) -> Message:
    if not entry.preconditions:
        return say("It asks for nothing special.")
    if to_look_into == 0:
        return say("All that it needs is there.")
    return say_many("Look into one thing before you begin.", "Look into {count} things before you begin.", to_look_into)


def about_miss(entry: Intervention, topic: Text, missing: Message | None) -> Message:
    """Why an intervention is not offered: what is missing, or that the unit cannot decide on it by itself."""
    if missing is not None:
        return say("This works on “{topic}”, but does not fit here. {missing}", topic=topic, missing=missing)
    if entry.level is Level.BETWEEN_ORGANISATIONS:
        return say("This works on “{topic}”, but asks for several companies. Bring it to the company.", topic=topic)
    return say("This works on “{topic}”, but the whole company must choose it. Bring it to the company.", topic=topic)


def about_first_talk(topic: Text) -> Message:
    """What comes first where management sees a factor more positively than employees."""
    return say(
        "Management sees “{topic}” more positively than employees. Begin with a talk about that difference.",
        topic=topic,
    )


def about_structure(topic: Text) -> Message:
    """What is said openly about factors that sit in the work itself."""
    return say("“{topic}” is about how the work is built. A course alone does not mend that.", topic=topic)


def about_nothing(topic: Text, *, only_practice: bool) -> Message:
    """That there is no solution: then a pilot makes one."""
    if only_practice:
        return say("For “{topic}” there are ideas, but nobody measured whether they work. Set up a pilot.", topic=topic)
    return say("For “{topic}” no known solution fits here. Set up a pilot.", topic=topic)
