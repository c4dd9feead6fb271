"""How to start, for people who do not read the language of a paper: one line each in English and in Polish."""

from __future__ import annotations

from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from lerend_web.scans.domain.paper import language
from lerend_web.scans.enums import Mode
from lerend_web.scans.models import Wave

OTHERS: Final = ("en", "pl")
IN_POLISH: Final = {"employee-scan@1"}
"""The questionnaires that have a Polish translation; paper must not promise more."""


def how_to_start(wave: Wave) -> list[dict[str, str]]:
    """The line in each other language, with the code of that language for who has the paper read aloud.

    Each line names its own language: the English words say that the questions are in English, the Polish ones Polish.
    """
    found = []
    for other in OTHERS:
        if other != language() and (other != "pl" or wave.instrument in IN_POLISH):
            with translation.override(other):
                found.append({"language": other, "text": _line(wave)})
    return found


def _line(wave: Wave) -> str:
    if wave.mode == Mode.CARD:
        return gettext("Scan the code on the card, or type it at its address. The questions are in English too.")
    return gettext("Open the link in your mail. The questions are in English too.")
