"""How to read the slides: what a score is, why not simply the lowest, what is not said, and what protects people."""

from __future__ import annotations

from lerend.diagnosis.sentences import in_a_sentence
from lerend.disclosure.floors import FLOOR_FOR_RANKING, floor_of
from lerend.model.structure import OrganisationModel
from lerend.release.value import Collected, Release
from lerend.report.words import spoken
from lerend.wording import Language, Message, say


def reading_of(release: Release, model: OrganisationModel, language: Language) -> list[tuple[str, str]]:
    """(heading, text) in the order in which people ask."""
    outcomes = tuple(in_a_sentence(outcome.name) for outcome in model.outcomes)
    blocks = (
        (
            say("Scores and intervals"),
            say(
                "A score is a mean on the scale of 1 to 5. Small groups are pulled a little towards the mean of all, "
                "because few answers say less. In 95 of 100 cases the true mean lies inside the interval."
            ),
        ),
        (
            say("Why not simply the lowest score?"),
            say(
                "Some topics score low everywhere. So we look at how far a topic is from what can be reached, and at how "
                "strongly it goes together with {outcomes}. A low score from few answers can be chance: we count with that "
                "too.",
                outcomes=outcomes,
            ),
        ),
        (
            say("What this report does not say"),
            say(
                "We see what goes together, at one moment. That does not tell what causes what. Nobody is ranked here: no "
                "company, no team, no manager."
            ),
        ),
        (say("Privacy"), _privacy(release)),
    )
    return [(spoken(head, language), spoken(text, language)) for head, text in blocks]


def _privacy(release: Release) -> Message:
    if not release.diagnosis.shareable:
        return say(
            "This report has no safe floor: groups from {k} people up are shown. Do not share it.", k=release.diagnosis.trail.k
        )  # fmt: skip
    k = release.k
    manager, ranking = floor_of(about_manager=True, k=k), max(FLOOR_FOR_RANKING, k)
    if release.collected is Collected.ELSEWHERE:
        return say(
            "Every number is about at least {k} people. Topics about a manager need at least {manager} people, and a ranking "
            "at least {ranking}. What is below that is not shown. The answers come from a file: what was promised when they "
            "were collected still holds.",
            k=k,
            manager=manager,
            ranking=ranking,
        )
    return say(
        "Every number is about at least {k} people. Topics about a manager need at least {manager} people, and a ranking at "
        "least {ranking}. What is below that is not shown. Nobody can find out what one person answered: when the round "
        "closed, the answers became sums, and then they were destroyed.",
        k=k,
        manager=manager,
        ranking=ranking,
    )
