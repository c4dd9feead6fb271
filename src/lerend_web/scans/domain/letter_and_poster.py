"""The letter to everybody and the poster beside the bowl, as PDF."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from lerend_web.core.addresses import absolute
from lerend_web.scans import rules
from lerend_web.scans.domain.other_languages import how_to_start
from lerend_web.scans.domain.paper import digest_shown, pdf_of, spelled
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave


def letter(wave: Wave) -> bytes:
    """One page for everybody, in the reader's language."""
    return pdf_of("letter", _words(wave))


def poster(wave: Wave) -> bytes:
    """One large page to hang beside the bowl, in the reader's language."""
    return pdf_of("poster", _words(wave))


def _words(wave: Wave) -> dict[str, Any]:
    dates = {"opens": spelled(wave.opens_on), "closes": spelled(wave.closes_on), "heard": spelled(wave.heard_back_on)}
    return {
        "title": gettext("How does your work help you to learn?"),
        "about": f"{wave.organisation.name} · {wave.name}",
        "when": gettext("You can answer from %(opens)s until %(closes)s. It takes about twelve minutes.") % dates,
        "how": _how(wave),
        "others": how_to_start(wave),
        "heard": gettext("You hear what came of it on %(heard)s.") % dates,
        "voluntary": gettext("Taking part is your own choice. You may skip every question."),
        "promise_title": gettext("What we promise"),
        "promise": [
            gettext("Your answers carry no name. Your manager, management and the programme see only groups."),
            gettext("Nothing is shown about fewer than %(k)s people.") % {"k": wave.k},
            gettext("After closing only sums are left. Boxes and keys are destroyed."),
            gettext("Write no names in your remarks: people may know you by your words.")
            if wave.takes_comments
            else gettext("In this round there is no room for remarks in your own words."),
        ],
        "who": _who(wave),
        "digest_title": gettext("Everybody must see the same signs here, on paper and on the first screen:"),
        "digest": digest_shown(wave),
        "address": f"{settings.ANSWERING_ADDRESS}/{wave.code}/promise",
        "address_title": gettext("The whole promise:"),
        "trace": absolute(reverse("trace", args=[wave.code])),
        "trace_title": gettext("Here you read afterwards what came of it:"),
    }


def _how(wave: Wave) -> str:
    if wave.mode == Mode.CARD:
        return gettext("Draw a card from the bowl of your team. Scan it with your own phone, or type the code.")
    return gettext("You get a mail with a link of your own. Open it on your own phone.")


def _who(wave: Wave) -> str:
    holders = rules.listed([holder.label for holder in wave.key_holders.all()])
    return gettext(
        "%(organisation)s asks this together with the programme %(programme)s. The sealed answers open only with two "
        "keys at once: that of the server, and that of one of these: %(holders)s."
    ) % {"organisation": wave.organisation.name, "programme": wave.programme.name, "holders": holders or "–"}
