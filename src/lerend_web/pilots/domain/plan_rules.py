"""How a pilot is reckoned, and the rule of its verdict, in words: both are part of the frozen plan."""

from __future__ import annotations

from django.utils.translation import gettext

from lerend.evidence.design.kinds import Kind
from lerend.evidence.figures import decimal
from lerend.evidence.verdict import VerdictRule
from lerend_web.instruments.domain.faults import language
from lerend_web.pilots.domain.choosing import Described


def analysis_of(what: Described) -> tuple[str, ...]:
    """How a comparison of this kind is computed, in sentences."""
    if not what.is_effect:
        return (
            gettext(
                "The mean before is compared with the mean after. What comes out is called a change, never an effect."
            ),
        )
    found = [
        gettext("Only means of teams as they were released are used; no answer of a person is looked at again."),
        gettext("Teams are compared with teams, and what was measured before is taken into account."),
    ]
    if what.by_lot:
        found.append(
            gettext("Up to twelve teams the lot itself is the test: how often would another lot have given as much?")
        )
    found.append(
        gettext(
            "One may look after each measurement. The limits that are shown then are wide enough for looking early "
            "(O’Brien–Fleming)."
        )
    )
    return tuple(found)


def dealing_of(kind: Kind) -> str:
    """What follows from the order in which teams were drawn."""
    if kind is Kind.STEPPED:
        return gettext(
            "In the order in which they are drawn, teams are dealt over the groups like cards. Which group gets the first "
            "team is drawn too."
        )
    found = gettext(
        "The first half of each lot begins. Who is left over draws once more, and for the very last one an even first sign "
        "means: begins."
    )
    if kind is Kind.TIE_BREAKER:
        return (
            gettext("Before that the most motivated quarter begins and the least motivated quarter waits.")
            + " "
            + found
        )
    return found


def rule_in_words(rule: VerdictRule) -> tuple[tuple[str, str], ...]:
    """For each verdict when it follows."""
    numbers = {
        "smallest": decimal(rule.smallest).in_language(language()),
        "sure": round(100 * rule.sure),
        "unlikely": round(100 * rule.unlikely),
        "harm": round(100 * rule.harm),
        "dose": round(100 * rule.least_dose),
        "reach": round(100 * rule.least_reach),
    }
    return (
        (
            gettext("Adopt"),
            gettext(
                "There is an effect, and with a probability of %(sure)s %% or more it is larger than %(smallest)s standard "
                "deviations."
            )
            % numbers,
        ),
        (
            gettext("Adapt"),
            gettext(
                "There is an effect that may be too small, or less than %(dose)s %% of the sessions took place, or less than "
                "%(reach)s %% of the people came."
            )
            % numbers,
        ),
        (
            gettext("Stop"),
            gettext(
                "With a probability of %(harm)s %% or more it makes things worse, or at the end an effect worth having has a "
                "probability of %(unlikely)s %% or less."
            )
            % numbers,
        ),
        (gettext("Cannot tell"), gettext("In all other cases. That is an answer too.")),
    )
