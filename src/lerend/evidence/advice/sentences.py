"""Why a step is offered or not, in sentences."""

from __future__ import annotations

from lerend.evidence.advice.offer import Kind, Offer
from lerend.evidence.pooling.saying import in_deviations, percent
from lerend.wording import Message, say, say_many


def step_said(offer: Offer, best: float, helps: float, learn: float, smallest: float) -> Message:
    """What speaks for a step: chances, what is behind it, and what trying it would teach."""
    if offer.kind is Kind.FIND_OUT:
        return say(
            "First find out more about the bottleneck with the people who know it. That changes nothing by itself."
        )
    if offer.kind is Kind.LEAVE:
        return say(
            "Leave it as it is for now. Chance of {percent}% that nothing else does better.", percent=percent(best)
        )
    chances = say(
        "Chance of {best}% that it is the best step here, and of {helps}% that it helps enough (at least {smallest}).",
        best=percent(best),
        helps=percent(helps),
        smallest=in_deviations(smallest),
    )
    return say("{chances} {behind} {teaches}", chances=chances, behind=_behind(offer), teaches=_teaches(learn))


def left_out_said(offer: Offer, *, reaches: bool) -> Message:
    """Why something is not offered."""
    if not offer.can_be_done:
        if offer.why_not is not None:
            return offer.why_not
        if not offer.applicable:
            return say("What it cannot do without is not there.")
        return say("It asks more than the company can bear now.")
    if not reaches:
        return say("It does not work on these bottlenecks.")
    return say("The chance that it works at all is {percent}%, and less than 60.", percent=percent(offer.above(0.0)))


def tie_said() -> Message:
    """That the first two are nearly equal, and that nothing is drawn unless people agree."""
    return say(
        "The first two are nearly equal. Choose what fits you better; a draw between them teaches the programme most, but only "
        "if you agree to it."
    )


def _behind(offer: Offer) -> Message:
    if offer.kind is Kind.NEW:
        return say("It does not exist yet, so this is a guess.")
    if offer.pilots == 0:
        return say("No pilot or study is behind it.")
    return say_many("One pilot or study is behind it.", "{count} pilots or studies are behind it.", offer.pilots)


def _teaches(learn: float) -> Message:
    if learn < 0.005:
        return say("Trying it would teach the programme little.")
    return say(
        "Trying it would teach the programme something: {value} standard deviations better choices later.",
        value=in_deviations(learn),
    )
