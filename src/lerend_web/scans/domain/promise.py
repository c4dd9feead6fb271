"""The sealed promise: one small document with everything that people are promised, and its digest.

It is JSON in one fixed way of writing (keys sorted, no spaces, UTF-8), so that anybody can work out the digest again.
The digest stands on the cards, the letter, the poster and the start page: everybody sees the same promise and the same
keys, or notices.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lerend.disclosure.floors import FLOOR_ABOUT_A_MANAGER, FLOOR_FOR_RANKING
from lerend_web.people.models import Person
from lerend_web.scans import rules
from lerend_web.scans.domain.declared_tables import declared_questions
from lerend_web.scans.domain.key_groups import draw_key_groups
from lerend_web.scans.domain.planning import note
from lerend_web.scans.domain.questionnaire import instrument_of
from lerend_web.scans.domain.readiness import why_not_promise
from lerend_web.scans.domain.server_share import made_share_of
from lerend_web.scans.models import KeyGroup, Wave
from lerend_web.scans.queries import lock
from lerend_web.urn.tokens import public_part

FORMAT: Final = "lerend/promise"
FORMAT_VERSION: Final = 1
LANGUAGES: Final = ("nl", "en")

MANAGEMENT_GETS: Final = (
    _("A report with scores of groups. A group is always at least as large as the smallest number above."),
    _("Never the answers of one person, and never a list of who took part."),
    _(
        "Scores by shift, kind of work, contract, years of service or leading others: of the whole company, from ten answers each."
    ),
    _("Scores about a manager only from ten answers. A list of what has most room only from eight."),
)
KEPT: Final = (
    _("Your answers lie in a sealed box. It takes two keys at once: one of a key holder, one of the server."),
    _("At closing the answers are added up. Only the sums stay."),
    _("Then the boxes and the keys are destroyed. After that nobody can open an answer, nor change one."),
)
COMMENTS: Final = (
    _("Remarks in your own words are kept apart and mixed, without team."),
    _("A moderator who does not work here reads remarks first. What could give somebody away is not shown as it is."),
    _("They are shown all at once, two weeks after closing or later. If fewer than ten people answer: never."),
    _("With fewer than 25 answers nobody is shown your own words, only what the moderator writes down."),
)
NO_COMMENTS: Final = (_("In this round there is no room for remarks in your own words."),)


def seal_promise(*, wave: Wave, by: Person | None, at: datetime) -> Wave:
    """Write the promise of a wave, with its key groups; again as long as no card and no screen shows it.

    Raises:
        CannotOpenYet: with everything that is missing.
    """
    with transaction.atomic():
        lock(wave)
        if rules.is_frozen(wave):
            return wave
        reasons = why_not_promise(wave)
        if reasons:
            raise rules.CannotOpenYet(*reasons)
        draw_key_groups(wave)
        wave.promise = promise_text(wave)
        wave.promise_digest = digest_of(wave.promise)
        wave.save()
        note(wave, "wave.promised", by=by, at=at, digest=wave.promise_digest)
    return wave


def promise_text(wave: Wave) -> str:
    """The promise as the wave stands, in its one way of writing; the same wave gives the same text."""
    return canonical(_content(wave))


def comments_of(wave: Wave) -> tuple[Promise, ...]:
    """What becomes of remarks in people's own words, or that there is no room for them."""
    return COMMENTS if wave.takes_comments else NO_COMMENTS


def canonical(content: dict[str, Any]) -> str:
    """JSON with sorted keys and no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _content(wave: Wave) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "wave": wave.code,
        "name": wave.name,
        "organisation": wave.organisation.name,
        "programme": wave.programme.name,
        "instrument": {"reference": wave.instrument, "digest": instrument_of(wave.instrument).digest},
        "mode": str(wave.mode),
        "k": wave.k,
        "k_may_only_rise": True,
        "floors": {
            "about_a_manager": max(wave.k, FLOOR_ABOUT_A_MANAGER),
            "invited_in_a_key_group": rules.minimum_invited(wave.k),
            "most_room": max(wave.k, FLOOR_FOR_RANKING),
        },
        "key_groups": [_key_group(group) for group in wave.key_groups.all()],
        "key_holders": [
            {"label": holder.label, "public_key": in_base64(bytes(holder.public_key))}
            for holder in wave.key_holders.all()
        ],
        "server_key": in_base64(made_share_of(wave).public),
        **_dates(wave),
        "works_council": {
            "agreed_on": _iso(wave.works_council_consent_on),
            "does_not_apply": wave.works_council_not_applicable,
        },
        "tables": [question.id for question in declared_questions(instrument_of(wave.instrument))],
        "management_gets": in_both_languages(MANAGEMENT_GETS),
        "kept": in_both_languages(KEPT),
        "takes_comments": wave.takes_comments,
        "comments": in_both_languages(comments_of(wave)),
        **({"series": wave.series} if wave.series else {}),
    }


def _dates(wave: Wave) -> dict[str, Any]:
    return {
        "opens_on": _iso(wave.opens_on),
        "closes_on": _iso(wave.closes_on),
        "heard_back_on": _iso(wave.heard_back_on),
        "time_zone": wave.programme.time_zone,
    }


def _key_group(group: KeyGroup) -> dict[str, Any]:
    key = None if group.token_key is None else in_base64(public_part(bytes(group.token_key)))
    return {"code": group.code, "label": group.label, "invited": group.invited, "token_key": key}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def in_base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def in_both_languages(sentences: tuple[Promise, ...]) -> dict[str, list[str]]:
    """Fixed sentences as they will stand in the promise, whatever language the reader of today has chosen."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = [str(sentence) for sentence in sentences]
    return found
