"""What a proposal says to each side: the topic and who gives, in words. No score, no order, no name, no distance."""

from __future__ import annotations

from lerend.wording import Message, Text, say


def to_the_taker(topic: Text) -> Message:
    """Why this company hears of another that is strong there."""
    return say(
        "In your outcome “{topic}” is a topic with room for improvement. For another company in the programme it is a "
        "strength, and that company can tell you how it works there.",
        topic=topic,
    )


def to_the_giver(topic: Text) -> Message:
    """Why this company is asked."""
    return say(
        "In your outcome “{topic}” is a strength. Another company in the programme has room for improvement there, and "
        "you can tell how it works with you.",
        topic=topic,
    )


def what_it_tells() -> tuple[Message, ...]:
    """What a proposal gives away, to be read before opting in."""
    return (
        say(
            "A proposal tells another company that there is one in the programme that is strong on a topic, or has room "
            "for improvement there. If you are that one, this is about you."
        ),
        say(
            "It says no score and no name, and it goes to one company at a time, never further than you want to travel. "
            "In a small programme that company may guess that it is you."
        ),
        say(
            "Both of you decide. Only after both said yes you see each other's name and e-mail address, and then the other "
            "knows which topic it is for you."
        ),
        say(
            "The coordinator sees that you take part. Of a proposal the coordinator sees only that it waits; who it is, and "
            "what it is about, only after both said yes."
        ),
        say("You can stop at any time. What was told already stays told."),
    )
