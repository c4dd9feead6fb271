"""The kinds of comparison in order of preference, and in words what each estimates, needs and cannot say."""

from __future__ import annotations

from enum import StrEnum

from lerend.wording import Message, say


class Kind(StrEnum):
    """How a pilot compares; the best first."""

    LOTTERY = "lottery"
    """A lot decides which teams begin and which wait until after the last measurement; all are measured before."""
    STEPPED = "stepped"
    """All teams begin, one group after another, in an order drawn by lot."""
    TIE_BREAKER = "tie_breaker"
    """The most motivated quarter begins, the least motivated quarter waits, a lot decides for those between."""
    CUT_OFF = "cut_off"
    """Teams above an announced score begin, the others wait."""
    ENCOURAGEMENT = "encouragement"
    """A lot decides which teams are invited; whoever wants may begin."""
    COMPARISON = "comparison"
    """Teams of one company begin; those of another, not chosen by lot, go on as they did."""
    BEFORE_AFTER = "before_after"
    """Everybody begins; there is only a before and an after."""

    @property
    def by_lot(self) -> bool:
        """A lot decides something, so that the lot itself can be the test."""
        return self in {Kind.LOTTERY, Kind.STEPPED, Kind.TIE_BREAKER, Kind.ENCOURAGEMENT}

    @property
    def tested_by_lot(self) -> bool:
        """Whether all teams were in one lot, which then is the test where they are few."""
        return self.by_lot and self is not Kind.TIE_BREAKER

    @property
    def estimates_effect(self) -> bool:
        """Whether what it finds may be called an effect."""
        return self is not Kind.BEFORE_AFTER

    @property
    def needs_motivation(self) -> bool:
        return self in {Kind.TIE_BREAKER, Kind.CUT_OFF}


def name_of(kind: Kind) -> Message:
    """What the kind is called on screens."""
    names = {
        Kind.LOTTERY: say("Lottery among teams, the others later"),
        Kind.STEPPED: say("Stepped start in an order by lot"),
        Kind.TIE_BREAKER: say("Most motivated first, a lot for the middle"),
        Kind.CUT_OFF: say("A limit on a score"),
        Kind.ENCOURAGEMENT: say("Invitation by lot"),
        Kind.COMPARISON: say("Comparison with another company"),
        Kind.BEFORE_AFTER: say("Before and after only"),
    }
    return names[kind]


def estimand_of(kind: Kind) -> Message:
    """What the number will be about."""
    estimands = {
        Kind.LOTTERY: say(
            "The mean difference that beginning now makes, over the teams in the lot and the measurements after the start."
        ),
        Kind.STEPPED: say(
            "The mean difference that working with the approach makes, over the teams and measurements of this pilot, "
            "if it is the same however long a team works with it."
        ),
        Kind.TIE_BREAKER: say(
            "The mean difference that beginning now makes over the measurements after the start, for teams of equal motivation."
        ),
        Kind.CUT_OFF: say("The mean difference that beginning now makes for teams near the limit."),
        Kind.ENCOURAGEMENT: say(
            "The mean difference that the approach makes for teams that began because they were invited."
        ),
        Kind.COMPARISON: say(
            "The mean difference that the approach makes in the teams that began, if without it they would have changed "
            "as the teams of the comparison company did."
        ),
        Kind.BEFORE_AFTER: say("The change between two measurements, from whatever cause."),
    }
    return estimands[kind]


def needs_of(kind: Kind) -> tuple[Message, ...]:
    """What people must be able to do for it."""
    measured = say("Everybody is asked before the start and after it, in the same words.")
    lot = say("Everybody accepts the lot before it is drawn.")
    wait = say("Some teams can wait until after the last measurement.")
    score = say("Motivation is measured before, by a scale that was announced, never by somebody's impression.")
    steps = say("Teams can begin one group after another, with a measurement before each step.")
    needs = {
        Kind.LOTTERY: (measured, lot, wait),
        Kind.STEPPED: (measured, lot, steps),
        Kind.TIE_BREAKER: (measured, score, lot, wait),
        Kind.CUT_OFF: (measured, score, wait, say("Nobody changes a score after the limit is known.")),
        Kind.ENCOURAGEMENT: (measured, lot, say("The invitation changes nothing else than who begins.")),
        Kind.COMPARISON: (measured, say("Another company with teams of the same sort is measured at the same times.")),
        Kind.BEFORE_AFTER: (measured,),
    }
    return needs[kind]


def assumptions_of(kind: Kind) -> tuple[Message, ...]:
    """What must be true for the number to mean what it says."""
    apart = say("Teams that wait notice nothing of the approach.")
    answering = say("Whether people answer does not depend on how the approach works for them.")
    same = say("The effect is the same at every team and measurement.")
    linear = say("Motivation and the outcome go together along a straight line.")
    alike = say("Without the approach both companies would have changed alike.")
    found = {
        Kind.LOTTERY: (apart, answering),
        Kind.STEPPED: (apart, answering, same, say("What changes over time changes alike in all teams.")),
        Kind.TIE_BREAKER: (apart, answering, linear),
        Kind.CUT_OFF: (apart, answering, linear),
        Kind.ENCOURAGEMENT: (apart, answering, say("Nobody stays away because of the invitation.")),
        Kind.COMPARISON: (answering, alike),
        Kind.BEFORE_AFTER: (answering, say("Nothing else changed between both measurements.")),
    }
    return found[kind]


def cannot_say_of(kind: Kind) -> tuple[Message, ...]:
    """What nobody may read in the number."""
    volunteers = say("What the approach does for teams that did not volunteer.")
    why = say("Why it works or does not.")
    found = {
        Kind.LOTTERY: (volunteers, why, say("Whether an effect lasts after the last measurement.")),
        Kind.STEPPED: (volunteers, why, say("What is left after the pilot, when every team has begun.")),
        Kind.TIE_BREAKER: (why, say("What the approach does for the least motivated teams, none of which began.")),
        Kind.CUT_OFF: (why, say("What the approach does for teams far from the limit.")),
        Kind.ENCOURAGEMENT: (why, say("What the approach does for teams that would begin anyway, or never.")),
        Kind.COMPARISON: (
            volunteers,
            say(
                "Whether a difference comes from the approach or from something else that differs between the companies."
            ),
        ),
        Kind.BEFORE_AFTER: (
            say("Whether the approach did anything: people, seasons and other plans change things too."),
        ),
    }
    return found[kind]
