"""What may be said of paths: hypotheses about combinations, and how easily noise gives as many."""

from __future__ import annotations

from typing import Final

from lerend.statistics.configurations.chance import Chance
from lerend.statistics.configurations.solving import Solution
from lerend.wording import Message, say, say_many

MORE_THAN_NOISE: Final = 0.05


def told(solution: Solution, chance: Chance, cases: int) -> tuple[Message, ...]:
    """What to put above a solution."""
    if not solution.models:
        return (say("No combination goes with success often enough among these {cases} cases.", cases=cases),)
    noise = say(
        "When success is dealt out by lot over the same cases, {share}% of the times a path appears as well.",
        share=round(100 * chance.noise_with_a_path),
    )
    if chance.p > MORE_THAN_NOISE:
        head = say("These paths are no better than what chance gives. Read nothing into them.")
    else:
        head = say("These paths are better than what chance usually gives. They are hypotheses to try, no proof.")
    tied = len(solution.models)
    if tied == 1:
        return head, noise
    return (
        head,
        noise,
        say_many(
            "{count} solution is equally good.",
            "{count} solutions are equally good: these cases cannot tell them apart.",
            tied,
        ),
    )
