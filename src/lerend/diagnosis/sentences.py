"""What the numbers mean, in plain sentences that never claim a cause and say when a difference can be chance."""

from __future__ import annotations

from collections.abc import Sequence

from lerend.diagnosis.result import Band, Estimate, Room, UnitLevel
from lerend.disclosure.bands import PeopleBand
from lerend.disclosure.cells import Extreme
from lerend.model.structure import Direction, Factor
from lerend.wording import Message, Text, say, say_many


def in_a_sentence(name: Text) -> Text:
    """A name as it stands in the middle of a sentence."""
    return Text(nl=_lowered(name.nl), en=_lowered(name.en))


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def about_factor(factor: Factor, score: Estimate, own_mean: float, *, can_be_chance: bool) -> Message:
    """One sentence about one factor's score."""
    if factor.direction is Direction.INVERTED_U:
        return say(
            "{score} out of 5. Neither high nor low is best here: too much leaves no time to learn, too little no challenge.",
            score=score.value,
        )
    if not factor.ranked:
        return say("{score} out of 5. We show this topic, but never list it as a bottleneck.", score=score.value)
    if can_be_chance:
        return say("{score} out of 5. That it differs from our other topics can be chance.", score=score.value)
    if score.value > own_mean:
        return say("{score} out of 5. That is higher than our other topics.", score=score.value)
    return say("{score} out of 5. That is lower than our other topics.", score=score.value)


def about_outcome(score: Estimate) -> Message:
    """One sentence about an outcome: its score and its interval."""
    return say("{score} out of 5, between {low} and {high}.", score=score.value, low=score.low, high=score.high)


def about_words(words: Extreme) -> Message:
    """One sentence in place of a score that would tell what each person answered."""
    if words is Extreme.VERY_LOW:
        return say("Very low. Nearly everybody here chose the lowest answers, so we give no number.")
    return say("Very high. Nearly everybody here chose the highest answers, so we give no number.")


def about_room(
    name: Text, room: Room, listed: int, *, spread: Estimate | None, differs: bool, level: UnitLevel
) -> Message:
    """One sentence about a bottleneck."""
    topic = in_a_sentence(name)
    if room.band is Band.VERY_LIKELY:
        return say(
            "Very likely {topic} is among the {listed} topics with most room. "
            "People who see it more positively also learn and renew more. "
            "{difference}",
            topic=topic,
            listed=listed,
            difference=_difference(spread, differs=differs, level=level),
        )
    return say(
        "Perhaps {topic} is among the {listed} topics with most room. We can't be sure. {difference}",
        topic=topic,
        listed=listed,
        difference=_difference(spread, differs=differs, level=level),
    )


def _difference(spread: Estimate | None, *, differs: bool, level: UnitLevel) -> Message:
    between_companies = level is UnitLevel.PROGRAMME
    if spread is None:
        return say("We can't say how much teams differ.")
    if differs:
        return say("The companies clearly differ.") if between_companies else say("The teams clearly differ.")
    if between_companies:
        return say("We see no clear difference between the companies.")
    return say("We see no clear difference between the teams.")


def about_strength(name: Text, probability: float) -> Message:
    """One sentence about a strength; `probability` of being among the strongest."""
    if probability >= 0.8:
        return say("Very likely {topic} is one of the three strongest points.", topic=in_a_sentence(name))
    return say("Perhaps {topic} is one of the three strongest points.", topic=in_a_sentence(name))


WORTH_A_WORD = 0.5
"""Points from which a difference that can be chance is not called about the same."""


def about_gap(name: Text, difference: Estimate, *, can_be_chance: bool) -> Message:
    """One sentence about the view of management minus that of employees, in points."""
    topic = in_a_sentence(name)
    if can_be_chance and abs(difference.value) >= WORTH_A_WORD:
        return say("We do not know whether management and employees see {topic} differently. Ask both.", topic=topic)
    if can_be_chance:
        return say("Management and employees see {topic} about the same. A difference can be chance.", topic=topic)
    if difference.value > 0:
        return say(
            "Management sees {topic} more positively than employees: {points} points. Talk about it together.",
            topic=topic,
            points=difference.value,
        )
    return say(
        "Employees see {topic} more positively than management: {points} points. Talk about it together.",
        topic=topic,
        points=-difference.value,
    )


