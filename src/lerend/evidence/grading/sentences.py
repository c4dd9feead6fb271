"""The reasons of a proposal, in sentences."""

from __future__ import annotations

from lerend.evidence.grading.finished import JUDGED_BY_MAKER, FinishedPilot
from lerend.evidence.grading.literature import Grade
from lerend.evidence.grading.standing import Contradiction, Standing
from lerend.evidence.pooling.saying import in_deviations, percent, with_interval
from lerend.wording import Message, say, say_many


def effect_said(before: Standing, after: Standing) -> Message:
    """The expected effect in a new company, before and after."""
    return say(
        "Expected in a company that starts now: {after} standard deviations. It was {before}.",
        after=with_interval(after.effect, after.interval),
        before=with_interval(before.effect, before.interval),
    )


def raised_said(old: Grade, new: Grade, after: Standing) -> Message:
    """Why the grade rises."""
    return say(
        "From {old} to {new}: {companies}, and a chance of {percent}% that it works on average.",
        old=old.value,
        new=new.value,
        companies=say_many(
            "a pilot that counts in one company", "pilots that count in {count} companies", after.companies
        ),
        percent=percent(after.mean_above_zero),
    )


def contradiction_said(
    how: Contradiction, pilot: FinishedPilot, grades: tuple[Grade, Grade], smallest: float
) -> Message:
    """What the pilot found against what was thought, and what that costs; `grades` before and after."""
    old, new = grades
    values: dict[str, str | Message] = {"pilot": pilot.effect.id, "effect": _own(pilot)}
    found = {
        Contradiction.HARM: say("The pilot {pilot} found harm: {effect}.", **values),
        Contradiction.NOT_ENOUGH: say(
            "The pilot {pilot} found {effect} where at least {smallest} was likely.",
            **values,
            smallest=in_deviations(smallest),
        ),
        Contradiction.SURPRISE: say("The pilot {pilot} found {effect}, far less than was expected.", **values),
    }[how]
    if old is new:
        return say("{found} The grade is {grade} already; the interval becomes wider.", found=found, grade=old.value)
    return say(
        "From {old} to {new}: {found} Therefore the interval becomes wider too.",
        old=old.value,
        new=new.value,
        found=found,
    )


def not_found_said(old: Grade, new: Grade, after: Standing) -> Message:
    """No single pilot contradicted, but together they do not find what was promised."""
    return say(
        "From {old} to {new}: after pilots in {companies} companies the chance that it helps enough on average is "
        "{percent}%.",
        old=old.value,
        new=new.value,
        companies=after.companies,
        percent=percent(after.mean_worth_having),
    )


def same_grade_said(grade: Grade, next_one: Grade | None = None, missing: tuple[Message, ...] = ()) -> Message:
    """That the grade stays, and what the next one still needs."""
    if next_one is None:
        return say("The grade stays {grade}.", grade=grade.value)
    return say(
        "The grade stays {grade}. For {next} it still needs {missing}.",
        grade=grade.value,
        next=next_one.value,
        missing=missing,
    )


def mixed_said(after: Standing) -> Message:
    """That companies differ too much for a higher grade."""
    return say(
        "Companies differ: in {percent}% of companies it would do nothing or harm, so the grade cannot rise.",
        percent=percent(1 - after.above_zero),
    )


def not_counted_said(reason: Message) -> Message:
    """Why a pilot does not enter the effect."""
    return say("This pilot does not change the effect. {reason}", reason=reason)


def halving_said(after: Standing) -> Message:
    """What publications still carry, and that they count for half."""
    return say(
        "Published effects count for half, because in ordinary companies less is found; that still carries "
        "{percent}% of the mean.",
        percent=percent(after.prior_share),
    )


def nothing_published_said() -> Message:
    """That nobody gives a size, and what stands in its place."""
    return say("No publication gives a size, so the pilots begin from a guess of ours: small and very unsure.")


def judged_by_maker_said() -> Message:
    """What it costs that the makers judged their own approach."""
    return say(
        "Whoever made this approach judged the pilot: its doubt counts {times} times, and it cannot raise the grade.",
        times=int(JUDGED_BY_MAKER),
    )


def little_done_said(done: float) -> Message:
    """That little was done of what was agreed, and that the pilot counts all the same."""
    return say(
        "Of what was agreed {percent}% was done. It counts all the same: leaving out what did not come off would flatter.",
        percent=percent(done),
    )


def _own(pilot: FinishedPilot) -> Message:
    error = pilot.effect.standard_error
    return say(
        "{effect} (standard error {error})", effect=in_deviations(pilot.effect.value), error=in_deviations(error)
    )
