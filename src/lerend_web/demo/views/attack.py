"""Find Sanne's answer: the attacker at work, in front of the visitor."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lerend_web.core.access import EVERYBODY, open_to
from lerend_web.demo.arithmetic import lines_of
from lerend_web.demo.domain.hunt import STATEMENTS, by_our_release, by_the_usual_rule, made_up_answer, statement
from lerend_web.demo.domain.released import released_groups
from lerend_web.demo.queries import newest_wave
from lerend_web.demo.views.only_demo import only_in_demo
from lerend_web.people.requests import PlatformRequest


@open_to(EVERYBODY)
@require_safe
@never_cache
@only_in_demo
def attack(request: PlatformRequest) -> HttpResponse:
    """The answer is in the address, but it is a made-up one: what Sanne really sent was destroyed at closing."""
    wave = newest_wave()
    frozen = getattr(wave, "frozen", None)
    if wave is None or frozen is None:
        return render(request, "demo/attack.html", {"wave": wave})
    about = statement(_chosen(request.GET.get("statement", "")), get_language() or "nl")
    given = request.GET.get("answer", "")
    answer = int(given) if given in {"1", "2", "3", "4", "5"} else made_up_answer(about.id)
    usual = by_the_usual_rule(about.id, sanne=answer)
    ours = by_our_release(about.id, released_groups(wave), sanne=answer)
    told = {
        "wave": wave,
        "statements": [statement(each, get_language() or "nl") for each in STATEMENTS],
        "statement": about,
        "answer": answer,
        "usual": usual,
        "lines": lines_of(usual),
        "found": about.labels[usual.found - 1] if usual.found else "",
        "ours": ours,
        "possible": [about.labels[each - 1] for each in ours.possible],
    }
    return render(request, "demo/attack.html", told)


def _chosen(wanted: str) -> str:
    return wanted if wanted in STATEMENTS else STATEMENTS[0]
