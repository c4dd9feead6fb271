"""Themes that the companies of a programme share, counted so that they can be told to everybody."""

from __future__ import annotations

from lerend.release.over_companies import shared_themes
from lerend.report.words import printable
from lerend_web.programmes.models import Programme
from lerend_web.telling.domain.themes import Countable, Counted
from lerend_web.telling.rules import LANGUAGES
from lerend_web.workbench.domain.outcomes.programmes import LEAST_COMPANIES, newest_outcomes


def countable_themes(programme: Programme) -> Countable | None:
    """From the newest release of each company; None below three. Companies with another model are left out."""
    outcomes = newest_outcomes(programme)
    if len(outcomes) < LEAST_COMPANIES:
        return None
    model = next(iter(outcomes.values())).model
    same = {key: one for key, one in outcomes.items() if one.model.reference == model.reference}
    names = {theme.id: theme.name for theme in model.themes}
    found = shared_themes([one.release for one in same.values()], model)
    return Countable(
        companies=len(same),
        simulated=programme.is_demo or any(one.simulated for one in same.values()),
        themes=[
            Counted(
                id=one.id,
                names={
                    language: printable(names[one.id].in_language("en" if language == "en" else "nl"))
                    for language in LANGUAGES
                },
                concerned=one.very_likely + one.possibly,
                very_likely=one.very_likely,
            )
            for one in found
        ],
        rounds={str(key): one.release.wave.code for key, one in same.items()},
    )
