"""Where the demo stands: read from the same rows as everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lerend_web.core.clock import days_ahead
from lerend_web.demo.company import ZUIVEL, number_of_sanne
from lerend_web.demo.files import drawn_cards
from lerend_web.demo.story import NEXT, PARTS, STEPS, Chapter, Next, Part, Step
from lerend_web.programmes.models import Programme
from lerend_web.scans.enums import WaveState
from lerend_web.scans.models import Wave
from lerend_web.urn.models import Card
from lerend_web.urn.passes import card_hash
from lerend_web.urn.queries import delivered

_OWN_WAY: Final = ("start-by-mail", "invitation", "account", "mfa")
"""Pages on which somebody is in the middle of something that is no part of the story."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What every page of the demo shows."""

    plays: Part | None
    days_ahead: int
    chapter: Chapter
    page: str
    is_somebody_else: bool = False
    parts: tuple[Part, ...] = PARTS
    steps: tuple[Step, ...] = STEPS

    @property
    def here(self) -> Step:
        """The step that the story is at."""
        return STEPS[1] if self.chapter == Chapter.OUTCOME else STEPS[0]

    @property
    def next(self) -> Next:
        return NEXT[self.chapter]

    @property
    def has_begun(self) -> bool:
        """Whether the story is past its beginning: then a visitor who comes back wants to go on."""
        return self.chapter != Chapter.SANNE

    @property
    def leads_elsewhere(self) -> bool:
        """Whether this page says how the story goes on: not where that comes by itself, nor to who is busy with theirs."""
        return not (self.is_somebody_else or self.page.startswith(_OWN_WAY)) and self.page != self.next.route


def is_on() -> bool:
    """Whether this installation is a demo and nothing else: with one real programme in it, the demo is shut."""
    if not settings.DEMO:
        return False
    kinds = set(Programme.objects.values_list("is_demo", flat=True))
    return kinds == {True}


def demo_of(request: HttpRequest) -> Demo | None:
    """What this page shows of the demo; None where there is none."""
    if not settings.DEMO or not is_on() or newest_wave() is None:
        return None
    chapter = SimpleLazyObject(chapter_now)
    match = request.resolver_match
    person, plays = getattr(request, "person", None), _played(request)
    return Demo(
        plays=plays,
        is_somebody_else=person is not None and plays is None,
        days_ahead=days_ahead(),
        chapter=chapter,  # type: ignore[arg-type]  # asked only by a page that shows it
        page=(match.url_name or "") if match else "",
    )


def newest_wave() -> Wave | None:
    """The round that the story is about."""
    of_the_demo = Wave.objects.filter(programme__is_demo=True, organisation__name=ZUIVEL).exclude(
        state=WaveState.PLANNED
    )
    return of_the_demo.select_related("organisation", "programme").first()


def chapter_now() -> Chapter:
    """How far the story is."""
    wave = newest_wave()
    if wave is None or wave.state in {WaveState.CLOSING, WaveState.CLOSED}:
        return Chapter.OUTCOME
    if not sanne_answered():
        return Chapter.SANNE
    return Chapter.OTHERS if waiting() else Chapter.CLOSING


def sanne_answered() -> bool:
    """Whether her card was used. Only the demo can tell: it kept which card she drew."""
    cards = drawn_cards()
    if cards is None:
        return False
    code = card_hash(cards.codes[number_of_sanne()])
    return Card.objects.filter(code_hash=code, bound_to__isnull=False).exists()


def waiting() -> int:
    """How many of the 120 did not answer yet."""
    wave, cards = newest_wave(), drawn_cards()
    if wave is None or cards is None:
        return 0
    boxes = delivered(key_groups=list(wave.key_groups.values_list("code", flat=True)))
    return max(len(cards.codes) - sum(boxes.values()), 0)


def others_waiting() -> int:
    """How many of Sanne's 119 colleagues did not answer yet."""
    return waiting() - (not sanne_answered()) if waiting() else 0


def _played(request: HttpRequest) -> Part | None:
    match = request.resolver_match
    if match is not None and match.url_name == "demo-sanne":
        return PARTS[0]
    character = getattr(getattr(request, "person", None), "demo_character", "")
    return next((part for part in PARTS if part.character == character), None)
