"""What the one who presents can say at each slide: short sentences, everyday words, nobody to blame."""

from __future__ import annotations

from typing import Final

from lerend.release.value import Collected
from lerend.report.words import spoken
from lerend.wording import Language, Message, say

_WELCOME: Final = say(
    "Welcome everybody. Say why you are here: to hear what came out, and to choose together what to do about it."
)
_NO_BLAME: Final = say("We look at the work, not at persons. We do not look for somebody to blame.")
_PROMISE: Final = {
    Collected.HERE: say("Say that nobody can find out who answered what. That is also why some things are not shown."),
    Collected.ELSEWHERE: say("Say what was promised when people answered. That still holds. That is also why some things are not shown."),
}  # fmt: skip
ANSWER: Final = (
    say("Read the five sentences aloud, slowly. Then be silent for a moment."),
    say("Ask: what do you recognise? What surprises you?"),
    say("You do not have to explain the figures yet. The next slides do that."),
)
PEOPLE: Final = (
    say(
        "Tell how many people took part. You see a band, such as 50–99, and never the exact number. That protects people."
    ),
    say("A score is an estimate. With few answers it can lie somewhat higher or lower."),
    say("Is a team not shown? Then too few people answered there. Do not guess who that is."),
)
PICTURE: Final = (
    say("This is the whole model, from outside to inside. Start at the outside: the world around the company."),
    say("The point is our estimate. The bar says where the true mean probably lies. A long bar means: we know less."),
    say("Stripes mean: the difference with the own mean can be chance. Do not talk about those first."),
    say("This is no report mark. A low point is not always where most room is."),
)
FURTHER_INSIDE: Final = (
    say("Here we go further inside, to the work itself and the people who do it. Last stands what it is all for."),
    say("The point is our estimate. The bar says where the true mean probably lies. A long bar means: we know less."),
    say("Ask: which of these do you notice in a normal week?"),
)
STRENGTHS: Final = (
    say("Start with what goes well, and take time for it."),
    say("Ask: what do we do here that makes this go well? How do we keep it?"),
)
BOTTLENECK: Final = (
    say("Say first how sure we are. The words on the slide say that."),
    say("Let people think for two minutes by themselves. Then talk in small groups about the three questions."),
    say("Ask for examples from the work. An example tells more than a figure."),
)
ABOUT_A_MANAGER: Final = say("This is about managers. Talk about what is needed, not about a person.")
NO_BOTTLENECK: Final = (
    say("We cannot name a bottleneck here. That is an outcome too."),
    say("Ask: what would you yourselves like to work on first?"),
)
AGREEMENTS: Final = (
    say("Choose one or two things, not more. Small and soon is best."),
    say("Write down who sees to it and when you look again. Without a name and a date nothing will come of it."),
    say("Also agree who tells those who are not here what you chose, and what not and why."),
)
READING: Final = (
    say("You need this slide only when somebody asks about it."),
    say("What people ask most: why not simply the lowest score? Because some topics score low everywhere."),
)
ORIGIN: Final = (
    say("This slide is for whoever wants to check the figures."),
    say("The long row of letters and digits belongs to this release only. With it anybody can find the figures again."),
)
HIDDEN: Final = (
    say("There is no result of your own here, because too few people answered. Nobody did anything wrong."),
    say("Take the results of the larger group, and ask: do we recognise this?"),
)


def opening_of(collected: Collected) -> tuple[Message, ...]:
    """The welcome, with the promise under which people answered."""
    return _WELCOME, _PROMISE[collected], _NO_BLAME


def notes_of(said: tuple[Message, ...], language: Language) -> list[str]:
    return [spoken(message, language) for message in said]