def headline(
    *,
    strengths: Sequence[Text],
    very_likely: Sequence[Text],
    possibly: Sequence[Text],
    why_not_ranked: Message | None,
    fourth: Message,
    people: int | PeopleBand,
    companies: int,
) -> tuple[Message, ...]:
    """The answer in five sentences."""
    if why_not_ranked is not None:
        return (_goes_well(strengths), why_not_ranked, fourth, *_how_sure(people, companies))
    return (
        _goes_well(strengths),
        _most_room(very_likely, possibly),
        _also(very_likely, possibly),
        fourth,
        *_how_sure(people, companies),
    )


def _goes_well(strengths: Sequence[Text]) -> Message:
    if not strengths:
        return say("We can't say yet what goes best.")
    return say("This goes well: {topics}.", topics=tuple(in_a_sentence(name) for name in strengths))


def _most_room(very_likely: Sequence[Text], possibly: Sequence[Text]) -> Message:
    if very_likely:
        return say("Most room for improvement: {topic}. That is very likely so.", topic=in_a_sentence(very_likely[0]))
    if possibly:
        return say("Perhaps most room for improvement: {topic}. We can't be sure.", topic=in_a_sentence(possibly[0]))
    return say("No topic stands out as the one with most room for improvement.")


def _also(very_likely: Sequence[Text], possibly: Sequence[Text]) -> Message:
    likely = tuple(in_a_sentence(name) for name in very_likely[1:])
    perhaps = tuple(in_a_sentence(name) for name in (possibly if very_likely else possibly[1:]))
    if likely and perhaps:
        return say(
            "That very likely also goes for {likely}, and perhaps for {perhaps}.", likely=likely, perhaps=perhaps
        )
    if likely:
        return say("That very likely also goes for {likely}.", likely=likely)
    if perhaps:
        return say("That perhaps also goes for {perhaps}.", perhaps=perhaps)
    return say("No other topic comes close.")


def _how_sure(people: int | PeopleBand, companies: int) -> tuple[Message, ...]:
    said = people.text if isinstance(people, PeopleBand) else people
    if companies > 1:
        return (
            say(
                "{people} people in {companies} companies answered. Their answers show what goes together, not what causes what.",
                people=said,
                companies=companies,
            ),
        )
    if isinstance(people, PeopleBand):
        return (
            say("{people} people answered. Their answers show what goes together, not what causes what.", people=said),
        )
    return (
        say_many(
            "{count} person answered. The answers show what goes together, not what causes what.",
            "{count} people answered. Their answers show what goes together, not what causes what.",
            people,
        ),
    )


def most_different(names: Sequence[Text], level: UnitLevel) -> Message:
    """The fourth sentence where no view of management is known."""
    topics = tuple(in_a_sentence(name) for name in names)
    if level is UnitLevel.TEAM:
        return say("Talk about this in the team: do you recognise it?")
    if not topics:
        return (
            say("We see no clear differences between the companies.")
            if level is UnitLevel.PROGRAMME
            else say("We see no clear differences between the teams.")
        )
    if level is UnitLevel.PROGRAMME:
        return say("The companies differ most on {topics}.", topics=topics)
    return say("The teams differ most on {topics}.", topics=topics)


def seen_differently(name: Text, *, management_higher: bool) -> Message:
    """The fourth sentence where management and employees clearly differ."""
    topic = in_a_sentence(name)
    if management_higher:
        return say("Management sees {topic} more positively than employees. Talk about it together.", topic=topic)
    return say("Employees see {topic} more positively than management. Talk about it together.", topic=topic)
