"""A first text about what people said, for the contact to rewrite: topics by name, no figure, nothing about a team.

Only what the contact then chooses to publish is ever told.
"""

from __future__ import annotations

from django.utils.translation import gettext

from lerend.diagnosis.sentences import in_a_sentence
from lerend.report.visible import visible
from lerend.report.words import spoken
from lerend.wording import say
from lerend_web.workbench.domain.outcomes.shown import Outcome, first_bottlenecks, reader_language


def suggested_heard(outcome: Outcome) -> str:
    """In the reader's language, in Markdown."""
    paragraphs = [gettext("Thank you to everybody who took part. This is what you told us together.")]
    room = first_bottlenecks(outcome)
    if room.count:
        paragraphs.append(gettext("There is most room for improvement in **%(topics)s**.") % {"topics": room.names})
    else:
        paragraphs.append(gettext("No topic stood out as the one with most room for improvement."))
    if well := _goes_well(outcome):
        paragraphs.append(gettext("Going well compared with the rest: **%(topics)s**.") % {"topics": well})
    return "\n\n".join(paragraphs)


def _goes_well(outcome: Outcome) -> str:
    company = visible(outcome.release.diagnosis).companies[0]
    names = tuple(in_a_sentence(outcome.model.name_of(one.factor)) for one in company.strengths[:2])
    return spoken(say("{names}", names=names), reader_language()) if names else ""
